"""What an answer cites, as the cards below it and the card that a number shows."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from hyperspot_desktop.links import citation_link
from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.text import number, tr

if TYPE_CHECKING:
    from modules.chat.contract import ChatMessage
    from modules.rag.contract import Citation

LONGEST_QUOTE = 280
_SLIDES = frozenset({"pptx", "ppt", "odp"})
_TABLES = frozenset({"xlsx", "xlsm", "xls", "ods", "csv", "tsv"})
_PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "tif", "tiff", "gif", "bmp"})
_PLAIN_FILE = frozenset({"zip", ""})


def file_icon(file_name: str) -> str:
    suffix = _suffix(file_name)
    if suffix in _SLIDES:
        return "presentation"
    if suffix in _TABLES:
        return "table"
    if suffix in _PICTURES:
        return "file-image"
    return "file" if suffix in _PLAIN_FILE else "file-text"


def short_place(file_name: str, page: int | None, heading_path: tuple[str, ...]) -> str:
    """ "p. 12", "slide 3", or "§ Termination" where there are no pages; "" when the file is all that is known."""
    if page is not None:
        return _page_words(file_name, tr("p. %1"), tr("slide %1"), tr("sheet %1")).replace("%1", number(page))
    heading = clean(heading_path[-1]) if heading_path else ""
    # A heading may bring its own sign along.
    return heading if heading.startswith("§") or not heading else f"§ {heading}"


def long_place(file_name: str, page: int | None, heading_path: tuple[str, ...], *, headings: int = 2) -> str:
    """ "Page 12  ·  11. Term › 11.2 Termination": as many headings as wanted, the nearest ones."""
    words = _page_words(file_name, tr("Page %1"), tr("Slide %1"), tr("Sheet %1"))
    parts = [words.replace("%1", number(page))] if page is not None else []
    if heading_path:
        parts.append(" › ".join(clean(heading) for heading in heading_path[-headings:]))
    return "  ·  ".join(parts)


def card_of(message_id: object, citation: Citation) -> dict[str, Any]:
    """One citation, as QML reads it."""
    quote = " ".join(clean(citation.quote or citation.text).split())
    return {
        "number": citation.number,
        "address": citation_link(message_id, citation.number),
        "fileName": clean(citation.file_name),
        "path": citation.path,
        "icon": file_icon(citation.file_name),
        "place": short_place(citation.file_name, citation.page, citation.heading_path),
        "quote": quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1].rstrip() + "…",
    }


def cards_of(message: ChatMessage) -> tuple[dict[str, Any], ...]:
    return tuple(card_of(message.id, citation) for citation in message.citations)


def _page_words(file_name: str, page: str, slide: str, sheet: str) -> str:
    suffix = _suffix(file_name)
    return slide if suffix in _SLIDES else sheet if suffix in _TABLES else page


def _suffix(file_name: str) -> str:
    return PurePath(file_name).suffix.removeprefix(".").casefold()
