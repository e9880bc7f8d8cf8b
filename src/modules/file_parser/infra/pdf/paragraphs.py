"""Joins the lines of a page to headings, list items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from modules.file_parser.contract import Block, Heading, ListItem, Paragraph, Place
from modules.file_parser.infra.inlines import plain
from modules.file_parser.infra.pdf.headings import HeadingScale
from modules.file_parser.infra.pdf.segment import Segment, union

_ITEM = re.compile(r"([•●▪■◦‣∙·–—\uf0b7*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_LARGEST_GAP = 0.6
"""Lines of one paragraph stand closer than this many letter heights."""


def page_blocks(lines: Iterable[Segment], page: int, scale: HeadingScale) -> Iterator[Block]:
    """The blocks of one page, each with its box."""
    group: list[Segment] = []
    for line in lines:
        if group and not _belongs(group, line, scale):
            yield _block(group, page, scale)
            group = []
        group.append(line)
    if group:
        yield _block(group, page, scale)


def _belongs(group: list[Segment], line: Segment, scale: HeadingScale) -> bool:
    """Whether ``line`` goes on with what ``group`` began."""
    last = group[-1]
    if scale.level(last) != scale.level(line) or abs(last.size - line.size) > last.size * 0.15:
        return False
    if _ITEM.match(line.text):
        return False
    gap = line.box.top - last.box.bottom
    # A line that stands higher than the one before is the top of the next column.
    if gap > last.size * _LARGEST_GAP or gap < -last.size * 1.5:
        return gap < 0 and not last.text.endswith((".", ":", "!", "?")) and scale.level(line) is None
    return not _indented(group, line)


def _indented(group: list[Segment], line: Segment) -> bool:
    """A first line that begins further right than the one above begins a paragraph; hanging items do the reverse."""
    if len(group) == 1 and _ITEM.match(group[0].text):
        return False
    return line.box.left - group[-1].box.left > line.size * 0.7 and len(group) > 1


def _block(group: list[Segment], page: int, scale: HeadingScale) -> Block:
    box = group[0].box
    for line in group[1:]:
        box = union(box, line.box)
    place = Place(page=page, box=box)
    text = _joined([line.text for line in group])
    level = scale.level(group[0])
    if level is not None:
        return Heading(level, plain(text), place)
    item = _ITEM.match(text)
    if item is not None:
        ordered = item.group(1)[-1] in ".)"
        return ListItem(0, ordered, (Paragraph(plain(text[item.end() :])),), place)
    return Paragraph(plain(text), place)


def _joined(texts: list[str]) -> str:
    """One line of text; words that were divided at the ends of lines are whole again."""
    parts = [texts[0]]
    for text in texts[1:]:
        last = parts[-1]
        # Only the ends are looked at: a page may be one paragraph of very many lines.
        if last.endswith("-") and last[-2:-1].isalpha() and text[:1].islower():
            parts[-1] = last[:-1]
        else:
            parts.append(" ")
        parts.append(text)
    return "".join(parts)
