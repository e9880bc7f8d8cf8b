"""Writes down what goes wrong in one run: native crashes by ``faulthandler``, errors that nobody caught, stalls."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO

from modkit.stacks import error_lines

FOLDER = Path("logs") / "crashes"
LONGEST_NOTES_BYTES = 128 * 1024
"""Of one run; what comes after is not written."""
SAME_NOTES = 3
"""The same error is written so often."""
KEPT_FILES = 10
"""Of all runs; the oldest go."""


def stamp() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


class CrashRecorder:
    """The files of one run in the profile's folder of logs: ``RUN.fault`` and ``RUN.notes``.

    A folder that cannot be written costs the notes, nothing else.
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER
        self.run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}"
        self._lock = threading.Lock()
        self._faults: IO[bytes] | None = None
        self._seen: Counter[str] = Counter()
        self._undo: list[Callable[[], None]] = []

    @property
    def fault_path(self) -> Path:
        return self.folder / f"{self.run_id}.fault"

    @property
    def notes_path(self) -> Path:
        return self.folder / f"{self.run_id}.notes"

    def start(self) -> None:
        """From now on; call it early, from the main thread."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.fault_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self._faults = os.fdopen(descriptor, "ab", buffering=0)
        except OSError:
            return
        faulthandler.enable(self._faults, all_threads=True)
        self._hook()

    def close(self) -> None:
        """Put the hooks back; a run without a crash leaves no file of crashes."""
        while self._undo:
            self._undo.pop()()
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None
            with suppress(OSError):
                if self.fault_path.stat().st_size == 0:
                    self.fault_path.unlink()

    def note_error(self, where: str, error: BaseException, *, fatal: bool = False) -> None:
        """An error that nobody expected; ``where`` is said in the program's words, never the user's."""
        lines = error_lines(error)
        title = f"Error that ended the program, in {where}" if fatal else f"Error in {where}"
        self.note(title, lines, same=f"{lines[0]} {lines[-1]}")

    def note(self, title: str, lines: Sequence[str] = (), *, same: str = "") -> None:
        """Add to this run's notes. ``same`` recognises what was noted before; "" is always new."""
        with self._lock, suppress(OSError):
            if same:
                self._seen[same] += 1
                if self._seen[same] > SAME_NOTES:
                    return
            text = "\n".join([f"[{stamp()}] {title}", *lines, "", ""]).encode()
            descriptor = os.open(self.notes_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                if file.tell() + len(text) <= LONGEST_NOTES_BYTES:
                    file.write(text)

    def tidy(self) -> None:
        """Keep the files of the last runs only."""
        with suppress(OSError):
            files = [path for path in self.folder.iterdir() if path not in (self.fault_path, self.notes_path)]
            for path in sorted(files, key=lambda path: path.name)[:-KEPT_FILES]:
                path.unlink(missing_ok=True)

    def _hook(self) -> None:
        process_hook, thread_hook = sys.excepthook, threading.excepthook

        def in_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if not issubclass(kind, KeyboardInterrupt):
                self.note_error("the window", error.with_traceback(trace))
            process_hook(kind, error, trace)

        def in_thread(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                self.note_error("a thread", args.exc_value)
            thread_hook(args)

        # For who takes their place: the host's logging does.
        in_process.note = partial(self.note_error, "the window")  # type: ignore[attr-defined]  # a function's own
        in_thread.note = partial(self.note_error, "a thread")  # type: ignore[attr-defined]

        def restore() -> None:
            sys.excepthook, threading.excepthook = process_hook, thread_hook

        sys.excepthook, threading.excepthook = in_process, in_thread
        self._undo.append(restore)
