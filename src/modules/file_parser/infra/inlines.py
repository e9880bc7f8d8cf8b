"""Collects styled text into as few inlines as possible."""

from __future__ import annotations

import re
from dataclasses import replace

from modules.file_parser.contract import PLAIN, Inline, InlineCode, Link, Paragraph, Style, Text

_SPACES = re.compile(r"\s+")


class InlineBuilder:
    """Adjacent text of the same look becomes one inline. ``collapse`` folds white space as HTML does."""

    def __init__(self, *, collapse: bool = False) -> None:
        self._collapse = collapse
        self._inlines: list[Inline] = []

    def add(self, text: str, style: Style = PLAIN, *, target: str | None = None, code: bool = False) -> None:
        """Append ``text``, as a link when ``target`` is given, as inline code when ``code`` is."""
        if self._collapse:
            text = _SPACES.sub(" ", text)
            if text.startswith(" ") and (not self._inlines or self._inlines[-1].text.endswith((" ", "\n"))):
                text = text[1:]
        if text:
            self._append(
                Link(text, target, style) if target else InlineCode(text, style) if code else Text(text, style)
            )

    def line_break(self) -> None:
        """A new line inside the same paragraph."""
        if self._inlines:
            last = self._inlines[-1]
            self._inlines[-1] = replace(last, text=last.text.rstrip(" ") if self._collapse else last.text)
        self._append(Text("\n"))

    def take(self) -> tuple[Inline, ...]:
        """What was collected, without white space around it; empty when there was nothing else."""
        inlines, self._inlines = self._inlines, []
        while inlines and not (start := inlines[0].text.lstrip()):
            inlines.pop(0)
        if inlines:
            inlines[0] = replace(inlines[0], text=start)
        while inlines and not (end := inlines[-1].text.rstrip()):
            inlines.pop()
        if inlines:
            inlines[-1] = replace(inlines[-1], text=end)
        return tuple(inlines)

    def _append(self, inline: Inline) -> None:
        last = self._inlines[-1] if self._inlines else None
        if last is not None and type(last) is type(inline) and replace(last, text="") == replace(inline, text=""):
            self._inlines[-1] = replace(last, text=last.text + inline.text)
        else:
            self._inlines.append(inline)


def plain(text: str) -> tuple[Inline, ...]:
    """One plain inline."""
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(plain(text))
