"""What the settings service needs from storage."""

from __future__ import annotations

from typing import Protocol

from modkit.security import SecurityContext
from modules.settings.contract import SettingValue


class SettingStore(Protocol):
    """The values that one user has set, whether or not anybody declares their keys today."""

    async def load(self, ctx: SecurityContext) -> dict[str, SettingValue]:
        """Everything stored for this user, by key."""

    async def find(self, ctx: SecurityContext, key: str) -> SettingValue | None:
        """The stored value, None when there is none (a value is never None)."""

    async def put(self, ctx: SecurityContext, key: str, value: SettingValue) -> None: ...

    async def remove(self, ctx: SecurityContext, key: str) -> None:
        """Forget the value; a key that is not stored is no error."""
