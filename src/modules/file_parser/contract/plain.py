"""Documents as plain data: the shape that JSON and HTTP show, our additions only where they say something."""

from __future__ import annotations

from typing import Any

from modules.file_parser.contract.blocks import (
    Block,
    CodeBlock,
    Heading,
    HorizontalRule,
    Image,
    Inline,
    InlineCode,
    Link,
    ListItem,
    PageBreak,
    Paragraph,
    Place,
    Quote,
    Row,
    Style,
    Table,
)
from modules.file_parser.contract.document import DocumentMeta, LocalPath, ParsedDocument

_STYLES = ("bold", "italic", "underline", "strike", "code")
_PLACES = ("page", "slide", "sheet", "line", "member", "start", "end")


def document_to_plain(document: ParsedDocument) -> dict[str, Any]:
    """``Document`` of the HTTP interface, with ``place``, ``notes`` and the like where they are known."""
    return {
        "id": str(document.id),
        **_known(title=document.title, language=document.language),
        "meta": _meta(document.meta),
        "blocks": [block_to_plain(block) for block in document.blocks],
        **_known(
            parser=document.parser,
            page_count=document.page_count,
            pages_without_text=list(document.pages_without_text),
            notes=list(document.notes),
        ),
    }


def block_to_plain(block: Block) -> dict[str, Any]:
    """One block with its ``type``."""
    plain = _content(block)
    if block.place is not None:
        plain["place"] = place_to_plain(block.place)
    return plain


def place_to_plain(place: Place) -> dict[str, Any]:
    plain = {name: value for name in _PLACES if (value := getattr(place, name)) is not None}
    if place.box is not None:
        plain["box"] = [place.box.left, place.box.top, place.box.right, place.box.bottom]
    return plain


def inline_to_plain(inline: Inline) -> dict[str, Any]:
    style = _style(inline.style)
    match inline:
        case Link():
            return {"type": "link", "text": inline.text, "target": inline.target, "style": style}
        case InlineCode():
            return {"type": "code", "text": inline.text, "style": style}
        case _:
            return {"type": "text", "text": inline.text, "style": style}


def _content(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "inlines": _inlines(block.inlines)}
        case Paragraph():
            return {"type": "paragraph", "inlines": _inlines(block.inlines)}
        case ListItem():
            children = [block_to_plain(child) for child in block.blocks]
            return {"type": "list_item", "level": block.level, "ordered": block.ordered, "blocks": children}
        case CodeBlock():
            return {"type": "code_block", "language": block.language, "code": block.code}
        case Table():
            return {"type": "table", "table": {"rows": [_row(row) for row in block.rows]}}
        case Quote():
            return {"type": "quote", "blocks": [block_to_plain(child) for child in block.blocks]}
        case HorizontalRule():
            return {"type": "horizontal_rule"}
        case Image():
            return {"type": "image", "alt": block.alt, "title": block.title, "src": block.src}
        case PageBreak():
            return {"type": "page_break"}


def _inlines(inlines: tuple[Inline, ...]) -> list[dict[str, Any]]:
    return [inline_to_plain(inline) for inline in inlines]


def _row(row: Row) -> dict[str, Any]:
    cells = [{"blocks": [block_to_plain(block) for block in cell.blocks]} for cell in row.cells]
    return {"is_header": row.is_header, "cells": cells}


def _style(style: Style) -> dict[str, bool]:
    return {name: True for name in _STYLES if getattr(style, name)}


def _meta(meta: DocumentMeta) -> dict[str, Any]:
    match meta.source:
        case LocalPath(path):
            source = {"type": "local_path", "path": str(path)}
        case uploaded:
            source = {"type": "uploaded", "original_name": uploaded.original_name}
    return {
        "source": source,
        **_known(
            original_filename=meta.original_filename,
            content_type=meta.content_type,
            author=meta.author,
            created_at=meta.created_at and meta.created_at.isoformat(),
            modified_at=meta.modified_at and meta.modified_at.isoformat(),
            properties=dict(meta.properties),
        ),
    }


def _known(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
