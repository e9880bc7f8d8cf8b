"""Settings as their readers use them, on a real store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from modkit.security import SecurityContext
from modules.settings.contract import InvalidSetting, SettingChanged, SettingSpec, SettingValue, UnknownSetting
from modules.settings.domain.declarations import WrongDeclaration
from modules.settings.domain.service import SettingsService
from modules.settings.domain.shell_settings import SHELL_SETTINGS
from modules.settings.infra.storage.repository import SqlSettingStore


async def test_an_unset_setting_has_its_default(settings: SettingsService, ctx: SecurityContext) -> None:
    assert await settings.get(ctx, "look.theme") == "system"
    assert all(setting.is_default for setting in await settings.all(ctx))


async def test_all_lists_in_order_of_declaration(settings: SettingsService, ctx: SecurityContext) -> None:
    keys = [setting.spec.key for setting in await settings.all(ctx)]
    assert keys == ["look.theme", "look.font_scale", "chat.quiet", "chat.warmth", "chat.name"]


async def test_a_set_value_survives_a_restart(
    settings: SettingsService, store: SqlSettingStore, ctx: SecurityContext
) -> None:
    await settings.set(ctx, "look.font_scale", 150)
    again = SettingsService(store)
    again.declare([SettingSpec("look.font_scale", "int", 100, "Text size", "Size.")])
    assert await again.get(ctx, "look.font_scale") == 150


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("chat.quiet", "true", True),
        ("chat.quiet", " ON ", True),
        ("chat.quiet", 1, True),
        ("look.font_scale", "150", 150),
        ("look.font_scale", "150.0", 150),
        ("look.font_scale", 150.0, 150),
        ("chat.warmth", "1", 1.0),
        ("chat.warmth", 2, 2.0),
        ("look.theme", "Dark", "dark"),
        ("chat.name", "Ada", "Ada"),
    ],
)
async def test_text_and_numbers_become_the_declared_type(
    settings: SettingsService, ctx: SecurityContext, key: str, text: SettingValue, value: SettingValue
) -> None:
    stored = (await settings.set(ctx, key, text)).value
    assert (stored, type(stored)) == (value, type(value))
    assert await settings.get(ctx, key) == value


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("chat.quiet", "perhaps", "true or false"),
        ("chat.quiet", 2, "true or false"),
        ("look.font_scale", "big", "a whole number"),
        ("look.font_scale", 100.5, "a whole number"),
        ("look.font_scale", True, "a whole number"),
        ("look.font_scale", 500, "between 75 and 200 percent"),
        ("look.font_scale", "9" * 5000, "a whole number"),
        ("chat.warmth", "nan", "a number"),
        ("chat.warmth", float("inf"), "a number"),
        ("chat.warmth", -1, "at least 0"),
        ("look.theme", "pink", "one of system, dark, light"),
        ("chat.name", 5, "text"),
        ("chat.name", "a\x00b", "not text"),
        ("chat.name", "\ud800", "not text"),
        ("chat.name", "x" * 10_001, "at most 10000"),
    ],
)
async def test_a_bad_value_is_refused_with_its_reason_and_nothing_changes(
    settings: SettingsService, ctx: SecurityContext, key: str, value: SettingValue, reason: str
) -> None:
    with pytest.raises(InvalidSetting, match=reason):
        await settings.set(ctx, key, value)
    assert all(setting.is_default for setting in await settings.all(ctx))


async def test_reset_brings_the_default_back_and_set_works_after_it(
    settings: SettingsService, ctx: SecurityContext
) -> None:
    await settings.set(ctx, "look.theme", "dark")
    assert (await settings.reset(ctx, "look.theme")).is_default
    assert await settings.get(ctx, "look.theme") == "system"
    await settings.set(ctx, "look.theme", "light")
    assert await settings.get(ctx, "look.theme") == "light"


async def test_resetting_what_was_never_set_is_no_error(settings: SettingsService, ctx: SecurityContext) -> None:
    assert (await settings.reset(ctx, "look.theme")).value == "system"


@pytest.mark.parametrize(("asked", "offered"), [("look.thme", "look.theme"), ("theme", "look.theme")])
async def test_an_unknown_key_suggests_the_near_one(
    settings: SettingsService, ctx: SecurityContext, asked: str, offered: str
) -> None:
    with pytest.raises(UnknownSetting) as caught:
        await settings.get(ctx, asked)
    assert offered in caught.value.action


async def test_a_key_like_nothing_points_to_the_list(settings: SettingsService, ctx: SecurityContext) -> None:
    with pytest.raises(UnknownSetting) as caught:
        await settings.set(ctx, "zzzzzz", 1)
    assert "hyperspot settings get" in caught.value.action


async def test_a_stored_value_nobody_declares_is_kept(
    settings: SettingsService, store: SqlSettingStore, ctx: SecurityContext
) -> None:
    await store.put(ctx, "gone.module", "kept")
    assert "gone.module" not in [setting.spec.key for setting in await settings.all(ctx)]
    with pytest.raises(UnknownSetting):
        await settings.get(ctx, "gone.module")
    assert await store.find(ctx, "gone.module") == "kept"


async def test_a_stored_value_that_no_longer_fits_reads_as_the_default_and_is_kept(
    settings: SettingsService, store: SqlSettingStore, ctx: SecurityContext
) -> None:
    await store.put(ctx, "look.theme", "sepia")
    assert await settings.get(ctx, "look.theme") == "system"
    assert await store.find(ctx, "look.theme") == "sepia"


async def test_each_user_has_own_values(settings: SettingsService, ctx: SecurityContext) -> None:
    other = replace(ctx, subject_id=uuid4())
    await settings.set(ctx, "look.theme", "dark")
    assert await settings.get(other, "look.theme") == "system"


async def test_watchers_hear_of_changes_of_their_user_only(settings: SettingsService, ctx: SecurityContext) -> None:
    other = replace(ctx, subject_id=uuid4())
    changes: AsyncIterator[SettingChanged] = settings.watch(ctx)
    await settings.set(other, "look.theme", "light")
    await settings.set(ctx, "look.theme", "dark")
    assert await anext(changes) == SettingChanged("look.theme", "dark")
    settings.close()
    assert [change async for change in changes] == []


async def test_setting_the_same_value_again_is_no_change(settings: SettingsService, ctx: SecurityContext) -> None:
    await settings.set(ctx, "look.theme", "dark")
    changes = settings.watch(ctx)
    await settings.set(ctx, "look.theme", "dark")
    settings.close()
    assert [change async for change in changes] == []


def test_declaring_the_same_twice_is_allowed_and_differently_is_not(settings: SettingsService) -> None:
    spec = SettingSpec("look.theme", "choice", "system", "Theme", "Colours.", choices=("system", "dark", "light"))
    settings.declare([spec])
    with pytest.raises(WrongDeclaration, match="twice"):
        settings.declare([replace(spec, title="Another")])


@pytest.mark.parametrize(
    "spec",
    [
        SettingSpec("NoGroup", "bool", False, "T", "D"),
        SettingSpec("a.b", "choice", "x", "T", "D"),
        SettingSpec("a.b", "bool", False, "T", "D", choices=("x",)),
        SettingSpec("a.b", "int", 5, "T", "D", maximum=3),
        SettingSpec("a.b", "float", 1, "T", "D"),
        SettingSpec("a.b", "choice", "z", "T", "D", choices=("x", "y")),
    ],
)
def test_a_wrong_declaration_fails_at_once(settings: SettingsService, spec: SettingSpec) -> None:
    with pytest.raises(WrongDeclaration):
        settings.declare([spec])


def test_the_shell_settings_are_valid_and_described(settings: SettingsService) -> None:
    settings.declare(SHELL_SETTINGS)
    assert all(spec.title and spec.description for spec in SHELL_SETTINGS)
