"""Found passages as rows: what is shown of them is escaped here, and only marked by us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.file_rows import icon_of, since_text
from hyperspot_desktop.viewmodels.text import number, tr

if TYPE_CHECKING:
    from modules.local_search_index.contract import Hit
    from modules.rag.contract import Surroundings

MATCH_START, MATCH_END = "\x02", "\x03"
"""As the index marks matches; its contract is not imported before the first frame."""
LONGEST_SNIPPET = 400
_TAGS = {MATCH_START: "<b>", MATCH_END: "</b>"}
_MARKS = re.compile(f"([{MATCH_START}{MATCH_END}])")


@dataclass(frozen=True, slots=True)
class HitRow:
    """One passage. ``html`` marks matches with ``b``; ``reasons`` say why it was found."""

    passage_id: str
    file_id: str
    file_name: str
    icon_name: str
    path: str
    place: str
    collection: str
    changed_text: str
    html: str
    plain: str
    reasons: tuple[str, ...]
    page: int
    char_start: int
    char_end: int
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A passage in its surroundings; ``before`` counts the characters in front of it."""

    html: str = ""
    plain: str = ""
    before: int = 0
    has_pages: bool = False
    page: int = 0


def place_text(page: int | None, heading_path: tuple[str, ...]) -> str:
    """ "Page 12  ·  11. Term › 11.2 Termination"."""
    parts = [tr("Page %1").replace("%1", number(page))] if page is not None else []
    if heading_path:
        parts.append(" › ".join(heading_path[-2:]))
    return "  ·  ".join(parts)


def reasons_of(words: tuple[str, ...], phrase: bool, meaning: float | None) -> tuple[str, ...]:
    reasons = [tr("exact phrase")] if phrase else []
    if words:
        reasons.append(tr("words: %1").replace("%1", ", ".join(words[:4])))
    if meaning is not None:
        reasons.append(tr("meaning %1").replace("%1", f"{meaning:.2f}"))
    return tuple(reasons)


def marked(snippet: str) -> str:
    """Escaped text with matches in ``b``."""
    return "".join(
        _TAGS.get(part) or escape(clean(part), quote=False) for part in _MARKS.split(" ".join(snippet.split()))
    )


def unmarked(snippet: str) -> str:
    return clean(" ".join(_MARKS.sub("", snippet).split()))


def hit_row(hit: Hit, collections: Mapping[str, str], now: datetime) -> HitRow:
    """``collections`` are names by id."""
    passage = hit.passage
    document, place = passage.document, passage.place
    snippet = hit.snippet or passage.text[:LONGEST_SNIPPET]
    return HitRow(
        passage_id=str(passage.id),
        file_id=str(document.id),
        file_name=clean(document.file_name),
        icon_name=icon_of(Path(document.file_name).suffix.removeprefix(".")),
        path=document.path,
        place=place_text(place.page, tuple(clean(heading) for heading in passage.heading_path)),
        collection=collections.get(str(document.collection_id), ""),
        changed_text=since_text(document.modified_at, now) if document.modified_at else "",
        html=marked(snippet),
        plain=unmarked(snippet),
        reasons=reasons_of(hit.why.words, hit.why.phrase, hit.why.meaning),
        page=place.page or 0,
        char_start=place.char_start,
        char_end=place.char_end,
        text=passage.text,
    )


def preview_of(found: Surroundings) -> Preview:
    """The passage in class ``m``, what is around it in class ``c``; everything escaped."""
    before, passage, after = (clean(part) for part in (found.before, found.passage, found.after))
    html = "".join(
        f'<span class="{kind}">{_lines(part)}</span>' for kind, part in (("c", before), ("m", passage), ("c", after))
    )
    # Qt counts UTF-16 units.
    units = len(before.encode("utf-16-le")) // 2
    return Preview(html, before + passage + after, units, found.has_pages and bool(found.page), found.page or 0)


def _lines(text: str) -> str:
    # A line feed would begin a new block, and Qt would give it the background of the span it stands in.
    return escape(text, quote=False).replace("\n", "<br/>")
