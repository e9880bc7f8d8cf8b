"""Hears of changes in folders from the operating system, each folder on a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from pathlib import Path

from loguru import logger
from watchfiles import Change, watch

_GROUP_MS = 1_600
"""At the latest so long after the first change its group is told; sooner when nothing more comes in a step."""
_STEP_MS = 100
_RULES = (".gitignore", ".ignore")
_NOT_OURS = frozenset({"node_modules", "__pycache__"})


class WatchfilesNotices:
    """Implements Notices with the ``watchfiles`` package.

    Its own asynchronous form registers every folder below on the loop, and keeps a thread of the shared pool for as
    long as it watches: hence the threads here. ``excluded`` is a folder whose changes are of no interest.
    """

    def __init__(self, *, check_s: float, excluded: Path | None = None) -> None:
        self._check_s = check_s
        self._excluded = excluded

    async def changes(self, source: Path) -> AsyncGenerator[bool, None]:
        loop, heard = asyncio.get_running_loop(), asyncio.Queue[bool | None]()
        stop = threading.Event()

        def tell(what: bool | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop may be closed when the program ends
                loop.call_soon_threadsafe(heard.put_nowait, what)

        thread = threading.Thread(target=self._listen, args=(source, stop, tell), name="watch a folder", daemon=True)
        thread.start()
        try:
            while (what := await heard.get()) is not None:
                yield what
        finally:
            stop.set()
            await asyncio.to_thread(thread.join)

    def _listen(self, source: Path, stop: threading.Event, tell: Callable[[bool | None], None]) -> None:
        try:
            for found in self._groups(source, stop):
                if found:
                    tell(True)
        except (OSError, RuntimeError) as error:
            # Too many folders for the system's limit, or a file system that tells nothing: the caller has to look.
            logger.bind(reason=type(error).__name__).warning("A folder cannot be watched; it is looked at instead")
            tell(False)
            self._while_there(source, stop)
        finally:
            tell(None)

    def _groups(self, source: Path, stop: threading.Event) -> Iterator[bool]:
        """Whether there were changes; at least one item in ``check_s``. Ends when the source is another one or gone."""
        identity = _identity(source)
        if identity is None:
            return
        is_folder = source.is_dir()
        root = source if is_folder else source.parent
        groups = watch(
            root,
            watch_filter=interesting(source, self._excluded) if is_folder else _only(source),
            debounce=_GROUP_MS,
            step=_STEP_MS,
            stop_event=stop,
            rust_timeout=max(1, int(self._check_s * 1000)),
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=is_folder,
            ignore_permission_denied=True,
        )
        with contextlib.closing(groups):
            for changes in groups:
                yield bool(changes)
                # A folder that was moved away is still being told about, and a file is often replaced by another.
                if stop.is_set() or (_identity(source) != identity if is_folder else not source.exists()):
                    return

    def _while_there(self, source: Path, stop: threading.Event) -> None:
        identity = _identity(source)
        while identity is not None and identity == _identity(source):
            if stop.wait(self._check_s):
                return


def interesting(source: Path, excluded: Path | None) -> Callable[[Change, str], bool]:
    """Whether a change in the folder ``source`` can have to do with what is read in it."""
    inside, left_out = len(source.parts), str(excluded) if excluded is not None else None

    def wanted(change: Change, path: str) -> bool:
        if left_out is not None and (path == left_out or path.startswith(left_out + os.sep)):
            return False
        parts = Path(path).parts[inside:]
        if parts and parts[-1] in _RULES:
            parts = parts[:-1]
        return not any(part.startswith(".") or part in _NOT_OURS for part in parts)

    return wanted


def _only(source: Path) -> Callable[[Change, str], bool]:
    return lambda change, path: path == str(source)


def _identity(source: Path) -> tuple[int, int] | None:
    """Which folder it is; None when it is not there."""
    try:
        status = source.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
