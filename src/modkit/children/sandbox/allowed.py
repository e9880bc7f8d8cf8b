"""Which files a locked-in Python process needs to stay alive: its own code, system libraries, facts about the CPU."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_SYSTEM_PATHS = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
)
SCRATCH_DEVICES = ("/dev/null",)
"""Written to by libraries that mean no harm."""


def readable_paths(read_paths: Sequence[Path], forbidden_paths: Sequence[Path]) -> list[str]:
    """Existing files and directories to allow for reading; the profile's own come last."""
    own_code = [path for path in _own_code() if not _contains_any(path, forbidden_paths)]
    candidates = [*_SYSTEM_PATHS, *own_code, *map(str, read_paths)]
    return [path for path in dict.fromkeys(candidates) if os.path.exists(path)]  # noqa: PTH110 - plain strings suffice


def _own_code() -> Iterator[str]:
    yield str(Path(sys.base_prefix) / "lib")
    bundle = getattr(sys, "_MEIPASS", None)
    if isinstance(bundle, str):
        yield bundle
        # Its pure Python lies in the executable itself, which is opened for every import.
        yield sys.executable
    for entry in sys.path:
        if os.path.isabs(entry):  # noqa: PTH117 - an empty entry means the working directory and must not pass
            yield entry


def _contains_any(path: str, forbidden_paths: Sequence[Path]) -> bool:
    """An import directory that holds the forbidden directory would open it; better an import error than that."""
    resolved = Path(path).resolve()
    return any(forbidden.resolve().is_relative_to(resolved) for forbidden in forbidden_paths)
