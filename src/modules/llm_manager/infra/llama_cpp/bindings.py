"""The C functions of llama.cpp, without the rest of the llama_cpp package."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections import deque
from types import ModuleType
from typing import Any

_LOG_WARNING = 3
_LOG_CONTINUED = 5
_keep_alive: list[Any] = []
"""Callbacks handed to C; Python must not collect them."""


def _load() -> Any:
    # The package's __init__ imports NumPy and its high-level classes: 300 ms and 40 MB in every engine child for
    # things that are not used here. An empty package object in its place leaves the C bindings importable.
    if "llama_cpp" not in sys.modules:
        spec = importlib.util.find_spec("llama_cpp")
        if spec is None:
            raise ImportError("llama-cpp-python is not installed: run dev.py setup")
        package: ModuleType = importlib.util.module_from_spec(spec)
        sys.modules["llama_cpp"] = package
    return importlib.import_module("llama_cpp.llama_cpp")


C: Any = _load()


class EngineLog:
    """The engine's last warnings and errors: the only place where it says why it refused something."""

    def __init__(self, lines: int = 40) -> None:
        self._lines: deque[str] = deque(maxlen=lines)
        self._level = 0
        self.listener: Any = None

    def write(self, level: int, text: bytes | None) -> None:
        """One piece of log; a piece of level 5 continues the one before."""
        line = (text or b"").decode("utf-8", "replace")
        if self.listener is not None:
            self.listener(line)
        continued = level == _LOG_CONTINUED
        self._level = self._level if continued else level
        if self._level < _LOG_WARNING or not line.strip():
            return
        if continued and self._lines:
            self._lines[-1] += line.rstrip()
        else:
            self._lines.append(line.rstrip())

    def clear(self) -> None:
        self._lines.clear()

    def reason(self) -> str:
        """The most telling line, without the function names in front; empty when nothing was said."""
        lines = [line for line in self._lines if "error" in line.lower() or "fail" in line.lower()] or list(self._lines)
        return lines[0].split(": ", 1)[-1].strip()[:300] if lines else ""


LOG = EngineLog()


def _start() -> None:
    @C.llama_log_callback  # type: ignore[untyped-decorator]  # the bindings ship no types
    def on_log(level: int, text: bytes | None, _: Any) -> None:
        LOG.write(level, text)

    _keep_alive.append(on_log)
    C.llama_log_set(on_log, None)
    C.llama_backend_init()


_start()
