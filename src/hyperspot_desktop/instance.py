"""A second process talks to the holder of a home instead of opening the same files.

The holder keeps the home's lock and listens on a control socket that only the same user can reach.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from modkit.home_lock import HomeHeld, HomeLock, HomeNotWritable

__all__ = ["HomeHeld", "HomeLock", "HomeNotWritable", "control_address"]

_MAX_SOCKET_PATH = 100
"""Unix socket paths end at 104 to 108 bytes, whatever the file system allows."""


def control_address(home: Path) -> str:
    """Where the holder of ``home`` listens: a named pipe on Windows, else a socket file.

    A home with a long path gets its socket in a private folder of the system's temporary one.
    """
    # Not needed before the first frame, and OpenSSL comes along.
    import hashlib
    import tempfile

    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:24]
    if sys.platform == "win32":
        return rf"\\.\pipe\hyperspot-{digest}"
    path = home / "run" / "control.sock"
    if len(os.fsencode(path)) <= _MAX_SOCKET_PATH:
        return str(path)
    folder = Path(tempfile.gettempdir()) / f"hyperspot-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise HomeNotWritable(folder, "it belongs to somebody else or is open to others")
    return str(folder / f"{digest}.sock")
