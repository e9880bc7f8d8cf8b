"""Keeps a chat template from eating time or memory: it is a program that came with a file from somewhere.

Jinja's sandbox stops templates from reaching Python; it does not stop ``'a' * 10**9``, doubling a string forty times,
or loops inside loops. Sizes are checked before the memory is taken; time is limited from a second thread.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

MAX_TEXT = 4 << 20
"""Largest text, in characters, that any step of a template may make beyond what went in."""
_MAX_NUMBER_BITS = 256
_MAX_ITEMS = 1 << 20
_MAX_PARTS = 100_000
_HARD_FACTOR = 4.0
TEMPLATE_STUCK_EXIT = 70


class TemplateLimit(Exception):
    """A template went over a limit; the message says which."""


class Sizes:
    """What one rendering may use; shared by all checks of that rendering."""

    def __init__(self, input_size: int) -> None:
        self.max_text = MAX_TEXT + 4 * input_size

    def text(self, size: int) -> None:
        """
        Raises:
            TemplateLimit: a text of ``size`` characters is too long.
        """
        if size > self.max_text:
            raise TemplateLimit(f"it makes a text of {size:,} characters")

    def binop(self, operator: str, left: Any, right: Any) -> None:
        """Look at an operation before it is carried out."""
        if operator == "*":
            self._multiply(left, right)
        elif operator == "+" and _has_length(left) and _has_length(right):
            self._grown(left, len(left) + len(right))
        elif operator == "**":
            self._power(left, right)
        elif operator == "%" and isinstance(left, str):
            self._format(left, right)

    def arguments(self, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        """Widths, indents and counts given to text functions must be small."""
        for value in (*arguments, *named.values()):
            if isinstance(value, int) and abs(value) > 10_000:
                raise TemplateLimit(f"it asks for {value:,} characters")

    def replaced(self, text: str, old: str, new: str) -> None:
        """The length after a replacement, counted before it is made."""
        count = text.count(old) if old else len(text) + 1
        self.text(len(text) + count * max(0, len(new) - len(old)))

    def joined(self, separator: str, parts: Any) -> list[Any]:
        """The parts as a list, after their total length was counted."""
        items = list(parts)
        self.plain(items)
        self.text(sum(len(item) if _has_length(item) else 24 for item in items) + len(separator) * len(items))
        return items

    def plain(self, *values: Any) -> None:
        """A list of lists of lists can print as more than any memory holds, from a handful of objects.

        C code that walks such a structure holds on to the interpreter, so it must not even begin.
        """
        walk = _Walk(self.max_text)
        for value in values:
            walk.visit(value, 0)

    def _multiply(self, left: Any, right: Any) -> None:
        if isinstance(left, int) and isinstance(right, int):
            self._number(left.bit_length() + right.bit_length())
        for sequence, count in ((left, right), (right, left)):
            if _has_length(sequence) and isinstance(count, int):
                self._grown(sequence, len(sequence) * max(0, count))

    def _power(self, left: Any, right: Any) -> None:
        if isinstance(left, int) and isinstance(right, int):
            self._number(left.bit_length() * max(0, right))

    def _format(self, pattern: str, values: Any) -> None:
        digits = "".join(character if character.isdigit() else " " for character in pattern)
        if "*" in pattern or any(len(number) > 4 for number in digits.split()):
            raise TemplateLimit("it formats with a huge width")
        parts = values if isinstance(values, tuple) else (values,)
        self.plain(*parts)
        longest = max((len(part) for part in parts if _has_length(part)), default=64)
        self.text(len(pattern) + pattern.count("%") * longest)

    def _grown(self, sequence: Any, size: int) -> None:
        if isinstance(sequence, str):
            self.text(size)
        elif size > _MAX_ITEMS:
            raise TemplateLimit(f"it makes a list of {size:,} items")

    def _number(self, bits: int) -> None:
        if bits > _MAX_NUMBER_BITS:
            raise TemplateLimit("it calculates with huge numbers")


class _Walk:
    """Counts what printing or comparing a structure would touch."""

    def __init__(self, max_text: int) -> None:
        self._parts = _MAX_PARTS
        self._text = max_text

    def visit(self, value: Any, depth: int) -> None:
        if isinstance(value, str):
            self._text -= len(value)
        elif isinstance(value, Mapping):
            for key, item in value.items():
                self.visit(key, depth + 1)
                self.visit(item, depth + 1)
        elif isinstance(value, list | tuple | set | frozenset):
            for item in value:
                self.visit(item, depth + 1)
        self._parts -= 1
        if self._parts < 0 or self._text < 0 or depth > 64:
            raise TemplateLimit("it uses a structure without end")


class _TimedOut(BaseException):
    """Raised inside the rendering thread from outside; no template can catch it."""


@contextmanager
def time_limit(seconds: float, give_up: Callable[[], None] = lambda: os._exit(TEMPLATE_STUCK_EXIT)) -> Iterator[None]:
    """Interrupt the body, which runs Python code, after so many seconds.

    One long step inside C cannot be interrupted; if the body is still there after four times as long, ``give_up``
    ends the process, and the parent starts another.

    Raises:
        TemplateLimit: time is up.
    """
    alarm = _Alarm(threading.get_ident(), seconds, give_up)
    try:
        with alarm:
            yield
    except _TimedOut:
        raise TemplateLimit(f"it runs longer than {seconds:g} s") from None
    finally:
        alarm.done.set()


class _Alarm:
    def __init__(self, thread_id: int, seconds: float, give_up: Callable[[], None]) -> None:
        self._thread_id = thread_id
        self._seconds = seconds
        self._give_up = give_up
        self.done = threading.Event()
        self._lock = threading.Lock()
        self._sent = False
        self._watcher = threading.Thread(target=self._watch, name="template alarm", daemon=True)

    def __enter__(self) -> None:
        self._watcher.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self.done.set()
            on_its_way = self._sent and kind is not _TimedOut
        if on_its_way:
            _let_it_arrive()

    def _watch(self) -> None:
        if self.done.wait(self._seconds):
            return
        with self._lock:
            if self.done.is_set():
                return
            self._sent = True
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread_id), ctypes.py_object(_TimedOut))
        if not self.done.wait(self._seconds * (_HARD_FACTOR - 1)):
            self._give_up()


def _let_it_arrive() -> None:
    """Take an interruption that was sent and has not arrived, or it would hit whoever runs next.

    Taking it back with SetAsyncExc(None) is no way: Python 3.11 then checks for it for ever, at every call, which is
    slow, and never ends while a tracer such as coverage runs.
    """
    try:
        for _ in range(100):
            time.sleep(0.001)
    except _TimedOut:
        return


def _has_length(value: Any) -> bool:
    return isinstance(value, str | list | tuple)
