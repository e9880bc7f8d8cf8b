"""Settings in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from hyperspot_desktop.demo.feed import Feed
from modkit.security import SecurityContext
from modules.settings.contract import (
    InvalidSetting,
    Setting,
    SettingChanged,
    SettingSpec,
    SettingValue,
    UnknownSetting,
)

SPECS = (
    SettingSpec(
        "appearance.theme",
        "choice",
        "system",
        "Theme",
        "Dark, light, or whatever the system uses.",
        choices=("system", "dark", "light"),
    ),
    SettingSpec(
        "appearance.font_scale",
        "int",
        100,
        "Text size",
        "Size of all text in the window.",
        unit="percent",
        minimum=75,
        maximum=200,
    ),
    SettingSpec(
        "appearance.language",
        "choice",
        "system",
        "Language",
        "Language of the window.",
        choices=("system", "en", "de", "zh"),
    ),
    SettingSpec(
        "chat.default_model",
        "str",
        "",
        "Default model",
        "Which model answers a new conversation. Empty: the best one that is loaded.",
    ),
    SettingSpec(
        "chat.max_output_tokens",
        "int",
        2048,
        "Longest answer",
        "An answer stops after this many tokens; it can be continued.",
        unit="tokens",
        minimum=16,
        maximum=32768,
    ),
    SettingSpec(
        "chat.temperature", "float", 0.7, "Temperature", "How freely the model picks its words.", minimum=0, maximum=2
    ),
    SettingSpec(
        "llm_manager.idle_unload_min",
        "int",
        15,
        "Unload when idle",
        "Free a model's memory after this time without use.",
        unit="minutes",
        minimum=1,
        maximum=1440,
    ),
    SettingSpec(
        "llm_manager.engine", "choice", "llama.cpp", "Engine", "What runs local models.", choices=("llama.cpp",)
    ),
    SettingSpec(
        "llm_manager.keep_warm",
        "bool",
        True,
        "Keep the search model warm",
        "Searching answers at once; costs some memory.",
    ),
)


class DemoSettings:
    """Implements SettingsClient."""

    def __init__(self) -> None:
        self._specs: dict[str, SettingSpec] = {spec.key: spec for spec in SPECS}
        self._values: dict[str, SettingValue] = {}
        self._feed: Feed[SettingChanged] = Feed()

    def declare(self, specs: Sequence[SettingSpec]) -> None:
        self._specs |= {spec.key: spec for spec in specs}

    async def all(self, ctx: SecurityContext) -> list[Setting]:
        return [self._setting(key) for key in self._specs]

    async def get(self, ctx: SecurityContext, key: str) -> SettingValue:
        return self._setting(key).value

    async def set(self, ctx: SecurityContext, key: str, value: SettingValue) -> Setting:
        spec = self._setting(key).spec
        if spec.minimum is not None and float(value) < spec.minimum:
            raise InvalidSetting(key, f"it must be at least {spec.minimum:g}")
        if spec.maximum is not None and float(value) > spec.maximum:
            raise InvalidSetting(key, f"it must be at most {spec.maximum:g}")
        self._values[key] = value
        self._feed.publish(SettingChanged(key, value))
        return self._setting(key)

    async def reset(self, ctx: SecurityContext, key: str) -> Setting:
        return await self.set(ctx, key, self._setting(key).spec.default)

    def watch(self, ctx: SecurityContext) -> AsyncIterator[SettingChanged]:
        return self._feed.watch()

    def _setting(self, key: str) -> Setting:
        if key not in self._specs:
            raise UnknownSetting(key)
        spec = self._specs[key]
        return Setting(spec, self._values.get(key, spec.default))
