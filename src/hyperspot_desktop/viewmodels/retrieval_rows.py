"""How passages were found, as the lines of a table: rank and score in every stage, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.source_cards import file_icon, short_place
from hyperspot_desktop.viewmodels.text import number, tr

if TYPE_CHECKING:
    from modules.rag.contract import Candidate, RetrievalSettings, RetrievalTrace

LONGEST_SNIPPET = 240
MARKS = str.maketrans("", "", "\x02\x03")
"""The index marks matches with these; the table shows plain text."""
_GIVEN = frozenset({"used", "joined"})
_FATES = {
    "used": "Used",
    "joined": "Joined",
    "double": "Double",
    "not_relevant": "Not relevant",
    "not_best": "Others were better",
    "no_room": "No room",
    "": "Not found",
}
_EXPLAINED = {
    "used": "The model was given this passage.",
    "joined": "It was joined with the passage beside it.",
    "double": "Its text is in a passage that is used.",
    "not_relevant": "It has too little to do with the question.",
    "not_best": "As many better ones are used as are wanted.",
    "no_room": "It did not fit into the context window.",
    "": "This search did not find it.",
}


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """``number`` is 0 for what was cut. ``change`` is "in" or "out" after another try, else "".

    ``before`` and ``before_text`` are what became of it the first time; empty while there is nothing to compare.
    """

    passage_id: str
    number: int
    file_name: str
    icon: str
    place: str
    snippet: str
    words: str
    meaning: str
    reranked: str
    fate: str
    fate_text: str
    fate_reason: str
    before: str = ""
    before_text: str = ""
    change: str = ""


def rows_of(trace: RetrievalTrace, former: RetrievalTrace | None = None) -> list[CandidateRow]:
    """Every candidate in its order; with a former search beside it, also what only that one had used."""
    if former is None:
        return [_row(one) for one in trace.candidates]
    before = {one.passage_id: one for one in former.candidates}
    now = {one.passage_id for one in trace.candidates}
    rows = [
        _row(one, str(before[one.passage_id].fate) if one.passage_id in before else "-") for one in trace.candidates
    ]
    gone = [one for one in former.candidates if one.passage_id not in now and str(one.fate) in _GIVEN]
    return rows + [_row(one, str(one.fate), found=False) for one in gone]


def comparison(rows: Sequence[CandidateRow]) -> str:
    """ "2 came in, 1 went, 4 stayed"."""
    came = sum(row.change == "in" for row in rows)
    went = sum(row.change == "out" for row in rows)
    stayed = sum(row.fate in _GIVEN and row.before in _GIVEN for row in rows)
    if not came and not went:
        return tr("The model would be given the same passages.")
    text = tr("%1 came in, %2 went, %3 stayed.")
    return text.replace("%1", number(came)).replace("%2", number(went)).replace("%3", number(stayed))


def settings_text(settings: RetrievalSettings, *, reranked: bool) -> str:
    """Words and meaning, up to 8 passages, reranked, with neighbours, by the conversation.

    ``reranked``: it was, and not only wanted; there may be no model for it.
    """
    modes = {"hybrid": tr("Words and meaning"), "keyword": tr("Words"), "vector": tr("Meaning")}
    parts = [modes[str(settings.mode)], tr("up to %1 passages").replace("%1", number(settings.passages))]
    parts += [tr("reranked")] if settings.rerank and reranked else []
    parts += [tr("with neighbours")] if settings.neighbours else []
    parts += [tr("by the conversation")] if settings.use_history else []
    return "  ·  ".join(parts)


def figures(trace: RetrievalTrace) -> list[dict[str, str]]:
    """What it came to: label and value of each figure that is known."""
    used = sum(str(one.fate) == "used" for one in trace.candidates)
    shown = [(tr("Found"), number(len(trace.candidates))), (tr("Used"), number(used))]
    if trace.tokens is not None:
        room = f" / {number(trace.token_budget)}" if trace.token_budget else ""
        shown.append((tr("Tokens"), number(trace.tokens) + room))
    if trace.whole_collection:
        read = tr("%1 of %2").replace("%1", number(trace.files_read)).replace("%2", number(trace.files_total))
        shown.append((tr("Files read"), read))
    shown.append((tr("Took"), tr("%1 ms").replace("%1", number(trace.took_ms))))
    return [{"label": label, "value": value} for label, value in shown]


def whole_text(trace: RetrievalTrace) -> str:
    """ "The question is about all files: 13 of 13 were read."; "" for a question that was searched for."""
    if not trace.whole_collection:
        return ""
    text = tr("The question is about all files: %1 of %2 were read for it.")
    return text.replace("%1", number(trace.files_read)).replace("%2", number(trace.files_total))


def _row(one: Candidate, before: str = "", *, found: bool = True) -> CandidateRow:
    """``before`` is a fate, "-" for one that was not found the first time, and "" where nothing is compared."""
    fate = str(one.fate) if found else ""
    former = "" if before == "-" else before
    ranks = {str(rank.stage): rank for rank in one.stages}
    phrase, keyword, vector = ranks.get("phrase"), ranks.get("keyword"), ranks.get("vector")
    words = phrase or keyword
    given, was_given = fate in _GIVEN, former in _GIVEN
    return CandidateRow(
        passage_id=str(one.passage_id),
        number=one.number or 0 if found else 0,
        file_name=clean(one.file_name),
        icon=file_icon(one.file_name),
        place=short_place(one.file_name, one.page, one.heading_path),
        snippet=" ".join(clean(one.snippet.translate(MARKS)).split())[:LONGEST_SNIPPET],
        words=f"{words.rank}.  {words.score:.1f}" if words and found else "",
        meaning=f"{vector.rank}.  {vector.score:.2f}" if vector and found else "",
        reranked=f"{one.reranked:.2f}" if one.reranked is not None and found else "",
        fate=fate,
        fate_text=tr(_FATES[fate]),
        fate_reason=tr(_EXPLAINED[fate]),
        before=former,
        before_text=tr(_FATES[former]) if before else "",
        change="in" if before and given and not was_given else "out" if before and was_given and not given else "",
    )
