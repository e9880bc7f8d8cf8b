"""What native code writes to stderr, and what a child logs: forwarded to our log, bounded, harmless."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Any

from loguru import logger

_LINE_LIMIT = 500
_TAIL_LINES = 20
_LINES_PER_MINUTE = 600
_LEVELS = {"debug": "DEBUG", "info": "INFO", "warning": "WARNING", "error": "ERROR"}


class ChildLog:
    """Lines of one child. At most 600 a minute reach the log; the last 20 are kept for the error of its death."""

    def __init__(self, kind: str, pid: int) -> None:
        self._logger = logger.bind(child=kind, child_pid=pid)
        self._tail: deque[str] = deque(maxlen=_TAIL_LINES)
        self._minute = 0
        self._lines_this_minute = 0

    @property
    def tail(self) -> tuple[str, ...]:
        """The last lines of stderr, oldest first."""
        return tuple(self._tail)

    async def follow(self, stderr: asyncio.StreamReader) -> None:
        """Read stderr to its end; a line without an end is cut where it gets too long."""
        rest = b""
        while data := await stderr.read(64 * 1024):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                self._take_stderr_line(line)
            if len(rest) > _LINE_LIMIT:
                self._take_stderr_line(rest)
                rest = b""
        if rest:
            self._take_stderr_line(rest)

    def take_log_frame(self, value: Any) -> None:
        """A record the child logged itself; anything odd about it makes it a debug line."""
        record = value if isinstance(value, dict) else {}
        level = _LEVELS.get(str(record.get("level")), "DEBUG")
        self._write(level, _printable(str(record.get("text", ""))[:_LINE_LIMIT]))

    def _take_stderr_line(self, line: bytes) -> None:
        text = _printable(line[:_LINE_LIMIT].decode("utf-8", "replace").rstrip())
        self._tail.append(text)
        self._write("DEBUG", text)

    def _write(self, level: str, text: str) -> None:
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute, self._lines_this_minute = minute, 0
        self._lines_this_minute += 1
        if self._lines_this_minute < _LINES_PER_MINUTE:
            self._logger.log(level, "{}", text)
        elif self._lines_this_minute == _LINES_PER_MINUTE:
            self._logger.debug("It says too much; the rest of this minute is left out")


def _printable(text: str) -> str:
    """One line without control characters: a hostile child must not forge lines or steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
