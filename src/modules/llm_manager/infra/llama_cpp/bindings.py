"""The C functions of llama.cpp, without the rest of the llama_cpp package."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import sys
from collections import deque
from pathlib import Path
from types import ModuleType
from typing import Any

_LOG_WARNING = 3
_LOG_CONTINUED = 5
_keep_alive: list[Any] = []
"""Callbacks handed to C; Python must not collect them."""


_LIBRARY_FOLDER = "LLAMA_CPP_LIB_PATH"
"""Where the bindings look for the libraries, when it is not beside them; the owner of this child may say so."""


def _libraries(package: ModuleType) -> Path:
    """The folder of the engine: of its own in a frozen program, so that it can be replaced alone."""
    bundle = getattr(sys, "_MEIPASS", None)
    built_in = Path(package.__file__ or "").parent / "lib"
    if isinstance(bundle, str):
        built_in = Path(bundle) / "engines" / "llama.cpp"
    return Path(os.environ.get(_LIBRARY_FOLDER) or built_in)


def _load_kernels(folder: Path) -> ctypes.CDLL:
    """Load the kernels that suit this processor best; does nothing where the engine was built for one alone.

    Returns the library that has them.
    """
    name = {"win32": "ggml.dll", "darwin": "libggml.dylib"}.get(sys.platform, "libggml.so")
    library = ctypes.CDLL(str(folder / name))
    library.ggml_backend_load_all_from_path.argtypes = [ctypes.c_char_p]
    library.ggml_backend_load_all_from_path.restype = None
    library.ggml_backend_load_all_from_path(os.fsencode(folder))
    return library


def _load() -> Any:
    # The package's __init__ imports NumPy and its high-level classes: 300 ms and 40 MB in every engine child for
    # things that are not used here. An empty package object in its place leaves the C bindings importable.
    if "llama_cpp" not in sys.modules:
        spec = importlib.util.find_spec("llama_cpp")
        if spec is None:
            raise ImportError("llama-cpp-python is not installed: run dev.py setup")
        package: ModuleType = importlib.util.module_from_spec(spec)
        sys.modules["llama_cpp"] = package
    folder = _libraries(sys.modules["llama_cpp"])
    os.environ[_LIBRARY_FOLDER] = str(folder)
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


def _start() -> ctypes.CDLL:
    @C.llama_log_callback  # type: ignore[untyped-decorator]  # the bindings ship no types
    def on_log(level: int, text: bytes | None, _: Any) -> None:
        LOG.write(level, text)

    _keep_alive.append(on_log)
    C.llama_log_set(on_log, None)
    library = _load_kernels(Path(os.environ[_LIBRARY_FOLDER]))
    C.llama_backend_init()
    return library


ggml = _start()
