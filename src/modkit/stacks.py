"""Errors and stacks as lines of a report or a log: types, codes and places in the program, never their messages."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType

_SOURCES = str(Path(__file__).parents[1]).replace("\\", "/") + "/"
_LIBRARY = os.path.dirname(os.__file__).replace("\\", "/") + "/"  # noqa: PTH120  # Path would be slower and no clearer
_PACKAGES = re.compile(r".*/(?:site|dist)-packages/")
_NATIVE_FRAME = re.compile(r'^(?P<indent>\s*)File "(?P<file>.*)", line (?P<line>\d+|\?\?\?) in (?P<name>.*)$')
_NATIVE_WORDS = re.compile(
    r"^(?:Fatal Python error: [\w .:-]*|Windows fatal exception: [\w .:-]*|(?:Current thread|Thread) 0x[0-9a-f]+.*"
    r"|Extension modules: [\w., ()]*|\s+\.\.\.|\s*<[\w ]+>)$"
)
_DEEPEST = 60
"""Frames of one error that are written: the first and the last of them."""
_LONGEST_CHAIN = 8


def place(file: str) -> str:
    """A source file relative to the program, its libraries or Python's; of any other it is only said that it is one."""
    text = file.replace("\\", "/")
    if text.startswith("<frozen "):
        return text
    if text.startswith("<"):
        return "generated code"
    found = _PACKAGES.match(text)
    if found is not None:
        return text[found.end() :]
    for root in (_SOURCES, _LIBRARY):
        if text.startswith(root):
            return text[len(root) :]
    # A frozen program's modules have relative paths from the start.
    if not text.startswith(("/", ".")) and text.split("/")[0].removesuffix(".py") in sys.modules:
        return text
    return "another file"


def error_lines(error: BaseException) -> list[str]:
    """An error and what led to it, the newest first: its type, our own code of it, and its stack."""
    lines: list[str] = []
    for number, (how, one) in enumerate(_chain(error)):
        if number == _LONGEST_CHAIN:
            lines.append("...")
            break
        kind = type(one)
        name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
        lines += [f"{how}{name}{_code(one)}", *_shortened(list(_of_traceback(one.__traceback__)))]
        if isinstance(one, BaseExceptionGroup):
            lines.append(f"  a group of {', '.join(sorted({type(part).__name__ for part in one.exceptions}))}")
    return lines


def stack_lines(frame: FrameType | None) -> list[str]:
    """What a thread is doing, its innermost call last."""
    lines: list[str] = []
    while frame is not None:
        lines.append(_line(frame, frame.f_lineno))
        frame = frame.f_back
    return _shortened(lines[::-1])


def native_lines(text: str) -> list[str]:
    """What ``faulthandler`` wrote, with short paths; a line that it does not write is left out."""
    lines: list[str] = []
    for line in text.splitlines():
        frame = _NATIVE_FRAME.match(line)
        if frame is not None:
            lines.append(f"{frame['indent']}{place(frame['file'])}:{frame['line']} in {frame['name']}")
        elif not line.strip() or _NATIVE_WORDS.match(line):
            lines.append(line.rstrip())
    return lines


def _chain(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    seen: set[int] = set()
    how, one = "", error
    while id(one) not in seen:
        seen.add(id(one))
        yield how, one
        if one.__cause__ is not None:
            how, one = "caused by ", one.__cause__
        elif one.__context__ is not None and not one.__suppress_context__:
            how, one = "while handling ", one.__context__


def _code(error: BaseException) -> str:
    """The stable code of an error of our own, which holds no words of the user."""
    to_dict = getattr(error, "to_dict", None)
    code = getattr(error, "code", None) if callable(to_dict) else None
    return f" [{code}]" if isinstance(code, str) and re.fullmatch(r"[a-z0-9_]{1,60}", code) else ""


def _of_traceback(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        yield _line(trace.tb_frame, trace.tb_lineno)
        trace = trace.tb_next


def _line(frame: FrameType, line: int) -> str:
    return f"  {place(frame.f_code.co_filename)}:{line} in {frame.f_code.co_qualname}"


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= _DEEPEST:
        return lines
    half = _DEEPEST // 2
    return [*lines[:half], f"  ... {len(lines) - 2 * half} more", *lines[-half:]]
