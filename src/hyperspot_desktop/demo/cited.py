"""What the demo's answers cite, and how it was found."""

from __future__ import annotations

from collections.abc import Sequence

from hyperspot_desktop.demo.finding import start_of
from hyperspot_desktop.demo.library import HOME, PASSAGES, DemoPassage, demo_id
from modules.local_search_index.contract import Stage, StageRank
from modules.rag.contract import Candidate, Citation, Fate, RetrievalSettings, RetrievalTrace

CONTRACTS = demo_id("Contracts")
PROGRESS: tuple[tuple[str, int, int | None], ...] = (
    ("Searching Contracts", 0, None),
    ("Read 5 of 13", 5, 13),
    ("Read 13 of 13", 13, 13),
)
_CITED = ("11.2 Either", "11.3 Either", "11.4 On", "The notice period in")


def _starting(text: str) -> DemoPassage:
    return next(passage for passage in PASSAGES if passage.text.startswith(text))


def citation(number: int, passage: DemoPassage, quote: str = "") -> Citation:
    path = str(HOME / "Contracts" / passage.file_name)
    start = start_of(passage)
    quoted = quote or passage.text
    at = start + passage.text.index(quoted)
    return Citation(
        number,
        demo_id(path),
        demo_id(passage.text),
        path,
        passage.file_name,
        passage.page,
        start,
        start + len(passage.text),
        passage.heading_path,
        passage.text,
        quoted,
        at,
        at + len(quoted),
    )


def citations() -> tuple[Citation, ...]:
    """The passages that ``CITED_ANSWER`` rests on."""
    return tuple(citation(number, _starting(text)) for number, text in enumerate(_CITED, start=1))


def trace(queries: Sequence[str]) -> RetrievalTrace:
    """Every stage and every fate once, at least."""
    return RetrievalTrace(
        queries=tuple(queries),
        settings=RetrievalSettings(passages=4),
        candidates=_candidates(),
        tokens=1_286,
        token_budget=6_144,
        took_ms=48.0,
    )


def _candidates() -> tuple[Candidate, ...]:
    fates = (
        ("11.2 Either", Fate.USED, 1, (1, 9.41), (1, 0.86)),
        ("11.3 Either", Fate.USED, 2, (3, 6.02), (2, 0.81)),
        ("The notice period in", Fate.USED, 4, (2, 7.75), (5, 0.66)),
        ("11.4 On", Fate.USED, 3, (6, 3.30), (3, 0.74)),
        ("11.1 This", Fate.JOINED, 1, (9, 2.10), (4, 0.71)),
        ("Service | Unit", Fate.NOT_BEST, None, (4, 5.87), None),
        ("Supplier may", Fate.NOT_BEST, None, (5, 4.12), (7, 0.58)),
        ("Anna asks", Fate.NO_ROOM, None, (7, 3.18), (8, 0.51)),
        ("During the first", Fate.NOT_RELEVANT, None, None, (6, 0.60)),
    )
    return tuple(
        _candidate(_starting(text), fate, number, words, meaning) for text, fate, number, words, meaning in fates
    )


def _candidate(
    passage: DemoPassage,
    fate: Fate,
    number: int | None,
    words: tuple[int, float] | None,
    meaning: tuple[int, float] | None,
) -> Candidate:
    made = citation(number or 1, passage)
    ranks = [StageRank(Stage.KEYWORD, *words)] if words else []
    ranks += [StageRank(Stage.VECTOR, *meaning)] if meaning else []
    return Candidate(
        made.file_id,
        made.passage_id,
        made.file_name,
        made.path,
        made.page,
        made.heading_path,
        passage.text,
        tuple(ranks),
        sum(1 / (60 + one.rank) for one in ranks),
        None,
        fate,
        number,
    )
