"""The files of whole collections: which there are, which can be read, and what of them is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from modkit.security import SecurityContext
from modules.local_search_index.contract import LocalSearchIndexClient, Passage, SearchFilter, SearchMode
from modules.rag.contract import Citation, Collection, FileState, Query
from modules.rag.domain.language.telling import shared, telling
from modules.rag.domain.ports import FileRecord, RagStore
from modules.rag.domain.retrieval.choosing import Section, citation
from modules.rag.domain.retrieval.search import Retrieval
from modules.rag.domain.shown import file_of

PASSAGES_OF_A_FILE = 6
"""As many passages of a long file are read, at even distances or the ones that have to do with the question."""
MOST_PASSAGES = 240
"""Of all files together: they are kept with the answer."""
_PAGE = 200
_DEEPEST = 2_000
_SHORTENED = 4


@dataclass(frozen=True, slots=True)
class WholeFiles:
    """``readable`` have passages in the index, ``others`` have not."""

    readable: tuple[FileRecord, ...]
    others: tuple[FileRecord, ...]

    @property
    def total(self) -> int:
        return len(self.readable) + len(self.others)

    def types(self) -> str:
        """``8 PDF, 5 DOCX``, the most frequent first."""
        counted = Counter(ending_of(one).upper() or "?" for one in (*self.readable, *self.others))
        return ", ".join(f"{count} {ending}" for ending, count in counted.most_common())


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What of one file is read, numbered through over all files; ``whole`` when that is all of it."""

    record: FileRecord
    citations: tuple[Citation, ...]
    whole: bool


class WholeCollections:
    """Reads files from the index, where all of their text is."""

    def __init__(self, store: RagStore, index: LocalSearchIndexClient, retrieval: Retrieval) -> None:
        self._store = store
        self._index = index
        self._retrieval = retrieval

    async def files(self, ctx: SecurityContext, collections: Sequence[Collection], types: Sequence[str]) -> WholeFiles:
        """All but the removed ones, by name; only those whose name ends in one of ``types``, when there are some."""
        found = [record for one in collections for record in await self._store.files(ctx, one.id)]
        there = [one for one in found if one.shown_state is not FileState.REMOVED]
        there = [one for one in there if not types or ending_of(one) in types]
        there.sort(key=lambda one: name_of(one).casefold())
        readable = [one for one in there if one.passages > 0]
        return WholeFiles(tuple(readable), tuple(one for one in there if one.passages <= 0))

    async def excerpts(self, ctx: SecurityContext, files: Sequence[FileRecord], question: str) -> list[Excerpt]:
        """What is read of each; ``question`` chooses the passages of long files, empty: at even distances."""
        most = max(1, min(PASSAGES_OF_A_FILE, MOST_PASSAGES // max(1, len(files))))
        found: list[Excerpt] = []
        number = 1
        for record in files:
            passages = await self._passages(ctx, record, most, question)
            cited = tuple(citation(at, Section([one])) for at, one in enumerate(passages, start=number))
            number += len(cited)
            found.append(Excerpt(record, cited, whole=len(passages) >= record.passages))
        return found

    async def mentioning(
        self, ctx: SecurityContext, collections: Sequence[Collection], types: Sequence[str], about: str
    ) -> list[Passage]:
        """Of every file that has all telling words of ``about`` in one passage, the first such passage."""
        wanted = telling(about) or {about.casefold()}
        found: dict[object, Passage] = {}
        for offset in range(0, _DEEPEST - _PAGE + 1, _PAGE):
            query = Query(
                text=_beginnings(about),
                collections=tuple(one.id for one in collections),
                mode=SearchMode.KEYWORD,
                k=_PAGE,
                offset=offset,
                filter=SearchFilter(types=tuple(types)),
            )
            findings = await self._retrieval.search(ctx, query)
            for hit in findings.hits:
                there = telling("\n".join((hit.passage.text, *hit.passage.heading_path)))
                if shared(wanted, there) == wanted or hit.why.phrase:
                    found.setdefault(hit.passage.document.id, hit.passage)
            if not findings.more:
                break
        return sorted(found.values(), key=lambda one: one.document.file_name.casefold())

    async def _passages(self, ctx: SecurityContext, record: FileRecord, most: int, question: str) -> list[Passage]:
        if record.passages <= most:
            return await self._index.passages(ctx, record.id, limit=most)
        if question:
            query = Query(text=question, collections=(record.collection_id,), k=most, filter=_only(record))
            found = [hit.passage for hit in (await self._retrieval.search(ctx, query)).hits]
            if found:
                return sorted(found, key=lambda one: one.ordinal)
        ordinals = [number * record.passages // most for number in range(most)]
        pages = [await self._index.passages(ctx, record.id, start=ordinal, limit=1) for ordinal in ordinals]
        return [one for page in pages for one in page]


def name_of(record: FileRecord) -> str:
    return file_of(record).path.name


def ending_of(record: FileRecord) -> str:
    return PurePath(record.path).suffix.lstrip(".").lower()


def _beginnings(about: str) -> str:
    """Words that may end otherwise: all of them are compared again."""
    return " ".join(f"{_beginning(word)}*" if word.isalpha() else word for word in telling(about)) or about


def _beginning(word: str) -> str:
    if not word.isascii() or len(word) < _SHORTENED:
        return word
    return word[:-2] if len(word) >= 2 * _SHORTENED - 1 else word[:-1]


def _only(record: FileRecord) -> SearchFilter:
    return SearchFilter(document_ids=(record.id,))
