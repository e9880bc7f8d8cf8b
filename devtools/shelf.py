"""The shelf of wheels that were built here, which may be shared by several checkouts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def put_on_shelf(built: Path, shelf: Path) -> Path:
    """Copy a wheel into the folder ``shelf`` in one move; gives where it lies."""
    shelf.mkdir(parents=True, exist_ok=True)
    # The shelf may lie on another disk: copy beside the final name first, then rename.
    arriving = shelf / f".{built.name}.{os.getpid()}"
    shutil.copyfile(built, arriving)
    wheel = shelf / built.name
    arriving.replace(wheel)
    return wheel
