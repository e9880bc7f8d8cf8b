"""Where the window's resources lie, in a checkout and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """The ``resources`` folder: beside the frozen program, or at the root of the checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    if isinstance(frozen, str):
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parents[2] / "resources"
