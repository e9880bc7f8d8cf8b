"""Crash care of one run of the window: from before Qt is loaded until everything is put away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyperspot_desktop.crash.recorder import CrashRecorder
from hyperspot_desktop.crash.watchdog import Stall, Watchdog, Watched

if TYPE_CHECKING:
    import asyncio

    from hyperspot_desktop.crash.last_run import BadEnd, RunMarker


class CrashCare:
    """Records, watches, and knows how the last run ended once ``begin_run`` has looked."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.recorder = CrashRecorder(home)
        self.watchdog = Watchdog(self._stalled)
        self.bad_end: BadEnd | None = None
        """How the last run ended badly; stays through starts that are tried again."""
        self._marker: RunMarker | None = None

    def start(self) -> None:
        """Call it early, from the main thread."""
        self.recorder.start()

    def close(self) -> None:
        """Everything is put away."""
        self.watchdog.close()
        self.recorder.close()

    # On the host's thread.

    def begin_run(self) -> None:
        """The home's lock is held: look how the last run ended, and say that this one runs."""
        # Not needed before the first frame.
        from hyperspot_desktop.crash.last_run import RunMarker

        self._marker = RunMarker(self._home, self.recorder)
        self.bad_end = self._marker.begin() or self.bad_end

    def end_run(self) -> None:
        """The host is closed in good order, and the lock is still held."""
        if self._marker is not None:
            self._marker.end()

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> Watched:
        """Watch the running loop of this thread, and hear of the errors that nobody awaits."""

        def failed(running: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            error = context.get("exception")
            if isinstance(error, Exception):
                self.recorder.note_error("the host", error)
            running.default_exception_handler(context)

        loop.set_exception_handler(failed)
        watched = Watched("host", threading.get_ident(), lambda answer: _ask(loop, answer))
        self.watchdog.watch(watched)
        return watched

    def _stalled(self, stall: Stall) -> None:
        from loguru import logger

        what = f"The {stall.name} did not answer for over 1 s"
        if stall.over:
            logger.bind(loop=stall.name, seconds=round(stall.seconds, 2)).warning("An event loop answers again")
            self.recorder.note(f"The {stall.name} answers again, after {stall.seconds:.1f} s")
        else:
            logger.bind(loop=stall.name, stack=list(stall.stack)).warning("An event loop did not answer for over 1 s")
            self.recorder.note(what, stall.stack)


def _ask(loop: asyncio.AbstractEventLoop, answer: Callable[[], None]) -> None:
    loop.call_soon_threadsafe(answer)
