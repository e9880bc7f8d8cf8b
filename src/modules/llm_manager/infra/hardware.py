"""Looks at this computer: cores, memory, disk, processor, graphics card."""

from __future__ import annotations

import asyncio
import platform
import re
import shutil
import sys
from pathlib import Path

import psutil

from modules.llm_manager.contract.models import Hardware


class LocalHardware:
    """Implements HardwareProbe. What cannot change while the program runs is looked up once."""

    def __init__(self) -> None:
        self._fixed: tuple[int, int, str, str | None] | None = None

    async def look(self, disk_of: Path) -> Hardware:
        return await asyncio.to_thread(self._look, disk_of)

    def _look(self, disk_of: Path) -> Hardware:
        if self._fixed is None:
            self._fixed = (*_cores(), _cpu_name(), _gpu_name())
        physical, logical, cpu, gpu = self._fixed
        memory = psutil.virtual_memory()
        return Hardware(
            physical_cores=physical,
            logical_cores=logical,
            memory_bytes=memory.total,
            memory_free_bytes=memory.available,
            disk_free_bytes=_disk_free(disk_of),
            cpu=cpu,
            gpu=gpu,
        )


def _cores() -> tuple[int, int]:
    """Physical and logical cores that this process may use (containers and task sets allow fewer)."""
    logical = psutil.cpu_count(logical=True) or 1
    physical = psutil.cpu_count(logical=False) or logical
    if sys.platform == "linux":
        logical = min(logical, len(psutil.Process().cpu_affinity() or range(logical)))
    return max(1, min(physical, logical)), logical


def _cpu_name() -> str:
    if sys.platform == "linux":
        info = Path("/proc/cpuinfo")
        found = (
            re.search(r"^model name\s*:\s*(.+)$", info.read_text("utf-8", "replace"), re.M) if info.exists() else None
        )
        if found:
            return found.group(1).strip()
    return platform.processor() or platform.machine() or "unknown processor"


def _gpu_name() -> str | None:
    """The graphics card, where the system tells it without running a program."""
    if sys.platform == "linux":
        for information in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
            found = re.search(r"^Model:\s*(.+)$", information.read_text("utf-8", "replace"), re.M)
            if found:
                return found.group(1).strip()
    if sys.platform == "darwin" and platform.machine() == "arm64":
        return "Apple GPU"
    return None


def _disk_free(path: Path) -> int:
    # The folder may not exist yet; its disk is that of the nearest parent that does.
    existing = next((folder for folder in (path, *path.parents) if folder.exists()), None)
    return shutil.disk_usage(existing).free if existing is not None else 0
