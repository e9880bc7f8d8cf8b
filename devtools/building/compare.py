"""Whether two builds are the same, byte for byte, and where they differ when they are not."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from devtools.errors import SetupError

_NAMED = 8


def fingerprints(made: Path) -> dict[str, str]:
    """By path below ``made`` (or "" for a single file): what it is, its permissions, its time and its content."""
    paths = [made, *sorted(made.rglob("*"))] if made.is_dir() and not made.is_symlink() else [made]
    return {"" if path == made else str(path.relative_to(made)): _fingerprint(path) for path in paths}


def hold_same(what: str, first: dict[str, str], second: dict[str, str]) -> None:
    """
    Raises:
        SetupError: the builds differ; the sentence names the first files that do.
    """
    differing = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differing:
        named = ", ".join(name or what for name in differing[:_NAMED])
        more = f" and {len(differing) - _NAMED} more" if len(differing) > _NAMED else ""
        raise SetupError(
            f"Two builds of {what} differ in {named}{more}.", "Find what depends on time, place or chance."
        )


def _fingerprint(path: Path) -> str:
    about = path.lstat()
    if path.is_symlink():
        return f"link {os.readlink(path)}"  # noqa: PTH115 - as it is written, not resolved
    if path.is_dir():
        return f"folder {about.st_mode & 0o777:o}"
    with path.open("rb") as stream:
        content = hashlib.file_digest(stream, "sha256").hexdigest()
    return f"file {about.st_mode & 0o777:o} {content}"
