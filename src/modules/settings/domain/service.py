"""The decisions of settings: what a value is, and who hears of its change."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from loguru import logger

from modkit.events import Broadcaster, Subscription
from modkit.security import SecurityContext
from modules.settings.contract import InvalidSetting, Setting, SettingChanged, SettingSpec, SettingValue
from modules.settings.domain.conversion import convert
from modules.settings.domain.declarations import Declarations
from modules.settings.domain.ports import SettingStore


@dataclass(frozen=True, slots=True)
class _Change:
    """A change with its owner, so that nobody hears of another user's settings."""

    tenant_id: UUID
    subject_id: UUID
    changed: SettingChanged


class SettingsService:
    """Implements SettingsClient."""

    def __init__(self, store: SettingStore) -> None:
        self._store = store
        self._declarations = Declarations()
        self._changes: Broadcaster[_Change] = Broadcaster(256)

    def declare(self, specs: Sequence[SettingSpec]) -> None:
        self._declarations.add(specs)

    async def all(self, ctx: SecurityContext) -> list[Setting]:
        stored = await self._store.load(ctx)
        return [Setting(spec, _effective(spec, stored.get(spec.key))) for spec in self._declarations]

    async def get(self, ctx: SecurityContext, key: str) -> SettingValue:
        spec = self._declarations.get(key)
        return _effective(spec, await self._store.find(ctx, key))

    async def set(self, ctx: SecurityContext, key: str, value: SettingValue) -> Setting:
        spec = self._declarations.get(key)
        converted = convert(spec, value)
        if await self._store.find(ctx, key) != converted:
            await self._store.put(ctx, key, converted)
            self._publish(ctx, key, converted)
        return Setting(spec, converted)

    async def reset(self, ctx: SecurityContext, key: str) -> Setting:
        spec = self._declarations.get(key)
        await self._store.remove(ctx, key)
        self._publish(ctx, key, spec.default)
        return Setting(spec, spec.default)

    def watch(self, ctx: SecurityContext) -> AsyncIterator[SettingChanged]:
        # Subscribed here and not in the generator, which would only begin when it is first read.
        return _of_subject(self._changes.subscribe(), ctx)

    def close(self) -> None:
        """End all watchers."""
        self._changes.close()

    def _publish(self, ctx: SecurityContext, key: str, value: SettingValue) -> None:
        self._changes.publish(_Change(ctx.subject_tenant_id, ctx.subject_id, SettingChanged(key, value)))


async def _of_subject(changes: Subscription[_Change], ctx: SecurityContext) -> AsyncIterator[SettingChanged]:
    async with changes:
        async for change in changes:
            if (change.tenant_id, change.subject_id) == (ctx.subject_tenant_id, ctx.subject_id):
                yield change.changed


def _effective(spec: SettingSpec, stored: SettingValue | None) -> SettingValue:
    if stored is None:
        return spec.default
    try:
        return convert(spec, stored)
    except InvalidSetting:
        # Another version stored it under another declaration; it may be read again by that version, so it stays.
        logger.bind(key=spec.key).warning("A stored setting does not fit its declaration; the default is used")
        return spec.default
