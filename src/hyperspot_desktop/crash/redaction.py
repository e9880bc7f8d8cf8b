"""A report before anybody sees it: no paths of the user, no name, no secrets."""

from __future__ import annotations

import getpass
import platform
import re
from pathlib import Path

_SHORTEST_NAME = 3
"""Shorter names would be found inside words that tell nothing."""


def redact_report(text: str, home: Path) -> str:
    """``text`` with ``<profile>``, ``~``, ``<user>`` and ``<computer>`` in place of what names the user."""
    # Loads pydantic: not before the first frame.
    from modkit.redaction import redact_text

    for folder, shown in ((home, "<profile>"), (Path.home(), "~")):
        for spelt in dict.fromkeys((str(folder), folder.as_posix())):
            if len(spelt) > 1:
                text = re.sub(rf"{re.escape(spelt)}(?![\w-])", shown, text, flags=re.IGNORECASE)
    for name, shown in ((_user(), "<user>"), (Path.home().name, "<user>"), (platform.node(), "<computer>")):
        if len(name) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", shown, text)
    return redact_text(text)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what it raises where there is no such user differs between versions
        return ""
