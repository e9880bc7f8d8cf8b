"""Damages files in known ways."""

from __future__ import annotations

import random
from pathlib import Path

from modkit.db.connect import PAGE_BYTES


def flip(path: Path, bit: int) -> None:
    """Turn one bit of a file over."""
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


def ruin(path: Path, *pages: int, seed: int = 1) -> None:
    """Write garbage over a sector in the middle of pages (counted from 1)."""
    random_bytes = random.Random(seed)
    data = bytearray(path.read_bytes())
    for page in pages:
        start = (page - 1) * PAGE_BYTES + 1024
        data[start : start + 512] = random_bytes.randbytes(512)
    path.write_bytes(data)
