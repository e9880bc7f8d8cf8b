"""Collects styled text into as few inlines as possible."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from modules.file_parser.contract import PLAIN, Inline, InlineCode, Link, Paragraph, Style, Text

_SPACES = re.compile(r"\s+")
_UNEVEN_SPACES = re.compile(r"[^\S ]|  ")


@dataclass(slots=True)
class _Run:
    """An inline that may still grow; the inlines themselves never change."""

    kind: Literal["text", "link", "code"]
    text: str
    style: Style
    target: str | None

    def goes_on(self, kind: str, style: Style, target: str | None) -> bool:
        return self.kind == kind and (self.style is style or self.style == style) and self.target == target

    def inline(self) -> Inline:
        if self.kind == "link":
            return Link(self.text, self.target or "", self.style)
        return InlineCode(self.text, self.style) if self.kind == "code" else Text(self.text, self.style)


class InlineBuilder:
    """Adjacent text of the same look becomes one inline. ``collapse`` folds white space as HTML does."""

    def __init__(self, *, collapse: bool = False) -> None:
        self._collapse = collapse
        self._runs: list[_Run] = []

    def add(self, text: str, style: Style = PLAIN, *, target: str | None = None, code: bool = False) -> None:
        """Append ``text``, as a link when ``target`` is given, as inline code when ``code`` is."""
        if self._collapse:
            if _UNEVEN_SPACES.search(text):
                text = _SPACES.sub(" ", text)
            if text.startswith(" ") and (not self._runs or self._runs[-1].text.endswith((" ", "\n"))):
                text = text[1:]
        if text:
            self._append("link" if target else "code" if code else "text", text, style, target or None)

    def line_break(self) -> None:
        """A new line inside the same paragraph."""
        if self._runs and self._collapse:
            last = self._runs[-1]
            last.text = last.text.rstrip(" ")
        self._append("text", "\n", PLAIN, None)

    def take(self) -> tuple[Inline, ...]:
        """What was collected, without white space around it; empty when there was nothing else."""
        runs, self._runs = self._runs, []
        while runs and not (start := runs[0].text.lstrip()):
            runs.pop(0)
        if runs:
            runs[0].text = start
        while runs and not (end := runs[-1].text.rstrip()):
            runs.pop()
        if runs:
            runs[-1].text = end
        return tuple([run.inline() for run in runs])

    def _append(self, kind: Literal["text", "link", "code"], text: str, style: Style, target: str | None) -> None:
        last = self._runs[-1] if self._runs else None
        if last is not None and last.goes_on(kind, style, target):
            last.text += text
        else:
            self._runs.append(_Run(kind, text, style, target))


def plain(text: str) -> tuple[Inline, ...]:
    """One plain inline."""
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(plain(text))
