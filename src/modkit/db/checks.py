"""Remembers beside each backup what its last check found, so that a list can say it without opening anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from loguru import logger

from modkit.db.files import fsync_file, unlink_quietly
from modkit.db.types import utc_now

_SUFFIX = ".check"
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Check:
    """What was found when a backup was last read page by page.

    ``rows`` counts the rows of every table, and is empty for a backup that is not usable; ``problem`` says why.
    """

    checked_at: datetime
    ok: bool
    problem: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)


def passed(rows: Mapping[str, int]) -> Check:
    """A check, made now, that found the backup whole."""
    return Check(utc_now(), True, rows=dict(rows))


def failed(problem: str) -> Check:
    """A check, made now, that found the backup unusable."""
    return Check(utc_now(), False, problem)


def check_file(backup: Path) -> Path:
    """Where the result for a backup is kept."""
    return backup.with_name(backup.name + _SUFFIX)


def write_check(backup: Path, check: Check) -> None:
    """Remember a result. Failing to is no error: the backup then counts as not checked."""
    path = check_file(backup)
    partial = path.with_name(path.name + ".partial")
    try:
        values = {
            "size_bytes": backup.stat().st_size,
            "checked_at": check.checked_at.isoformat(),
            "ok": check.ok,
            "problem": check.problem,
            "rows": dict(check.rows),
        }
        partial.write_text(json.dumps(values), encoding="utf-8")
        partial.chmod(0o600)
        fsync_file(partial)
        partial.replace(path)
    except OSError as err:
        logger.warning("the result of checking {} could not be kept ({})", backup.name, err.strerror)
    finally:
        unlink_quietly(partial)


def read_check(backup: Path) -> Check | None:
    """The result of the last check; None when there is none, or the file has another size since. Blocks."""
    try:
        with check_file(backup).open("rb") as file:
            values: Any = json.loads(file.read(_MAX_BYTES))
        if values["size_bytes"] != backup.stat().st_size:
            return None
        rows = {str(table): int(count) for table, count in values["rows"].items()}
        checked_at = datetime.fromisoformat(values["checked_at"])
        # Whoever compares times must not meet one without a zone.
        if checked_at.tzinfo is None:
            return None
        return Check(checked_at, values["ok"] is True, str(values["problem"]), rows)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        logger.warning("{} cannot be read; the backup counts as not checked", check_file(backup).name)
        return None
