"""The list of SHA-256 sums that lies beside what people download, as ``sha256sum --check`` reads it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


def sha256(file: Path) -> str:
    """As hex digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_sums(folder: Path, files: Iterable[Path]) -> Path:
    """Write the list of these files of the folder, in the order of their names."""
    target = folder / SUMS
    lines = [f"{sha256(file)}  {file.name}\n" for file in sorted(files, key=lambda one: one.name)]
    target.write_text("".join(lines), encoding="utf-8")
    return target


def read_sums(folder: Path) -> dict[str, str]:
    """The sums by file name; a line that is none is passed over, and so vouches for nothing."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {found[2]: found[1] for line in lines if (found := _LINE.fullmatch(line))}
