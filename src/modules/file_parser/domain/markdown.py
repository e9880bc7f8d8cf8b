"""Documents as Markdown, byte for byte as the HTTP interface promises it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modules.file_parser.contract import (
    Block,
    Cell,
    CodeBlock,
    Heading,
    Image,
    Inline,
    InlineCode,
    Link,
    ListItem,
    PageBreak,
    Paragraph,
    ParsedDocument,
    Quote,
    Row,
    Style,
    Table,
)


def render(document: ParsedDocument) -> str:
    """The whole document."""
    return "".join(render_parts(document))


def render_parts(document: ParsedDocument) -> Iterator[str]:
    """First the header, then one part per block, so that a large document can be streamed."""
    yield _header(document)
    for block in document.blocks:
        yield render_block(block)


def render_block(block: Block) -> str:
    """One block with the line feeds that end it."""
    match block:
        case Heading():
            return f"{'#' * min(max(block.level, 1), 6)} {_inlines(block.inlines)}\n\n"
        case Paragraph():
            return f"{_inlines(block.inlines)}\n\n"
        case ListItem():
            return _list_item(block)
        case CodeBlock():
            end = "" if block.code.endswith("\n") else "\n"
            return f"```{block.language or ''}\n{block.code}{end}```\n\n"
        case Table():
            return f"{_table(block.rows)}\n\n"
        case Quote():
            lines = "".join(map(render_block, block.blocks)).removesuffix("\n").split("\n")
            return "".join(f"> {line}\n" for line in lines) + "\n"
        case Image():
            title = f' "{block.title}"' if block.title is not None else ""
            return f"![{block.alt or ''}]({block.src or ''}{title})\n\n"
        case PageBreak():
            return "\n\n---\n\n"
        case _:
            return "---\n\n"


def _header(document: ParsedDocument) -> str:
    title = f"# {document.title}\n\n" if document.title is not None else ""
    facts = (
        ("language", document.language),
        ("filename", document.meta.original_filename),
        ("content-type", document.meta.content_type),
    )
    known = "".join(f"{name}: {value}\n" for name, value in facts if value is not None)
    return title + (f"---\n{known}---\n\n" if known else "")


def _inlines(inlines: Iterable[Inline]) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    styled = _styled(inline.text, inline.style)
    match inline:
        case Link():
            return f"[{styled}]({inline.target})"
        case InlineCode():
            return f"`{styled}`"
        case _:
            return styled


def _styled(text: str, style: Style) -> str:
    """Wrapped from the inside out."""
    wrappers = (
        (style.strike, "~~"),
        (style.underline, "__"),
        (style.italic, "*"),
        (style.bold, "**"),
        (style.code, "`"),
    )
    for wanted, mark in wrappers:
        if wanted:
            text = f"{mark}{text}{mark}"
    return text


def _list_item(item: ListItem) -> str:
    indent = "  " * item.level
    marker = "1. " if item.ordered else "- "
    children = (render_block(child).rstrip() for child in item.blocks)
    return indent + marker + f"\n{indent}   ".join(children) + "\n"


def _table(rows: tuple[Row, ...]) -> str:
    """The first row is the header line; one that is no header row is repeated as the first row of data."""
    if not rows:
        return ""
    columns = len(rows[0].cells)
    data = rows[1:] if rows[0].is_header else rows
    separator = "|" + " --- |" * columns + "\n"
    return _row(rows[0], columns) + separator + "".join(_row(row, columns) for row in data)


def _row(row: Row, columns: int) -> str:
    texts = [_cell(cell) for cell in row.cells[:columns]]
    texts += [""] * (columns - len(texts))
    return "|" + "".join(f" {text} |" for text in texts) + "\n"


def _cell(cell: Cell) -> str:
    text = "<br/>".join(render_block(block).strip() for block in cell.blocks)
    return text.replace("\\", "\\\\").replace("|", "\\|")
