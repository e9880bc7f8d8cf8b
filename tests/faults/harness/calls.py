"""Builds and speaks to the little library between this process and its files, where there is a C compiler."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

_SOURCE = Path(__file__).with_name("calls.c")
_SWITCH = "HYPERSPOT_FAULT_CALLS"


class Calls(IntFlag):
    """The calls that can fail, as in calls.c."""

    WRITE = 1
    SYNC = 2
    OPEN = 4
    NAME = 8
    CUT = 16
    REMOVE = 32


EVERY = Calls(63)


@dataclass(frozen=True, slots=True)
class Failure:
    """How the n-th of some calls ends; ``error`` 0 kills the process in the middle of it.

    ``lasting``: every call after it fails as well, as on a disk that stays full.
    """

    calls: Calls
    error: int
    lasting: bool = False

    @property
    def name(self) -> str:
        what = "+".join(one.name.lower() for one in Calls if one in self.calls and one.name is not None)
        how = errno.errorcode.get(self.error, "kill")
        return f"{what}-{how}{'-lasting' if self.lasting else ''}"


KILL = Failure(EVERY, 0)
FAILURES = (
    Failure(Calls.WRITE, errno.ENOSPC),
    Failure(Calls.WRITE | Calls.CUT, errno.ENOSPC, lasting=True),
    Failure(Calls.WRITE, errno.EIO),
    Failure(Calls.SYNC, errno.EIO),
    Failure(Calls.SYNC, errno.ENOSPC),
    Failure(Calls.OPEN, errno.EMFILE),
    Failure(Calls.OPEN, errno.EACCES),
    Failure(Calls.OPEN, errno.ENOSPC),
    Failure(Calls.NAME, errno.EACCES),
    Failure(Calls.NAME, errno.ENOSPC),
    Failure(Calls.CUT, errno.EIO),
    Failure(Calls.REMOVE, errno.EACCES),
)


def why_not() -> str:
    """Why calls cannot fail here; empty when they can."""
    if sys.platform != "linux":
        return "failing calls need a preloaded library, which is made for Linux only"
    return "" if shutil.which("cc") else "failing calls need a C compiler (cc)"


def preloaded() -> dict[str, str]:
    """The environment for a program whose calls can fail; empty where that is not possible."""
    return {} if why_not() else {"LD_PRELOAD": str(_library()), _SWITCH: "1"}


def active() -> bool:
    """Whether this process was started with the library."""
    return _SWITCH in os.environ


def arm(place: Path, failure: Failure, nth: int) -> None:
    """From now on count calls below ``place``; the ``nth`` ends as ``failure`` says."""
    ctypes.CDLL(None).fault_arm(
        str(place).encode(), int(failure.calls), ctypes.c_long(nth), failure.error, failure.lasting
    )


def disarm() -> int:
    """Let everything succeed again; gives how many calls there were."""
    library = ctypes.CDLL(None)
    library.fault_disarm()
    library.fault_seen.restype = ctypes.c_long
    return int(library.fault_seen())


def move_clock(seconds: int) -> None:
    """Set this process's wall clock ahead, or behind when negative."""
    ctypes.CDLL(None).fault_clock(ctypes.c_long(seconds))


def _library() -> Path:
    digest = hashlib.sha256(_SOURCE.read_bytes()).hexdigest()[:16]
    built = Path(tempfile.gettempdir()) / f"hyperspot-faults-{os.getuid()}-{digest}.so"
    if not built.exists():
        fresh = built.with_suffix(f".{os.getpid()}")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(fresh), str(_SOURCE), "-ldl"], check=True)
        fresh.replace(built)
    return built
