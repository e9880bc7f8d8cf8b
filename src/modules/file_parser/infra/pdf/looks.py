"""The looks of a line's parts: where bold or italic begins, what is a link, which numbers refer to notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from modules.file_parser.contract import PLAIN, Inline, Style
from modules.file_parser.infra.inlines import InlineBuilder
from modules.file_parser.infra.pdf.fonts import Fonts
from modules.file_parser.infra.pdf.links import PageLink
from modules.file_parser.infra.pdf.text_layer import TextLayer

_WORD = re.compile(r"\S+\s*")
_NOTE = re.compile(r"(?<=[^\d\s])\d{1,3}\s*$")
_SMALL = 0.8
_LIFT = 0.15
DIVIDED_WORD = re.compile("[\x02\ufffe\u00ad](?=\\w)")
"""The library marks a hyphen at the end of a line so, and puts the rest of the word behind it."""
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": "-", "\0": None})


def cleaned(text: str) -> str:
    """Without what the library writes for divided words, and without NUL."""
    return DIVIDED_WORD.sub("", text).translate(_HYPHENS)


class Looks:
    """Of the lines of one page."""

    def __init__(self, layer: TextLayer, fonts: Fonts, links: Sequence[PageLink]) -> None:
        self._layer = layer
        self._fonts = fonts
        self._links = links
        self.note_marks: set[str] = set()

    def style_at(self, index: int) -> Style:
        """How one character looks."""
        return self._fonts.style(self._layer.text_object(index))

    def links_on(self, top: float, bottom: float) -> list[PageLink]:
        """The links that a line between these heights may touch."""
        middle = (top + bottom) / 2
        return [link for link in self._links if link.box.top <= middle <= link.box.bottom]

    def inlines(self, start: int, text: str, size: float, links: Sequence[PageLink]) -> tuple[Inline, ...]:
        """The parts of a line whose first character is number ``start`` of the page."""
        builder = InlineBuilder()
        before: tuple[Style, str | None] | None = None
        blank = ""
        for begin, part, is_note in self._parts(start, text, size):
            if is_note:
                number = part.strip()
                self.note_marks.add(number)
                builder.add(f"[{number}]")
                before, blank = None, part[len(part.rstrip()) :]
                continue
            index = start + begin
            look = self.style_at(index), self._target(index, links) if links else None
            # White space between two words of one look belongs to them, and to nothing otherwise.
            builder.add(blank, look[0] if look == before else PLAIN, target=look[1] if look == before else None)
            word = part.rstrip()
            builder.add(cleaned(word), look[0], target=look[1])
            before, blank = look, part[len(word) :]
        return builder.take()

    def _parts(self, start: int, text: str, size: float) -> Iterator[tuple[int, str, bool]]:
        """Words, divided where their look changes at the end, and the numbers of notes behind them."""
        for match in _WORD.finditer(text):
            begin, part = match.start(), match.group()
            note = _NOTE.search(part)
            if note is not None and self._raised(start + begin + note.start(), size):
                yield from self._word(start, begin, part[: note.start()])
                yield begin + note.start(), note.group(), True
            else:
                yield from self._word(start, begin, part)

    def _raised(self, index: int, size: float) -> bool:
        """Whether a number stands small or high behind the letter before it."""
        if self._layer.text_object(index) == self._layer.text_object(index - 1):
            return False
        lift = self._layer.baseline(index - 1) - self._layer.baseline(index)
        return lift > size * _LIFT or (lift > 0 and self._layer.size(index) < size * _SMALL)

    def _word(self, start: int, begin: int, part: str) -> Iterator[tuple[int, str, bool]]:
        word = part.rstrip()
        end = len(word)
        if end > 1 and not word[-1].isalnum():
            first = self._layer.text_object(start + begin)
            while end > 1 and not word[end - 1].isalnum() and self._layer.text_object(start + begin + end - 1) != first:
                end -= 1
        if end < len(word):
            yield begin, word[:end], False
            yield begin + end, part[end:], False
        else:
            yield begin, part, False

    def _target(self, index: int, links: Sequence[PageLink]) -> str | None:
        left, right = self._layer.extent(index)
        middle = (left + right) / 2
        return next((link.target for link in links if link.box.left <= middle <= link.box.right), None)
