"""The verbs of settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from modkit.security import SecurityContext
from modules.settings.contract.models import Setting, SettingChanged, SettingSpec, SettingValue


class SettingsClient(Protocol):
    """Typed settings of one user, with defaults from their declarations."""

    def declare(self, specs: Sequence[SettingSpec]) -> None:
        """Make settings known; call in ``init``. Declaring a key twice differently is a programming error."""

    async def all(self, ctx: SecurityContext) -> list[Setting]:
        """Every declared setting in order of declaration."""

    async def get(self, ctx: SecurityContext, key: str) -> SettingValue:
        """The value, or the default.

        Raises:
            UnknownSetting: nobody declared the key.
        """

    async def set(self, ctx: SecurityContext, key: str, value: SettingValue) -> Setting:
        """Store a value; text such as ``"true"`` or ``"12"`` is converted to the declared type.

        Raises:
            UnknownSetting: nobody declared the key.
            InvalidSetting: wrong type, out of range, or not among the choices.
        """

    async def reset(self, ctx: SecurityContext, key: str) -> Setting:
        """Back to the default."""

    def watch(self, ctx: SecurityContext) -> AsyncIterator[SettingChanged]:
        """Changes from now on; a slow reader loses the oldest."""
