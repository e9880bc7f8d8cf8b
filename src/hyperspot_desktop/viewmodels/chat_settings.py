"""What a conversation asks the model with, as the texts of a form: read, checked and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hyperspot_desktop.viewmodels.text import number, tr

if TYPE_CHECKING:
    from modules.chat.contract import ChatParams


@dataclass(frozen=True, slots=True)
class Range:
    """What a number of the form may be."""

    low: float
    high: float
    whole: bool = False


RANGES: Mapping[str, Range] = {
    "temperature": Range(0, 2),
    "top_p": Range(0, 1),
    "max_output_tokens": Range(1, 1_000_000, whole=True),
    # The engine draws from 32 bits, and keeps the last value for "none given".
    "seed": Range(0, 2**32 - 2, whole=True),
}


def texts_of(params: ChatParams) -> dict[str, str]:
    """The form's fields; what is left to the model is empty."""
    values = {name: getattr(params, name) for name in RANGES}
    return {name: "" if value is None else f"{value:.10g}" for name, value in values.items()}


def problem(name: str, text: str) -> str:
    """Why this text cannot be that number, in one sentence; "" when it can."""
    try:
        _value(name, text)
    except ValueError:
        allowed = RANGES[name]
        words = tr("A whole number from %1 to %2.") if allowed.whole else tr("A number from %1 to %2.")
        return words.replace("%1", number(allowed.low)).replace("%2", number(allowed.high))
    return ""


def params_with(params: ChatParams, texts: Mapping[str, str]) -> ChatParams:
    """The form's numbers over what the form does not show; ValueError when one of them is none."""
    values: dict[str, Any] = {name: _value(name, texts.get(name, "")) for name in RANGES}
    return replace(params, **values)


def _value(name: str, text: str) -> float | int | None:
    allowed, text = RANGES[name], text.strip()
    if not text:
        return None
    value = int(text) if allowed.whole else float(text.replace(",", "."))
    if not allowed.low <= value <= allowed.high:
        raise ValueError(name)
    return value
