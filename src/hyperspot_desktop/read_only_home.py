"""A profile on a disk that can only be read: everything in it can still be read, searched and exported.

SQLite, the modules and the control socket all want to write beside what they read. So they work on a throw-away copy
of the databases, which are as encrypted there as here; the databases themselves refuse every change.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from modkit.home_lock import HomeLock, HomeNotWritable, Role

_LINKED = ("models",)
_DATABASES = ("*.db", "*.db-wal")
_ROOM_BYTES = 64 * 1024 * 1024


class ReadOnlyProfile:
    """The copy; ``path`` is a home to open. Every call blocks on the disk."""

    def __init__(self, home: Path, role: Role) -> None:
        self.home = home
        # Not needed before the first frame.
        import hashlib
        import tempfile

        digest = hashlib.sha256(os.fsencode(home.absolute())).hexdigest()[:16]
        owner = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
        # Always the same place: what a kill left behind is found by the next start, and two starts see each other.
        self.path = Path(tempfile.gettempdir()) / f"hyperspot-read-only{owner}-{digest}"
        self._lock = HomeLock(self.path, role)

    @property
    def reason(self) -> str:
        """A sentence on why nothing can be changed."""
        return f"The folder {self.home} cannot be written to."

    def open(self, cause: HomeNotWritable) -> None:
        """Copy the databases.

        Raises:
            HomeNotWritable: ``cause``, where there is no profile to read or no room for the copy.
            HomeHeld: another process reads it.
        """
        databases = [path for pattern in _DATABASES for path in sorted(self.home.glob(pattern))]
        if not (self.home / "keys").is_dir() or not databases:
            raise cause
        self._make_private(cause)
        self._lock.acquire()
        try:
            self._clear()
            size_bytes = sum(path.stat().st_size for path in databases)
            if shutil.disk_usage(self.path).free < size_bytes + _ROOM_BYTES:
                raise cause
            for path in databases:
                shutil.copyfile(path, self.path / path.name)
                (self.path / path.name).chmod(0o600)
            for name in _LINKED:
                self._link(name)
        except OSError as err:
            self.close()
            raise cause from err
        except BaseException:
            self.close()
            raise

    def show_backups(self) -> None:
        """After the start, which may have put one of the copy there: those of the profile can be looked into."""
        shutil.rmtree(self.path / "backups", ignore_errors=True)
        self._link("backups")

    def close(self) -> None:
        """Throw the copy away; harmless when there is none."""
        self._clear()
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)

    def _make_private(self, cause: HomeNotWritable) -> None:
        try:
            self.path.mkdir(mode=0o700, exist_ok=True)
            status = self.path.lstat()
        except OSError as err:
            raise cause from err
        if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o077):
            # Somebody else made it, to see or to change what is put there.
            raise cause

    def _link(self, name: str) -> None:
        # Where links are not allowed (Windows), there is no more than what the databases hold.
        if (self.home / name).is_dir():
            with contextlib.suppress(OSError):
                (self.path / name).symlink_to(self.home / name, target_is_directory=True)

    def _clear(self) -> None:
        if not self.path.is_dir():
            return
        for path in self.path.iterdir():
            if path.name == "run":
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with contextlib.suppress(OSError):
                    path.unlink()
