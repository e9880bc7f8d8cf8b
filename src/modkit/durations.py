"""Durations as people write them in configuration: ``500ms``, ``30s``, ``5m``, ``1h``, ``7d``."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

_UNIT_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)")


def parse_duration(text: str) -> float:
    """Seconds meant by ``text``, a sum of number-unit pairs such as ``30s`` or ``1h 30m``.

    Raises:
        ValueError: empty, without a unit, or with a unit that is none of ms, s, m, min, h, d.
    """
    rest = text.strip().lower()
    seconds, position = 0.0, 0
    while match := _DURATION.match(rest, position):
        number, unit = match.groups()
        if unit not in _UNIT_SECONDS:
            raise ValueError(f"{text!r} has the unknown unit {unit!r} (known: {', '.join(_UNIT_SECONDS)})")
        seconds += float(number) * _UNIT_SECONDS[unit]
        position = match.end() + len(rest[match.end() :]) - len(rest[match.end() :].lstrip())
    if not rest or position != len(rest):
        raise ValueError(f"{text!r} is not a duration such as 30s, 5m or 1h")
    return seconds


def _to_seconds(value: object) -> object:
    return parse_duration(value) if isinstance(value, str) else value


Seconds = Annotated[float, BeforeValidator(_to_seconds)]
"""A pydantic field in seconds that also accepts ``"30s"``; plain numbers count as seconds."""
