"""Chooses the passages that a model is given: the relevant, each text once, with what goes on around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from modules.local_search_index.contract import Passage
from modules.rag.contract import Candidate, Citation, Fate
from modules.rag.domain.language.doubles import Wording, adds_nothing, wording
from modules.rag.domain.retrieval.search import Found

LONGEST_SECTION = 2_400
"""Characters of passages joined into one."""
_LARGEST_GAP = 4
"""Characters between two passages that follow each other: the line breaks between blocks."""


@dataclass(slots=True)
class Section:
    """Passages that follow each other in one section of one document, as one; ``score`` order is the caller's."""

    passages: list[Passage]

    @property
    def first(self) -> Passage:
        return self.passages[0]

    @property
    def last(self) -> Passage:
        return self.passages[-1]

    @property
    def length(self) -> int:
        return self.last.place.char_end - self.first.place.char_start

    def takes(self, passage: Passage) -> bool:
        """Whether a passage stands directly before or behind, in the same section and on the same page."""
        if passage.document.id != self.first.document.id or self.length + len(passage.text) > LONGEST_SECTION:
            return False
        return _follow(self.last, passage) or _follow(passage, self.first)

    def add(self, passage: Passage) -> None:
        self.passages.insert(0 if passage.ordinal < self.first.ordinal else len(self.passages), passage)

    @property
    def text(self) -> str:
        """As long as its place; except for the header that a table repeats, which stands before its first row."""
        text = self.first.text
        for before, passage in zip(self.passages, self.passages[1:], strict=False):
            gap = passage.place.char_start - before.place.char_end
            text += "\n" * gap + passage.text
        return text


@dataclass(slots=True)
class Choice:
    """What became of every candidate: its fate, and the section that it is in."""

    found: Sequence[Found]
    fates: list[Fate] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    section_of: list[int | None] = field(default_factory=list)


def choose(found: Sequence[Found], most: int, *, join: bool) -> Choice:
    """At most so many sections, in the order of the candidates."""
    choice = Choice(found)
    kept: list[Wording] = []
    for one in found:
        passage = one.hit.passage
        fate, at, said = Fate.USED, None, wording(passage.text)
        if not one.relevant:
            fate = Fate.NOT_RELEVANT
        elif any(adds_nothing(said, other) for other in kept):
            fate = Fate.DOUBLE
        elif join and (at := _taker(choice.sections, passage)) is not None:
            fate = Fate.JOINED
            choice.sections[at].add(passage)
            kept.append(said)
        elif len(choice.sections) >= most:
            fate = Fate.NOT_BEST
        else:
            at = len(choice.sections)
            choice.sections.append(Section([passage]))
            kept.append(said)
        choice.fates.append(fate)
        choice.section_of.append(at)
    return choice


def candidates(choice: Choice, given: int, reranked: Sequence[float | None] = ()) -> tuple[Candidate, ...]:
    """All of them with their fates, when the first ``given`` sections are used."""
    shown = []
    scores = reranked or [None] * len(choice.found)
    for one, fate, at, score in zip(choice.found, choice.fates, choice.section_of, scores, strict=True):
        fits = at is not None and at < given
        if at is not None and not fits:
            fate = Fate.NO_ROOM
        shown.append(_candidate(one, fate, at + 1 if at is not None and fits else None, score))
    return tuple(shown)


def citation(number: int, section: Section) -> Citation:
    """The section as the model reads it; named after its first passage."""
    first = section.first
    document = first.document
    return Citation(
        number=number,
        file_id=document.id,
        passage_id=first.id,
        path=document.path,
        file_name=document.file_name,
        page=first.place.page,
        char_start=first.place.char_start,
        char_end=section.last.place.char_end,
        heading_path=first.heading_path,
        text=section.text,
    )


def _taker(sections: Sequence[Section], passage: Passage) -> int | None:
    return next((at for at, section in enumerate(sections) if section.takes(passage)), None)


def _follow(before: Passage, after: Passage) -> bool:
    """Whether the section goes on from one to the other, so that the joined text keeps its characters' places."""
    return (
        after.ordinal == before.ordinal + 1
        and after.heading_path == before.heading_path
        and after.place.page == before.place.page
        and 0 <= after.place.char_start - before.place.char_end <= _LARGEST_GAP
        # A table's repeated header is in the text and not at the place: behind another text it would move that.
        and len(after.text) == after.place.char_end - after.place.char_start
    )


def _candidate(found: Found, fate: Fate, number: int | None, reranked: float | None) -> Candidate:
    passage = found.hit.passage
    return Candidate(
        file_id=passage.document.id,
        passage_id=passage.id,
        file_name=passage.document.file_name,
        path=passage.document.path,
        page=passage.place.page,
        heading_path=passage.heading_path,
        snippet=found.hit.snippet,
        stages=found.stages,
        score=found.score,
        reranked=reranked,
        fate=fate,
        number=number,
    )
