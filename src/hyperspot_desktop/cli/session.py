"""What a command gets to work with, and the type every command has."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from hyperspot_desktop.cli.output import Output
from hyperspot_desktop.control import CommandIO
from modkit.client_hub import ClientHub
from modkit.errors import ErrorKind, HyperSpotError
from modkit.security import SecurityContext


@dataclass(frozen=True, slots=True)
class CommandSession:
    """One run of one command. ``cwd`` is the caller's, which is not this process's when forwarded."""

    hub: ClientHub
    ctx: SecurityContext
    home: Path
    io: CommandIO
    out: Output
    stdin: str | None
    cwd: Path

    def path(self, text: str) -> Path:
        """A path as the caller meant it."""
        return (self.cwd / Path(text).expanduser()).absolute()


Command = Callable[[CommandSession, argparse.Namespace], Awaitable[int]]
"""Returns the exit code; raises HyperSpotError for the usual failures."""


class UsageError(HyperSpotError):
    """The words of the command do not make sense together."""

    kind = ErrorKind.INVALID


_EXIT_CODES = {
    ErrorKind.INVALID: 2,
    ErrorKind.NOT_FOUND: 3,
    ErrorKind.GONE: 3,
    ErrorKind.CONFLICT: 4,
    ErrorKind.FORBIDDEN: 5,
    ErrorKind.UNAUTHENTICATED: 5,
    ErrorKind.NO_SPACE: 6,
    ErrorKind.CANCELLED: 130,
}

INTERRUPTED = 130
"""What a shell expects after Ctrl+C."""


def exit_code(error: HyperSpotError) -> int:
    """One code per kind of failure, 1 for the rest."""
    return _EXIT_CODES.get(error.kind, 1)
