"""Settings as other modules and the window see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SettingValue = bool | int | float | str


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting, declared once by the module that reads it; the settings page is generated from these.

    ``key`` is ``group.name`` in snake_case, the group being the module's or page's name (``chat.send_with_enter``).
    ``unit`` is shown behind the value and may be empty. ``choices`` closes a ``choice`` setting.
    """

    key: str
    type: Literal["bool", "int", "float", "str", "choice"]
    default: SettingValue
    title: str
    description: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """A declared setting and its value now."""

    spec: SettingSpec
    value: SettingValue

    @property
    def is_default(self) -> bool:
        return self.value == self.spec.default


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """Published after the new value is stored."""

    key: str
    value: SettingValue
