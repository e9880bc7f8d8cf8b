"""Where the profile lives."""

from __future__ import annotations

import os
from pathlib import Path

_VARIABLES = ("APP__SERVER__HOME_DIR", "HYPERSPOT__SERVER__HOME_DIR", "HYPERSPOT_SERVER__HOME_DIR")
"""The configuration would say the same; asking these alone spares the window the import of pydantic."""


def resolve_home(option: str | None) -> Path:
    """The ``--home`` option, else the environment, else ``~/.hyperspot``; absolute."""
    text = option or next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), None)
    return Path(text or "~/.hyperspot").expanduser().absolute()
