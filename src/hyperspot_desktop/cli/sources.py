"""How cited passages are printed."""

from __future__ import annotations

from collections.abc import Sequence

from hyperspot_desktop.cli.output import Output
from modules.rag.contract import Citation


def print_sources(out: Output, heading: str, citations: Sequence[Citation]) -> None:
    """One after the other, each with its file, its page and the characters of its sentence; nothing for none."""
    if citations:
        out.line(f"\n{heading}")
    for one in citations:
        page = f", page {one.page}" if one.page else ""
        start, end = (one.quote_start, one.quote_end) if one.quote else (one.char_start, one.char_end)
        out.line(f"[{one.number}] {one.path}{page}, characters {start}-{end}")
        if one.quote:
            out.line(f"    {' '.join(one.quote.split())}")


def checked_text(out: Output, streamed: str, kept: str) -> None:
    """The answer once more when checking it changed what was printed while it came."""
    if kept != streamed:
        out.line(f"\nChecked against the passages:\n{kept}")
