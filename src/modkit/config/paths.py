"""Paths as they stand in configuration: ``~`` on every system, absolute, without ``..``."""

from __future__ import annotations

import os
from pathlib import Path


def expand_home(text: str) -> Path:
    """``~`` and ``~/x`` (``~\\x`` too) lead to the user's home directory; ``~name`` stays as it is."""
    if text == "~":
        return Path.home()
    if text[:2] in ("~/", "~\\"):
        return Path.home() / text[2:].lstrip("/\\")
    return Path(text)


def normal_path(path: Path) -> Path:
    """Absolute and without ``.`` or ``..``, without touching the disk (links are not followed)."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links and read the disk
