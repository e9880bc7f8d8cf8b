"""Turns what a person typed or a program passed into a value of the declared type, or says why not."""

from __future__ import annotations

import math
from collections.abc import Callable

from modules.settings.contract import InvalidSetting, SettingSpec, SettingValue

MAX_TEXT_CHARACTERS = 10_000
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})


def convert(spec: SettingSpec, value: object) -> SettingValue:
    """The value in the type of ``spec``, inside its range or choices.

    Raises:
        InvalidSetting: wrong type, out of range, not among the choices, or text that cannot be stored.
    """
    return _CONVERTERS[spec.type](spec, value)


def _to_bool(spec: SettingSpec, value: object) -> SettingValue:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, (str, int)) else ""
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise InvalidSetting(spec.key, "it must be true or false")


def _to_int(spec: SettingSpec, value: object) -> SettingValue:
    number = _number(spec, value, "a whole number")
    if isinstance(number, float) and not number.is_integer():
        raise InvalidSetting(spec.key, "it must be a whole number")
    return int(_in_range(spec, number))


def _to_float(spec: SettingSpec, value: object) -> SettingValue:
    return float(_in_range(spec, _number(spec, value, "a number")))


def _number(spec: SettingSpec, value: object, wanted: str) -> int | float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number: int | float = value
    elif isinstance(value, str):
        number = _parsed(spec, value.strip(), wanted)
    else:
        raise InvalidSetting(spec.key, f"it must be {wanted}")
    if not math.isfinite(number):
        raise InvalidSetting(spec.key, f"it must be {wanted}")
    return number


def _parsed(spec: SettingSpec, text: str, wanted: str) -> int | float:
    # 40 digits are more than any setting has; Python refuses int texts of thousands with its own error.
    if len(text) <= 40 and "_" not in text:
        for number_type in (int, float):
            try:
                return number_type(text)
            except ValueError:
                continue
    raise InvalidSetting(spec.key, f"it must be {wanted}")


def _in_range(spec: SettingSpec, number: int | float) -> int | float:
    low, high = spec.minimum, spec.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return number
    unit = f" {spec.unit}" if spec.unit else ""
    if low is not None and high is not None:
        raise InvalidSetting(spec.key, f"it must be between {_shown(low)} and {_shown(high)}{unit}")
    limit = f"at least {_shown(low)}" if low is not None else f"at most {_shown(high or 0)}"
    raise InvalidSetting(spec.key, f"it must be {limit}{unit}")


def _shown(number: float) -> str:
    return f"{int(number)}" if number == int(number) else f"{number:g}"


def _to_text(spec: SettingSpec, value: object) -> SettingValue:
    text = _plain_text(spec, value)
    if len(text) > MAX_TEXT_CHARACTERS:
        raise InvalidSetting(spec.key, f"it has {len(text)} characters, at most {MAX_TEXT_CHARACTERS} are allowed")
    return text


def _to_choice(spec: SettingSpec, value: object) -> SettingValue:
    text = _plain_text(spec, value).strip()
    for choice in spec.choices:
        if text.casefold() == choice.casefold():
            return choice
    raise InvalidSetting(spec.key, f"it must be one of {', '.join(spec.choices)}")


def _plain_text(spec: SettingSpec, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidSetting(spec.key, "it must be text")
    # Lone surrogates (from broken argv or clipboards) and NUL cannot be stored as UTF-8 text.
    if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidSetting(spec.key, "it contains characters that are not text")
    return value


_CONVERTERS: dict[str, Callable[[SettingSpec, object], SettingValue]] = {
    "bool": _to_bool,
    "int": _to_int,
    "float": _to_float,
    "str": _to_text,
    "choice": _to_choice,
}
