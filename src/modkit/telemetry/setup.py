"""Switch logging and tracing on for one process, and off again."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import TracebackType
from typing import TextIO

from loguru import logger

from modkit.config.logging import LoggingSection, LogSettings
from modkit.config.models import AppConfig
from modkit.telemetry.hooks import forward_stdlib, log_uncaught
from modkit.telemetry.levels import NUMBERS
from modkit.telemetry.limits import parse_limits
from modkit.telemetry.sinks import DEFAULT_SECTION, add_console, add_files
from modkit.telemetry.tracing import start_tracing

_LOGURU_DEFAULT_SINK = 0


class Telemetry:
    """What ``setup_logging`` switched on; ``close`` flushes and puts everything back."""

    def __init__(self, undo: list[Callable[[], None]]) -> None:
        self._undo = undo

    def close(self) -> None:
        while self._undo:
            self._undo.pop()()

    def __enter__(self) -> Telemetry:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def setup_logging(
    config: AppConfig,
    *,
    files: bool = True,
    stream: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
) -> Telemetry:
    """Log as the configuration says: console on ``stream`` (default stderr), files below the home directory.

    ``files=False`` keeps to the console: for short commands that may run beside a window which owns the files.
    A file that cannot be opened is told on the console and logging goes on without it. Call it once per
    process, from a thread if a loop is running, and close what it returns.
    """
    limits = parse_limits((os.environ if environ is None else environ).get("RUST_LOG"))
    undo: list[Callable[[], None]] = [_replace_loguru_default()]
    console = add_console(config.logging, limits, stream)
    sinks = [] if console is None else [console]
    if files:
        try:
            sinks += add_files(config.logging, limits, config.home)
        except OSError as err:
            logger.warning("Log files cannot be written: {} ({})", err.filename, err.strerror)
    undo += [partial(logger.remove, sink) for sink in sinks]
    undo += [
        forward_stdlib(NUMBERS["info"], _library_levels(config.logging)),
        log_uncaught(),
        start_tracing(config.tracing),
    ]
    for directive in limits.unreadable:
        logger.warning("RUST_LOG: cannot read {}", directive)
    return Telemetry(undo)


def with_verbosity(config: AppConfig, verbosity: int) -> AppConfig:
    """``-v`` and ``-vv``: the console level of ``logging.default`` becomes debug, or trace."""
    if verbosity <= 0:
        return config
    default = config.logging.get(DEFAULT_SECTION, LogSettings())
    louder = default.model_copy(update={"console_level": "debug" if verbosity == 1 else "trace"})
    return config.model_copy(update={"logging": {**config.logging, DEFAULT_SECTION: louder}})


def _library_levels(sections: LoggingSection) -> dict[str, int]:
    """What sections of their own want of a library's logger; without one, its debug lines are not even made."""
    named = {name: section for name, section in sections.items() if name != DEFAULT_SECTION}
    return {name: min(NUMBERS[one.console_level], NUMBERS[one.file_level]) for name, one in named.items()}


def _replace_loguru_default() -> Callable[[], None]:
    """Take loguru's own stderr sink away; whoever closes the telemetry gets a stderr sink again."""
    with contextlib.suppress(ValueError):
        logger.remove(_LOGURU_DEFAULT_SINK)
    return _add_plain_sink


def _add_plain_sink() -> None:
    if sys.stderr is not None:
        logger.add(sys.stderr, level="INFO", backtrace=False, diagnose=False)
