"""Markdown that grows: what is finished is parsed once, only the end of the text is read again."""

from __future__ import annotations

from typing import Any

from hyperspot_desktop.markdown.blocks import Block
from hyperspot_desktop.markdown.cited import NOTHING, Cited
from hyperspot_desktop.markdown.inline import markup
from hyperspot_desktop.markdown.parser import blocks_of, parse, too_deep, with_dollar_math
from hyperspot_desktop.text_cleaning import clean

LONGEST_PARSED = 400_000
"""Characters; a longer text is shown plain, in pieces."""
PLAIN_PIECE = 4_000


def _plain(text: str) -> list[Block]:
    pieces = (text[start : start + PLAIN_PIECE] for start in range(0, len(text), PLAIN_PIECE))
    return [Block("paragraph", html=markup(piece).replace("\n", "<br/>"), plain=clean(piece)) for piece in pieces]


def render(text: str, cited: Cited = NOTHING) -> list[Block]:
    """All blocks of a finished text; ``cited`` says where ``[1]`` leads."""
    if len(text) > LONGEST_PARSED:
        return _plain(text)
    tokens = parse(with_dollar_math(text), {}, cited)
    return _plain(text) if too_deep(tokens) else blocks_of(tokens, cited)


class StreamRenderer:
    """Blocks of a text that is still being written.

    Every top-level block but the last can no longer change (a definition further down may still turn a reference
    into a link: ``finish`` reads everything once more for that), so each update costs as much as the last block.
    """

    def __init__(self, text: str = "", cited: Cited = NOTHING) -> None:
        self._cited = cited
        self._text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._stable: list[Block] = []
        self._stable_end = 0
        self._env: dict[str, Any] = {}

    @property
    def text(self) -> str:
        return self._text

    @property
    def tail_length(self) -> int:
        """Characters that the next update reads again."""
        return len(self._text) - self._stable_end

    @property
    def stable_count(self) -> int:
        """How many of the first blocks will not change any more."""
        return len(self._stable)

    def append(self, text: str) -> list[Block]:
        """Add to the text; all blocks as they are now."""
        self._text += text.replace("\r\n", "\n").replace("\r", "\n")
        if len(self._text) > LONGEST_PARSED:
            return _plain(self._text)
        tail = self._text[self._stable_end :]
        tokens = parse(tail, self._env, self._cited)
        if too_deep(tokens):
            return self._stable + _plain(tail)
        starts = [index for index, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0 and token.map]
        if len(starts) > 1:
            cut = starts[-1]
            line = (tokens[cut].map or [0])[0]
            self._stable += blocks_of(tokens[:cut], self._cited)
            self._stable_end += sum(len(part) + 1 for part in tail.split("\n", line)[:line])
            tokens = tokens[cut:]
        return self._stable + blocks_of(tokens, self._cited)

    def finish(self) -> list[Block]:
        """The blocks of the whole text, read once more from the start."""
        return render(self._text, self._cited)
