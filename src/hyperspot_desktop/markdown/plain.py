"""An answer as plain text: what its Markdown says, without the marks."""

from __future__ import annotations

from hyperspot_desktop.markdown.blocks import Block
from hyperspot_desktop.markdown.stream import render

_STEP = "   "
"""Before the text of a list in a list."""
_RULE = "———"


def plain_text(text: str) -> str:
    """The same words in the same order; items of a list stand below each other, all else is set apart."""
    out = ""
    previous: Block | None = None
    for block in render(text):
        out += _between(previous, block) + _drawn(block)
        previous = block
    return out


def _between(previous: Block | None, block: Block) -> str:
    if previous is None:
        return ""
    same_list = bool(previous.indent and block.marker)
    same_frame = previous.kind == block.kind and not block.first
    return "\n" if same_list or same_frame else "\n\n"


def _drawn(block: Block) -> str:
    words = _RULE if block.kind == "rule" else block.plain.replace("\t", "  ·  ") if block.rows else block.plain
    if block.marker:
        words = f"{block.marker} {words}"
    lead = _STEP * max(0, block.indent - 1) + "│ " * block.quote
    return "\n".join(lead + line for line in words.split("\n"))
