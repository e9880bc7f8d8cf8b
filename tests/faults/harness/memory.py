"""Limits the memory of this process."""

from __future__ import annotations

import os
import resource
from pathlib import Path


def why_not() -> str:
    """Why memory cannot be limited here; empty when it can."""
    return "" if Path("/proc/self/statm").exists() else "how much memory a process has is asked from Linux"


def address_space_bytes() -> int:
    """How much address space this process has."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


def limit_address_space(limit_bytes: int) -> None:
    """Let every allocation beyond that fail, for good; what threads print when they cannot even begin is not shown."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes))
