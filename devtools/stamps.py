"""Remembers which set-up steps are done, so that the next run goes on where the last one stopped."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path


def digest(*parts: str | Path) -> str:
    """A short key over texts and the contents of files; a missing file counts as empty."""
    total = hashlib.sha256()
    for part in parts:
        data = (part.read_bytes() if part.is_file() else b"") if isinstance(part, Path) else part.encode()
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()[:20]


class Stamps:
    """One small file per finished step, holding the key that it was done for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def is_done(self, step: str, key: str) -> bool:
        try:
            return (self._folder / step).read_text(encoding="utf-8") == key
        except OSError:
            return False

    def mark(self, step: str, key: str) -> None:
        """Record a step as done; written whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f".{step}.{os.getpid()}"
        partial.write_text(key, encoding="utf-8")
        partial.replace(self._folder / step)

    def forget(self, step: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            (self._folder / step).unlink()
