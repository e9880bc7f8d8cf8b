"""Disks that are small enough to be filled, and a way to fill one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_BLOCK_BYTES = 65536


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """An empty disk of a size such as ``4m`` at ``folder``; skips the test where none can be mounted."""
    folder.mkdir()
    able = sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None
    if not able or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]).returncode != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, name: str = "filler") -> Path:
    """A file that takes every byte that is left."""
    filler = folder / name
    with filler.open("wb", buffering=0) as file:
        for size in (_BLOCK_BYTES, 1):
            with pytest.raises(OSError, match="No space"):
                while True:
                    file.write(b"x" * size)
    return filler
