"""Rows of the benchmark table, and how they are printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing. ``budget`` is what it should be, in words; ``ok`` says whether it is, None without a budget.

    ``reference`` is what it is compared with, in the same unit, and ``ratio`` how it compares.
    """

    what: str
    value: float
    unit: str
    budget: str = ""
    ok: bool | None = None
    reference: float | None = None
    ratio: float | None = None
    note: str = ""


def render(rows: Sequence[Row]) -> str:
    """The table as text, one line per row."""
    heads = ("what", "measured", "compared with", "ratio", "budget", "", "note")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([texts[0], "-" * max(map(len, texts)), *texts[1:]])


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], indent=1)


def _cells(row: Row) -> tuple[str, ...]:
    verdict = "" if row.ok is None else "ok" if row.ok else "OVER"
    reference = "" if row.reference is None else f"{_number(row.reference)} {row.unit}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.what, f"{_number(row.value)} {row.unit}", reference, ratio, row.budget, verdict, row.note


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"
