"""Everything that does not use loguru by itself: the standard library's logging, warnings, uncaught errors."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType

from loguru import logger


class _Forward(logging.Handler):
    """Hands records of the standard library's logging over, keeping level, logger name and error."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except Exception:
            message = f"{record.msg} (its arguments do not fit)"
        bound = logger.bind(_target=record.name)
        bound.opt(exception=record.exc_info).log(max(record.levelno, 1), "{}", message)


def forward_stdlib(least: int, by_logger: Mapping[str, int]) -> Callable[[], None]:
    """Route the standard library's logging into loguru from level ``least`` on; returns the way back.

    ``by_logger`` names loggers whose level is another one.
    """
    root = logging.getLogger()
    handlers = root.handlers[:]
    levels = {"": least, **by_logger}
    previous = {name: logging.getLogger(name).level for name in levels}
    root.handlers[:] = [_Forward()]
    _set_levels(levels)
    logging.captureWarnings(True)

    def restore() -> None:
        logging.captureWarnings(False)
        root.handlers[:] = handlers
        _set_levels(previous)

    return restore


def _set_levels(levels: Mapping[str, int]) -> None:
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _nobody(error: BaseException) -> None:
    """There is nobody to tell."""


def log_uncaught() -> Callable[[], None]:
    """Log exceptions that nobody caught, in the main thread and in others; returns the way back.

    A hook that was there before and has a function ``note`` is told through it; it would print the error again.
    """
    process_hook, thread_hook = sys.excepthook, threading.excepthook

    def in_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            process_hook(kind, error, trace)
            return
        logger.opt(exception=(kind, error, trace)).critical("Uncaught exception")
        getattr(process_hook, "note", _nobody)(error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        name = args.thread.name if args.thread else "unknown"
        if args.exc_value is not None:
            error = (args.exc_type, args.exc_value, args.exc_traceback)
            logger.opt(exception=error).critical("Uncaught exception in thread {}", name)
            getattr(thread_hook, "note", _nobody)(args.exc_value)

    sys.excepthook = in_process
    threading.excepthook = in_thread

    def restore() -> None:
        sys.excepthook = process_hook
        threading.excepthook = thread_hook

    return restore
