"""Remembers in the home that the engine's special kernels do not work on this processor.

Some virtual machines announce matrix instructions that they do not have. Finding out costs a crashed child, so it is
done once per processor and build of the engine, not once per start of the program.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import platform
from contextlib import suppress
from pathlib import Path

_CPU_INFO = Path("/proc/cpuinfo")


class KernelMemory:
    """A small file; without a path, or where it cannot be read or written, nothing is remembered. Blocking."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def tuned_kernels_work(self) -> bool:
        """False if they were found out to crash here."""
        if self._path is None:
            return True
        try:
            noted = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return True
        return not (isinstance(noted, dict) and noted.get("tuned_kernels_crash_on") == _fingerprint())

    def note_crash(self) -> None:
        if self._path is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps({"tuned_kernels_crash_on": _fingerprint()}), "utf-8")


def _fingerprint() -> str:
    """Changes with the processor and with the engine's build."""
    parts = [platform.machine(), platform.processor()]
    with suppress(OSError):
        lines = _CPU_INFO.read_text("ascii", "replace").splitlines()
        parts += [line for line in lines if line.startswith(("model name", "flags"))][:2]
    spec = importlib.util.find_spec("llama_cpp")
    for folder in (spec.submodule_search_locations or []) if spec is not None else []:
        with suppress(OSError):
            parts.append(str((Path(folder) / "lib").stat().st_mtime_ns))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
