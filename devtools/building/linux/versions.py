"""Writes a version of Python as dpkg and rpm put it in order."""

from __future__ import annotations

import re

_SUFFIX = re.compile(r"\.?(dev|a|b|rc|post)(?=\d)")
# ``~`` sorts before the end, and twice before once, as "dev" has to come before "a" and "b". ``+`` sorts behind the
# end and before the dot of a further number.
_SIGNS = {"dev": "~~", "a": "~", "b": "~", "rc": "~", "post": "+"}


def package_version(version: str) -> str:
    """1.2rc1 as 1.2~rc1, which is older than 1.2 for both."""
    return _SUFFIX.sub(lambda found: _SIGNS[found[1]] + found[1], version)
