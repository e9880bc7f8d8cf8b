"""A locked window answers no command: what it does not show must not be had through it either."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    from hyperspot_desktop.control import CommandIO, RunCommand


class WindowLocked(HyperSpotError):
    """A command reached a window that is locked."""

    kind = ErrorKind.FORBIDDEN
    action = "Unlock the window, or close it, then run the command again."

    def __init__(self) -> None:
        super().__init__("The HyperSpot window is locked.")


def unless_locked(run: RunCommand, locked: Callable[[], bool]) -> RunCommand:
    """``run``, but refused while ``locked`` says so."""

    async def guarded(argv: list[str], io: CommandIO, stdin: str | None, cwd: Path) -> int:
        if not locked():
            return await run(argv, io, stdin, cwd)
        from hyperspot_desktop.cli.output import Output
        from hyperspot_desktop.cli.session import exit_code

        refusal = WindowLocked()
        Output(io, as_json="--json" in argv).error(refusal)
        return exit_code(refusal)

    return guarded
