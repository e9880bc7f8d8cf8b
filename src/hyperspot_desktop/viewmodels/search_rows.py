"""Found passages as rows: what is shown of them is escaped here, and only marked by us."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.file_rows import since_text
from hyperspot_desktop.viewmodels.source_cards import file_icon, long_place
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from modules.local_search_index.contract import Hit

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
        icon_name=file_icon(document.file_name),
        path=document.path,
        place=long_place(document.file_name, place.page, passage.heading_path),
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
