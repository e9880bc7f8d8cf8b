"""How the demo finds passages: by words, and by a meaning that is only words again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from hyperspot_desktop.demo.library import PASSAGES, DemoCollection, DemoPassage, demo_id
from modules.local_search_index.contract import (
    MATCH_END,
    MATCH_START,
    Hit,
    IndexDocument,
    Passage,
    Place,
    SearchMode,
    Stage,
    StageRank,
    Why,
)
from modules.rag.contract import IndexedFile, Query

_WORD = re.compile(r"\w+", re.UNICODE)


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def passages_of(file_name: str) -> list[DemoPassage]:
    return [passage for passage in PASSAGES if passage.file_name == file_name]


def start_of(passage: DemoPassage) -> int:
    """Where it begins in its file's text."""
    start = 0
    for other in passages_of(passage.file_name):
        if other is passage:
            return start
        start += len(other.text) + 2
    return start


def find(shelves: Sequence[DemoCollection], wanted: frozenset[UUID], query: Query) -> list[Hit]:
    """Hits in the collections of these ids, best first."""
    words = words_of(query.text)
    hits = [
        hit
        for shelf in shelves
        if shelf.collection.id in wanted and shelf.deleted_at is None
        for file in shelf.files
        if _passes(file, query)
        for passage in passages_of(file.path.name)
        if (hit := _hit(shelf, file, passage, words, query)) is not None
    ]
    return sorted(hits, key=lambda hit: -hit.score)


def _passes(file: IndexedFile, query: Query) -> bool:
    allowed = query.filter
    date = file.modified_at
    return (
        (not allowed.document_ids or file.id in allowed.document_ids)
        and (not allowed.types or file.path.suffix.removeprefix(".") in allowed.types)
        and (not allowed.languages or file.language in allowed.languages)
        and allowed.file_name.casefold() in file.path.name.casefold()
        and (allowed.modified_from is None or date >= allowed.modified_from)
        and (allowed.modified_before is None or date < allowed.modified_before)
    )


def _hit(
    shelf: DemoCollection, file: IndexedFile, passage: DemoPassage, words: Sequence[str], query: Query
) -> Hit | None:
    text_words = set(words_of(passage.text))
    found = [
        word for number, word in enumerate(words) if _has(text_words, word, query.typing, number == len(words) - 1)
    ]
    if not words or not found:
        return None
    share = len(found) / len(words)
    meaning = None if query.mode is SearchMode.KEYWORD else round(0.42 + 0.4 * share, 2)
    by_words = query.mode is not SearchMode.VECTOR
    phrase = by_words and len(words) > 1 and query.text.casefold().strip(' "') in passage.text.casefold()
    score = share + (0.5 if phrase else 0.0)
    stages = [StageRank(Stage.KEYWORD, 1, share)] if by_words else []
    if meaning is not None:
        stages.append(StageRank(Stage.VECTOR, 1, meaning))
    return Hit(
        passage=_passage(shelf, file, passage),
        score=score,
        stages=tuple(stages),
        why=Why(tuple(found) if by_words else (), phrase, meaning),
        snippet=_marked(passage.text, found) if by_words else passage.text,
    )


def _has(text_words: set[str], word: str, typing: bool, last: bool) -> bool:
    return word in text_words or (typing and last and any(other.startswith(word) for other in text_words))


def _passage(shelf: DemoCollection, file: IndexedFile, passage: DemoPassage) -> Passage:
    start = start_of(passage)
    document = IndexDocument(
        id=file.id,
        collection_id=shelf.collection.id,
        revision="1",
        file_name=file.path.name,
        path=str(file.path),
        type=file.path.suffix.removeprefix("."),
        language=file.language,
        modified_at=file.modified_at,
    )
    place = Place(start, start + len(passage.text), passage.page)
    return Passage(demo_id(passage.text), document, start, passage.text, place, passage.heading_path)


def _marked(text: str, words: Sequence[str]) -> str:
    return _WORD.sub(
        lambda found: (
            f"{MATCH_START}{found[0]}{MATCH_END}" if any(found[0].casefold().startswith(w) for w in words) else found[0]
        ),
        text,
    )
