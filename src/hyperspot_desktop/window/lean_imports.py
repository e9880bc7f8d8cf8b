"""Keeps PySide from reading the source of every module that is imported.

PySide wraps ``__import__`` to learn whether a module could use its ``__feature__`` switches (snake_case, properties):
it reads the module's whole source and looks for "PySide6" in it, and ``linecache`` keeps what was read. For a program
of 900 modules that is 13 MB of text, 35 MB of memory and a fifth of the time to the first frame. Nothing here uses the
switches, so the question has a known answer.
"""

from __future__ import annotations

import contextlib
import importlib
import linecache
from types import ModuleType

_QUESTION = "_mod_uses_pyside"


def install() -> None:
    """Call it before anything else is imported; does nothing where a PySide works in another way."""
    importlib.import_module("PySide6.QtCore")
    with contextlib.suppress(ImportError):
        feature = importlib.import_module("shibokensupport.feature")
        if hasattr(feature, _QUESTION):
            setattr(feature, _QUESTION, _uses_no_switches)
    linecache.clearcache()


def _uses_no_switches(_: ModuleType) -> bool:
    return False
