"""Which files of a tree are programs and libraries of Linux."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_MAGIC = b"\x7fELF"


def elf_files(tree: Path) -> Iterator[Path]:
    """All below ``tree``, in the order of their paths; links are passed over."""
    for file in sorted(tree.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as stream:
                if stream.read(len(_MAGIC)) == _MAGIC:
                    yield file
