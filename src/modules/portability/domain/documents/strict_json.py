"""Reads JSON that anybody may have written: wrong encodings, endless nesting and absurd numbers are errors."""

from __future__ import annotations

import json
import math
from typing import Any

from modules.portability.contract import ArchiveDamaged

# Far above what any export holds, far below what makes arithmetic slow.
_MAX_DIGITS = 40


def read_json(data: bytes, name: str) -> Any:
    """The value in ``data``; ``name`` is what errors call the file.

    Raises:
        ArchiveDamaged: no UTF-8 text, no JSON, nested too deeply, or with numbers that no program writes.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise ArchiveDamaged(f"{name} is not UTF-8 text (byte {err.start}).") from err
    try:
        return json.loads(text, parse_int=_int, parse_float=_float, parse_constant=_constant)
    except RecursionError as err:
        raise ArchiveDamaged(f"{name} is nested too deeply.") from err
    except json.JSONDecodeError as err:
        raise ArchiveDamaged(f"{name} is not valid JSON: {err.msg} in line {err.lineno}.") from err
    except ValueError as err:
        raise ArchiveDamaged(f"{name} is not valid JSON: {err}.") from err


def _int(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(text)} digits")
    return int(text)


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number beyond all measure")
    return number


def _constant(text: str) -> float:
    raise ValueError(f"{text} is no number")
