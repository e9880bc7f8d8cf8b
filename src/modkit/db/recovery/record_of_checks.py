"""Remembers beside a database when it was last checked and what was found, so that the next start knows of damage."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from loguru import logger

from modkit.db.files import fsync_file, os_reason, unlink_quietly

_SUFFIX = ".checked.json"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """``checked_at`` is UTC in ISO format; ``bad_pages`` are those that are not what was written, ``fault`` what
    SQLite finds wrong with the rest, empty when nothing is."""

    checked_at: str
    pages: int
    bad_pages: tuple[int, ...] = ()
    fault: str = ""

    @property
    def sound(self) -> bool:
        return not self.bad_pages and not self.fault

    @property
    def time(self) -> datetime:
        return datetime.fromisoformat(self.checked_at)


def last_check(path: Path) -> CheckResult | None:
    """What the last check of a database found; None when there was none. Blocks on the disk."""
    try:
        found = json.loads(_place(path).read_text("utf-8"))
        result = CheckResult(
            str(found["checked_at"]),
            int(found["pages"]),
            tuple(int(number) for number in found["bad_pages"]),
            str(found["fault"]),
        )
        return result if result.time.tzinfo is not None else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_check(path: Path, result: CheckResult) -> None:
    """Write down what a check found. A disk that does not take it costs only another check. Blocks on the disk."""
    partial = _place(path).with_name(_place(path).name + ".partial")
    try:
        partial.write_text(json.dumps(asdict(result)), "utf-8")
        fsync_file(partial)
        partial.replace(_place(path))
    except OSError as err:
        logger.warning("The check of {} could not be noted: {}", path.name, os_reason(err))
        unlink_quietly(partial)


def forget_check(path: Path) -> None:
    """After the file was replaced, what was found in the old one means nothing. Blocks on the disk."""
    unlink_quietly(_place(path))


def _place(path: Path) -> Path:
    return path.with_name(path.name + _SUFFIX)
