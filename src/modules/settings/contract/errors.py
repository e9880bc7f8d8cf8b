"""What can go wrong with a setting."""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError


class SettingsError(HyperSpotError):
    """Anything SettingsClient can raise."""


class UnknownSetting(SettingsError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, key: str, similar: tuple[str, ...] = ()) -> None:
        hint = f"Did you mean {' or '.join(similar)}?" if similar else "List all settings with: hyperspot settings get"
        super().__init__(f"There is no setting {key!r}.", action=hint)
        self.key = key


class InvalidSetting(SettingsError):
    kind = ErrorKind.INVALID

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key} cannot be set: {reason}.", action="Choose a value that the setting allows.")
        self.key = key
