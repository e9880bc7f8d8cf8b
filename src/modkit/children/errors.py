"""What can go wrong with a child process, as the callers of that child see it."""

from __future__ import annotations

from typing import ClassVar

from modkit.errors import ErrorKind, HyperSpotError


class ChildError(HyperSpotError):
    """Anything a child process itself can cause; errors of its handlers arrive as ``RemoteError`` instead."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNAVAILABLE


class ChildStartFailed(ChildError):
    """The process could not be started, or ended before it was ready."""

    action = "Run 'hyperspot doctor' to see what this computer is missing, then try again."


class ChildDied(ChildError):
    """The process ended while it was needed.

    ``exit_code`` is None while unknown, negative for a signal (``-9`` is SIGKILL); ``stderr_tail`` holds the last
    lines it wrote there, which are for the debug log and never for a person.
    """

    action = "Try again: it is started anew. If it happens every time, the file it works on may be damaged."

    def __init__(self, sentence: str, *, exit_code: int | None = None, stderr_tail: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
        self.stderr_tail = stderr_tail


class ChildStopped(ChildError):
    """The call ended because the owner of the process stopped it."""

    kind: ClassVar[ErrorKind] = ErrorKind.CANCELLED


class ChildTimeout(ChildError):
    """A call took too long, or (``silent``) showed no sign of life for too long and its process was ended."""

    kind: ClassVar[ErrorKind] = ErrorKind.TIMEOUT
    action = "Try again, with a smaller input if there is a choice."

    def __init__(self, sentence: str, *, silent: bool = False) -> None:
        super().__init__(sentence)
        self.silent = silent


class ChildProtocolError(ChildError):
    """The other side of the pipe broke the protocol; the process is ended, for nothing it says can be trusted."""

    kind: ClassVar[ErrorKind] = ErrorKind.INTERNAL
    action = "Try again: it is started anew. If it happens every time, reinstall the program."


class ChildFrameTooLarge(ChildError):
    """A message is larger than the pipe accepts; it was not sent and the process goes on."""

    kind: ClassVar[ErrorKind] = ErrorKind.TOO_LARGE
    action = "Use a smaller input."
