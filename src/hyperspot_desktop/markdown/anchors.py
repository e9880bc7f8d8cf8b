"""Links as the markup that a text item may draw."""

from __future__ import annotations

from html import escape


def anchor(address: str, inner: str) -> str:
    """``inner`` is markup already; the address has been allowed, or is our own."""
    return f'<a href="{escape(address, quote=True)}">{inner}</a>'
