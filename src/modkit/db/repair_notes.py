"""Remembers beside a database what was done to it at a start, until the user has been told."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from loguru import logger

from modkit.db.files import fsync_file, os_reason, unlink_quietly
from modkit.db.types import utc_now

_SUFFIX = ".repaired.json"
_MOST = 20
"""Notes nobody reads must not grow for ever."""


@dataclass(frozen=True, slots=True)
class RepairNote:
    """``sentence`` says what could be saved and what could not, ``lines`` the same for each table; ``kept`` is where
    the file from before is, "" when there is none. ``at`` is UTC in ISO format. No words of the user are in it."""

    at: str
    sentence: str
    lines: tuple[str, ...] = ()
    kept: str = ""


def note_repair(path: Path, sentence: str, *, lines: tuple[str, ...] = (), kept: Path | None = None) -> None:
    """Write down what was done to a database. A disk that does not take it costs only the note. Blocks on the disk."""
    note = RepairNote(utc_now().isoformat(), sentence, lines, "" if kept is None else str(kept))
    place = _place(path)
    partial = place.with_name(place.name + ".partial")
    try:
        notes = [asdict(one) for one in (*repair_notes(path), note)[-_MOST:]]
        partial.write_text(json.dumps(notes), "utf-8")
        partial.chmod(0o600)
        fsync_file(partial)
        partial.replace(place)
    except OSError as err:
        logger.warning("What was done to {} could not be noted: {}", path.name, os_reason(err))
        unlink_quietly(partial)


def repair_notes(path: Path) -> tuple[RepairNote, ...]:
    """What the user has not put away yet, the oldest first. Blocks on the disk."""
    try:
        found = json.loads(_place(path).read_text("utf-8"))
        return tuple(
            RepairNote(str(one["at"]), str(one["sentence"]), tuple(map(str, one["lines"])), str(one["kept"]))
            for one in found
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def forget_repairs(path: Path) -> None:
    """The user has been told. Blocks on the disk."""
    unlink_quietly(_place(path))


def _place(path: Path) -> Path:
    return path.with_name(path.name + _SUFFIX)
