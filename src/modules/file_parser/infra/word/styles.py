"""Which paragraph styles are headings, quotes, code or lists, whatever language their names are in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from modules.file_parser.infra.xml import Element, attribute, child, children

_HEADING = re.compile(
    r"(?:heading|berschrift|titre|título|titolo|kop|rubrik|заголовок|見出し|标题)\s*([1-9])$", re.IGNORECASE
)
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says about its paragraphs; ``level`` from 1, ``numbering`` is (list id, list level)."""

    level: int | None = None
    quote: bool = False
    code: bool = False
    numbering: tuple[str, int] | None = None


class Styles:
    """The document's styles by id, with what they inherit."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {}
        if root is not None:
            self._elements = {attribute(style, "styleId"): style for style in children(root, "style")}
        self._known: dict[str, ParagraphStyle] = {}

    def of(self, style_id: str | None) -> ParagraphStyle:
        if style_id is None:
            return ParagraphStyle()
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def _resolve(self, style_id: str) -> ParagraphStyle:
        level: int | None = None
        numbering: tuple[str, int] | None = None
        names: list[str] = []
        current: str | None = style_id
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get(current)
            name = attribute(child(element, "name"), "val") or current or ""
            names.append(name.lower())
            properties = child(element, "pPr")
            level = level or _level(name, attribute(child(properties, "outlineLvl"), "val"))
            numbering = numbering or numbering_of(properties)
            current = attribute(child(element, "basedOn"), "val")
            if current is None:
                break
        return ParagraphStyle(
            level,
            quote=any("quote" in name for name in names),
            code=any(name in ("code", "source code", "html preformatted", "plain text") for name in names),
            numbering=numbering,
        )


def _level(name: str, outline: str | None) -> int | None:
    if outline is not None and outline.isdecimal() and int(outline) < 9:
        return min(int(outline) + 1, 6)
    if name.lower() == "title":
        return 1
    match = _HEADING.search(name)
    return min(int(match.group(1)), 6) if match else None


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """The list id and level that a paragraph, or a style, names; id 0 takes a paragraph out of its list."""
    number = attribute(child(properties, "numPr", "numId"), "val")
    level = attribute(child(properties, "numPr", "ilvl"), "val") or "0"
    return (number, int(level) if level.isdecimal() else 0) if number is not None else None
