"""A cited passage where it stands: as markup with the cited sentence marked, and what is to be said about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from modules.rag.contract import Candidate, Citation, RetrievalTrace, Surroundings

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Located:
    """The text of a place in five pieces: around, the passage, and in it the sentence that is cited."""

    before: str
    passage_start: str
    quote: str
    passage_end: str
    after: str
    moved: bool = False
    """The file's text is another one than the answer was made from."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """``html`` has only our own markup; ``quote_at`` is where the quote begins in it, in the characters Qt counts."""

    html: str = ""
    plain: str = ""
    quote_at: int = 0


def locate(citation: Citation, found: Surroundings | None) -> Located:
    """Where the citation stands in the text around it.

    Without surroundings, or when the file's text is another one by now, it is what the answer was made from: that is
    stored with the answer.
    """
    quote = citation.quote or citation.text
    if found is not None:
        text = found.before + found.passage + found.after
        start = len(found.before)
        at = _find(quote, text, start, start + len(found.passage), citation.quote_start - citation.char_start)
        if at is not None:
            begin, end = min(start, at[0]), max(start + len(found.passage), at[1])
            return Located(text[:begin], text[begin : at[0]], text[at[0] : at[1]], text[at[1] : end], text[end:])
    at = _find(quote, citation.text, 0, len(citation.text), citation.quote_start - citation.char_start)
    first, last = at or (0, len(citation.text))
    own = citation.text
    return Located("", own[:first], own[first:last], own[last:], "", moved=found is not None)


def _find(quote: str, text: str, start: int, end: int, offset: int) -> tuple[int, int] | None:
    """The quote at its place, else in the passage, else anywhere; spaces may differ."""
    exact = start + offset
    if offset >= 0 and text.startswith(quote, exact):
        return exact, exact + len(quote)
    words = _SPACE.split(quote.strip())
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words)) if words != [""] else None
    match = pattern and (pattern.search(text, start, end) or pattern.search(text))
    return match.span() if match else None


def source_text(located: Located) -> SourceText:
    """What is around is quiet, the passage is plain text, the quote is marked."""
    around, passage = "c", ""
    pieces = (
        (located.before, around),
        (located.passage_start, passage),
        (located.quote, "m"),
        (located.passage_end, passage),
        (located.after, around),
    )
    drawn = [(clean(text), name) for text, name in pieces]
    html = "".join(_piece(text, name) for text, name in drawn if text)
    before = drawn[0][0] + drawn[1][0]
    return SourceText(html, "".join(text for text, _ in drawn), _qt_length(before))


def match_text(candidate: Candidate | None) -> str:
    """ "Match 0.86  ·  keyword + meaning"; "" when nothing is known about it."""
    if candidate is None:
        return ""
    ways = {str(rank.stage): rank for rank in candidate.stages}
    named = [_way(stage) for stage in ("phrase", "keyword", "vector") if stage in ways]
    number = candidate.reranked
    if number is None and "vector" in ways:
        number = ways["vector"].score
    parts = [tr("Match %1").replace("%1", f"{number:.2f}")] if number is not None else []
    if named:
        parts.append(" + ".join(named))
    return "  ·  ".join(parts)


def candidate_of(citation: Citation, trace: RetrievalTrace | None) -> Candidate | None:
    """How this citation was found: the passage itself, else the best that went into it."""
    if trace is None:
        return None
    same = [one for one in trace.candidates if one.passage_id == citation.passage_id]
    joined = [one for one in trace.candidates if one.number == citation.number]
    return next(iter(same + joined), None)


def note_of(found: Surroundings | None, located: Located) -> str:
    """What is to be said about the file, in one sentence; "" when all is well."""
    if located.moved:
        return tr("The file has changed since. This is what the answer was made from.")
    if found is not None and str(found.file.state) == "away":
        return tr("The file is away now. This is what was read of it.")
    if found is not None and str(found.file.state) == "removed":
        return tr("The file is no longer in the collection. This is what was read of it.")
    return ""


def _way(stage: str) -> str:
    names = {"phrase": tr("exact phrase"), "keyword": tr("keyword"), "vector": tr("meaning")}
    return names[stage]


def _piece(text: str, name: str) -> str:
    markup = escape(text, quote=True).replace("\n", "<br/>")
    return f'<span class="{name}">{markup}</span>' if name else markup


def _qt_length(text: str) -> int:
    """Qt counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
