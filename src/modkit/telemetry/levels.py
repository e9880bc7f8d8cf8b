"""Level names of the configuration as loguru's numbers, and which target a rule speaks about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

NUMBERS: Mapping[str, int] = {"trace": 5, "debug": 10, "info": 20, "warn": 30, "error": 40, "off": 1000}
_ALIASES = {"warning": "warn", "none": "off", "critical": "error", "success": "info"}


def level_number(name: str) -> int | None:
    """loguru's number of a level name in any case; None for what is no level."""
    lowered = name.strip().lower()
    return NUMBERS.get(_ALIASES.get(lowered, lowered))


def level_name(number: int) -> str:
    """The configuration's name of a loguru or stdlib level number."""
    return max((pair for pair in NUMBERS.items() if pair[1] <= max(number, 5)), key=lambda pair: pair[1])[0]


def covers(prefix: str, target: str) -> bool:
    """True when ``target`` is ``prefix`` itself or lies below it."""
    return target == prefix or target.startswith(f"{prefix}.")


def most_specific(prefixes: Iterable[str], target: str) -> str | None:
    """The longest prefix that covers ``target``; None when none does."""
    return max((prefix for prefix in prefixes if covers(prefix, target)), key=len, default=None)
