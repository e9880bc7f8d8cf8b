"""What portability needs from outside. What touches files blocks: it is called on threads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from modkit.security import SecurityContext

Secure = Callable[[SecurityContext], Awaitable[object]]
"""Makes sure that what is there can be had again, whatever comes next."""


class Sink(Protocol):
    """Something that is being written: under its name only when it is complete."""

    def add(self, name: str, pieces: Iterable[str | bytes]) -> None:
        """Write one file; a single file has one, whatever its name."""

    def finish(self) -> tuple[int, int]:
        """Make it durable under its name; gives the number of files and their bytes together."""

    def abandon(self) -> None:
        """Leave nothing behind; after ``finish`` this does nothing."""


class Sinks(Protocol):
    """Opens what is to be written (TargetExists, CannotWrite)."""

    def file(self, target: Path, *, replace: bool) -> Sink: ...
    def folder(self, target: Path) -> Sink: ...

    def archive(self, target: Path, *, replace: bool, about: dict[str, Any]) -> Sink:
        """``about`` goes into the manifest."""


class Source(Protocol):
    """The files of an import: one, a folder's, or those of a ZIP, all within the limits."""

    name: str

    def names(self) -> Sequence[str]:
        """Relative, with ``/``, sorted."""

    def read(self, name: str) -> bytes:
        """All of one file (ArchiveDamaged, TooLarge)."""


class Sources(Protocol):
    """Opens what is to be read (ArchiveDamaged, TooLarge, UnknownHistory when it is not there)."""

    def open(self, path: Path) -> AbstractContextManager[Source]: ...
