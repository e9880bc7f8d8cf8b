"""The desktop's own defaults: every module keeps its tables in one encrypted file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

DESKTOP_SERVER = "desktop"
DESKTOP_FILE = "../hyperspot.db"
INDEX_FILE = "../index.db"

# What can be rebuilt lives apart from what cannot, so that bulk work never blocks saving a message.
_REBUILDABLE = frozenset({"local-search-index"})
_WITHOUT_TABLES = frozenset({"backups", "file-parser", "portability"})


def desktop_defaults(module_names: Iterable[str]) -> dict[str, Any]:
    """For ``load_config(defaults=...)``: modules with tables keep them in ``<home>/hyperspot.db`` (or ``index.db``)."""
    return {
        "database": {
            "servers": {
                DESKTOP_SERVER: {
                    "engine": "sqlite",
                    "params": {"journal_mode": "WAL", "synchronous": "FULL", "busy_timeout": "5000"},
                }
            }
        },
        "modules": {name: _module(name) for name in sorted(module_names)},
    }


def _module(name: str) -> dict[str, Any]:
    if name in _WITHOUT_TABLES:
        return {}
    return {"database": {"server": DESKTOP_SERVER, "path": INDEX_FILE if name in _REBUILDABLE else DESKTOP_FILE}}
