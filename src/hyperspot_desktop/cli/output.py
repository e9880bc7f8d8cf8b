"""What commands print: text for people, one JSON document (or JSON lines) for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from hyperspot_desktop.control import CommandIO
from modkit.errors import HyperSpotError


class Output:
    """Writes to whoever started the command; ``as_json`` chooses the form."""

    def __init__(self, io: CommandIO, *, as_json: bool) -> None:
        self.io = io
        self.as_json = as_json

    def line(self, text: str = "") -> None:
        """One line for a person; nothing in JSON mode."""
        if not self.as_json:
            self.io.out(text + "\n")

    def note(self, text: str) -> None:
        """One line on stderr, so that stdout stays the result alone."""
        if not self.as_json:
            self.io.err(text + "\n")

    def json(self, value: object) -> None:
        """One JSON document on one line; nothing in text mode."""
        if self.as_json:
            self.io.out(json.dumps(to_plain(value), ensure_ascii=False) + "\n")

    def error(self, error: HyperSpotError) -> None:
        """A sentence and an action on stderr; in JSON mode the whole error on stdout."""
        if self.as_json:
            self.io.out(json.dumps({"error": error.to_dict()}, ensure_ascii=False) + "\n")
            return
        self.io.err(f"{error.sentence}\n")
        if error.action:
            self.io.err(f"  → {error.action}\n")

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns as wide as their widest cell; nothing in JSON mode."""
        cells = [list(headings), *[list(row) for row in rows]]
        widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
        for row in cells:
            self.line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def to_plain(value: object) -> Any:
    """Contract values as JSON values: dataclasses become objects, ids and dates text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [to_plain(item) for item in value]
    return value


def size_text(size_bytes: float) -> str:
    """Bytes as people read them: ``98 MB``, ``1.1 GB`` (decimal units, as disks are sold)."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size_bytes >= factor:
            number = size_bytes / factor
            return f"{number:.1f} {unit}" if unit == "GB" else f"{number:.0f} {unit}"
    return f"{size_bytes:.0f} B"


def duration_text(seconds: float | None) -> str:
    """``12 s``, ``3 min``, ``2 h 05 min``; an unknown duration is ``?``."""
    if seconds is None:
        return "?"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"


def day_text(moment: datetime) -> str:
    """Local date and time to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
