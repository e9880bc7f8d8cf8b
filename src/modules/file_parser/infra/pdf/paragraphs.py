"""Joins the lines of a page to headings, list items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from modules.file_parser.contract import Block, Box, CodeBlock, Heading, ListItem, Paragraph, Place, Table
from modules.file_parser.infra.pdf.headings import HeadingScale
from modules.file_parser.infra.pdf.joining import joined_inlines, unstyled, without_start
from modules.file_parser.infra.pdf.segment import Segment, union

_ITEM = re.compile(r"([•●▪■◦‣∙·–—\uf0b7*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_LARGEST_GAP = 0.6
"""Lines of one paragraph stand closer than this many letter heights."""


def page_blocks(lines: Iterable[Segment], page: int, scale: HeadingScale) -> Iterator[Block]:
    """The blocks of one page, each with its box."""
    group: list[Segment] = []
    for line in lines:
        if group and (line.rows or not _belongs(group, line, scale)):
            yield _block(group, page, scale)
            group = []
        if line.rows:
            yield Table(line.rows, _place(page, [line]))
        else:
            group.append(line)
    if group:
        yield _block(group, page, scale)


def _belongs(group: list[Segment], line: Segment, scale: HeadingScale) -> bool:
    """Whether ``line`` goes on with what ``group`` began."""
    last = group[-1]
    if last.style.code != line.style.code:
        return False
    if scale.level(last) != scale.level(line) or abs(last.size - line.size) > last.size * 0.15:
        return False
    if _ITEM.match(line.text):
        return False
    gap = line.box.top - last.box.bottom
    # A line that stands higher than the one before is the top of the next column.
    if gap > last.size * _LARGEST_GAP or gap < -last.size * 1.5:
        return gap < 0 and not last.text.endswith((".", ":", "!", "?")) and scale.level(line) is None
    return line.style.code or not _indented(group, line)


def _indented(group: list[Segment], line: Segment) -> bool:
    """A first line that begins further right than the one above begins a paragraph; hanging items do the reverse."""
    if len(group) == 1 and _ITEM.match(group[0].text):
        return False
    return line.box.left - group[-1].box.left > line.size * 0.7 and len(group) > 1


def _block(group: list[Segment], page: int, scale: HeadingScale) -> Block:
    place = _place(page, group)
    level = scale.level(group[0])
    if level is not None:
        return Heading(level, unstyled(joined_inlines(group)), place)
    if all(line.style.code and not line.inlines for line in group):
        return CodeBlock(_code(group), place=place)
    inlines = joined_inlines(group)
    item = _ITEM.match(group[0].text)
    if item is not None:
        ordered = item.group(1)[-1] in ".)"
        return ListItem(0, ordered, (Paragraph(without_start(inlines, item.end())),), place)
    return Paragraph(inlines, place)


def _code(lines: list[Segment]) -> str:
    """Lines as they stand, indented as they are: all letters have the same width."""
    edge = min(line.box.left for line in lines)
    width = max((line.box.right - line.box.left) / max(len(line.text), 1) for line in lines) or 1
    return "\n".join(" " * round((line.box.left - edge) / width) + line.text for line in lines)


def _place(page: int, group: list[Segment]) -> Place:
    box = group[0].box
    for line in group[1:]:
        box = union(box, line.box)
    return Place(page=page, box=Box(*(round(edge, 2) for edge in (box.left, box.top, box.right, box.bottom))))
