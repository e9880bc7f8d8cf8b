"""Text that came from anywhere, made drawable."""

from __future__ import annotations

import re

# C0 and C1 controls, lone surrogates, and the object replacement character, which Qt draws as an embedded object.
_UNDRAWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffc]")


def clean(text: str) -> str:
    """Text without characters that cannot be drawn; each becomes the replacement character."""
    return _UNDRAWABLE.sub("\ufffd", text)
