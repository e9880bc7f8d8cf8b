"""Collections in memory: what the Documents and Search pages and the chat's sources show without any files."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from hyperspot_desktop.demo import library
from hyperspot_desktop.demo.feed import Feed
from hyperspot_desktop.demo.finding import find, passages_of, start_of
from hyperspot_desktop.demo.library import DemoCollection, demo_collection, demo_file
from hyperspot_desktop.demo.pages import draw_page
from modkit.security import SecurityContext
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    AskEvent,
    Candidate,
    Citation,
    Collection,
    CollectionChanged,
    CollectionNotFound,
    CollectionOverview,
    CoverageReport,
    EvalRun,
    Fate,
    FileNotFound,
    FileOrder,
    FilePage,
    FileQuery,
    FileState,
    Findings,
    IndexedFile,
    IndexingPace,
    InvalidName,
    NameTaken,
    Pace,
    PageImage,
    PassagesChosen,
    Query,
    Question,
    QuestionSet,
    QuestionSetNotFound,
    RetrievalTrace,
    Source,
    SourceNotFound,
    Surroundings,
)

AROUND = 900
"""Characters before and after a passage."""
_KEYS = {
    FileOrder.NAME: lambda file: file.path.name.casefold(),
    FileOrder.TYPE: lambda file: (file.path.suffix, file.path.name.casefold()),
    FileOrder.PASSAGES: lambda file: file.passages,
    FileOrder.STATE: lambda file: (file.state.value, file.path.name.casefold()),
    FileOrder.CHANGED: lambda file: file.modified_at,
}


class DemoRag:
    """Implements RagClient. What is added is read at once; ``failure`` makes every call fail with it."""

    def __init__(self, shelves: Sequence[DemoCollection] = ()) -> None:
        self.shelves = list(shelves)
        self.failure: Exception | None = None
        self.calls: list[str] = []
        """The names of the verbs that were called, oldest first."""
        self._order: tuple[object, list[IndexedFile]] | None = None
        self._pace = IndexingPace(Pace.BALANCED)
        self._feed: Feed[CollectionChanged] = Feed()
        self._sets: dict[tuple[str, str], QuestionSet] = {}

    @classmethod
    def full(cls) -> DemoRag:
        return cls(library.shelves())

    async def collections(self, ctx: SecurityContext) -> list[Collection]:
        self._called("collections")
        return [shelf.collection for shelf in self._here()]

    async def overview(self, ctx: SecurityContext, *, trashed: bool = False) -> list[CollectionOverview]:
        self._called("overview")
        shelves = [shelf for shelf in self.shelves if shelf.deleted_at is not None] if trashed else self._here()
        return [shelf.overview() for shelf in shelves]

    async def files(self, ctx: SecurityContext, collection: str, query: FileQuery) -> FilePage:
        self._called("files")
        found = self._ordered(self._named(collection), query)
        return FilePage(tuple(found[query.offset : query.offset + query.limit]), len(found))

    async def add(self, ctx: SecurityContext, collection: str, paths: Sequence[Path], *, watch: bool = False) -> UUID:
        self._called("add")
        if not collection.strip():
            raise InvalidName
        shelf = next((one for one in self._here() if one.collection.name == collection), None)
        if shelf is None:
            shelf = demo_collection(collection)
            shelf.sources = ()
            self.shelves.append(shelf)
            self.publish("added", shelf)
        for path in paths:
            known = [source for source in shelf.sources if source.path != path]
            source = replace(demo_collection(collection).sources[0], id=uuid4(), path=path, watched=watch)
            shelf.sources = (*known, source)
            if path.suffix:
                shelf.files.append(demo_file(replace(source, path=path.parent), path.name, 3, datetime.now(UTC)))
                shelf.passages += 3
        self.publish("files", shelf)
        return uuid4()

    async def refresh(self, ctx: SecurityContext, collection: str) -> UUID:
        self._called("refresh")
        self._named(collection)
        return uuid4()

    async def retry(self, ctx: SecurityContext, collection: str, file_ids: Sequence[UUID] = ()) -> UUID:
        self._called("retry")
        shelf = self._named(collection)
        shelf.files = [
            replace(file, state=FileState.QUEUED, reason="It waits to be read.")
            if file.id in file_ids or (not file_ids and file.state is FileState.UNREADABLE)
            else file
            for file in shelf.files
        ]
        self.publish("files", shelf)
        return uuid4()

    async def rebuild(self, ctx: SecurityContext, collection: str) -> UUID:
        self._called("rebuild")
        self._named(collection)
        return uuid4()

    async def rename(self, ctx: SecurityContext, collection: str, name: str) -> Collection:
        self._called("rename")
        shelf = self._named(collection)
        if not name.strip():
            raise InvalidName
        if any(one.collection.name == name for one in self._here() if one is not shelf):
            raise NameTaken(name)
        shelf.collection = replace(shelf.collection, name=name)
        self.publish("updated", shelf)
        return shelf.collection

    async def pace(self, ctx: SecurityContext) -> IndexingPace:
        self._called("pace")
        return self._pace

    async def set_pace(
        self, ctx: SecurityContext, *, pace: Pace | None = None, paused: bool | None = None
    ) -> IndexingPace:
        self._called("set_pace")
        self.hold(
            replace(self._pace, pace=pace or self._pace.pace, paused=self._pace.paused if paused is None else paused)
        )
        return self._pace

    def hold(self, pace: IndexingPace) -> None:
        """Behave so from now on, as after a change of the power supply."""
        self._pace = pace
        self._feed.publish(CollectionChanged(None, "pace"))

    def watch(self, ctx: SecurityContext) -> AsyncIterator[CollectionChanged]:
        return self._feed.watch()

    async def report(self, ctx: SecurityContext, collection: str) -> CoverageReport:
        self._called("report")
        seen = self._named(collection).overview()
        files = tuple(self._named(collection).files)
        return CoverageReport(seen.collection, seen.sources, files, seen.counts, seen.passages)

    async def remove(self, ctx: SecurityContext, collection: str, path: Path | None = None) -> int:
        self._called("remove")
        shelf = self._named(collection)
        if path is None:
            shelf.deleted_at = datetime.now(UTC)
            self.publish("trashed", shelf)
            return len(shelf.files)
        kept = tuple(source for source in shelf.sources if source.path != path)
        if kept == shelf.sources:
            raise SourceNotFound(path, collection)
        shelf.sources = kept
        self.publish("files", shelf)
        return 0

    async def set_watched(self, ctx: SecurityContext, collection: str, path: Path, watched: bool) -> None:
        self._called("set_watched")
        shelf = self._named(collection)
        if path not in (source.path for source in shelf.sources):
            raise SourceNotFound(path, collection)
        shelf.sources = tuple(
            replace(source, watched=watched) if source.path == path else source for source in shelf.sources
        )
        self.publish("updated", shelf)

    async def restore(self, ctx: SecurityContext, collection_id: UUID) -> Collection:
        self._called("restore")
        shelf = next((one for one in self.shelves if one.collection.id == collection_id), None)
        if shelf is None:
            raise CollectionNotFound(str(collection_id))
        shelf.deleted_at = None
        self.publish("restored", shelf)
        return shelf.collection

    async def adopt(
        self, ctx: SecurityContext, collection: Collection, sources: Mapping[Path, bool]
    ) -> Collection | None:
        self._called("adopt")
        if any(shelf.collection.id == collection.id for shelf in self.shelves):
            return None
        shelf = library.demo_collection(collection.name)
        shelf.collection = collection
        shelf.sources = tuple(
            Source(uuid4(), collection.id, path, watched=watched) for path, watched in sources.items()
        )
        self.shelves.append(shelf)
        self.publish("added", shelf)
        return collection

    async def delete_for_ever(self, ctx: SecurityContext, collection_id: UUID) -> bool:
        self._called("delete_for_ever")
        self.shelves = [shelf for shelf in self.shelves if shelf.collection.id != collection_id]
        self._feed.publish(CollectionChanged(collection_id, "removed"))
        return True

    async def search(self, ctx: SecurityContext, query: Query) -> Findings:
        self._called("search")
        wanted = frozenset(self._named(str(name)).collection.id for name in query.collections) or frozenset(
            shelf.collection.id for shelf in self._here()
        )
        hits = find(self.shelves, wanted, query)
        window = tuple(hits[query.offset : query.offset + query.k])
        by_meaning = query.mode.value != "keyword"
        return Findings(window, by_meaning, any_word=False, more=len(hits) > query.offset + query.k)

    async def ask(self, ctx: SecurityContext, question: Question) -> AsyncGenerator[AskEvent, None]:
        trace = await self.inspect(ctx, question)
        yield AnswerProgress("Searching your documents")
        citations = await self._citations(ctx, question)
        yield PassagesChosen("demo", citations, trace=trace)
        text = "".join(f"{citation.text} [{citation.number}] " for citation in citations[:1])
        yield AnswerPiece(text)
        yield AnswerDone(text, citations[:1], "stop")

    async def inspect(self, ctx: SecurityContext, question: Question) -> RetrievalTrace:
        self._called("inspect")
        found = await self.search(
            ctx, Query(text=question.text, collections=question.collections, mode=question.settings.mode, k=12)
        )
        limit = question.settings.passages
        candidates = tuple(
            Candidate(
                hit.passage.document.id,
                hit.passage.id,
                hit.passage.document.file_name,
                hit.passage.document.path,
                hit.passage.place.page,
                hit.passage.heading_path,
                hit.snippet,
                tuple(replace(stage, rank=number) for stage in hit.stages),
                hit.score,
                None,
                Fate.USED if number <= limit else Fate.NOT_BEST,
                number if number <= limit else None,
            )
            for number, hit in enumerate(found.hits, start=1)
        )
        return RetrievalTrace(
            queries=(question.text,),
            settings=question.settings,
            candidates=candidates,
            tokens=812,
            token_budget=1_900,
            took_ms=31.0,
        )

    async def _citations(self, ctx: SecurityContext, question: Question) -> tuple[Citation, ...]:
        query = Query(text=question.text, collections=question.collections, k=question.settings.passages)
        found = await self.search(ctx, query)
        return tuple(
            Citation(
                number,
                hit.passage.document.id,
                hit.passage.id,
                hit.passage.document.path,
                hit.passage.document.file_name,
                hit.passage.place.page,
                hit.passage.place.char_start,
                hit.passage.place.char_end,
                hit.passage.heading_path,
                hit.passage.text,
            )
            for number, hit in enumerate(found.hits, start=1)
        )

    async def surroundings(self, ctx: SecurityContext, file_id: UUID, char_start: int, char_end: int) -> Surroundings:
        self._called("surroundings")
        file = self._file(file_id)
        parts = passages_of(file.path.name)
        text = library.text_of(parts)
        part = next((one for one in parts if start_of(one) <= char_start < start_of(one) + len(one.text)), None)
        return Surroundings(
            file,
            part.page if part else None,
            part.heading_path if part else (),
            text[max(0, char_start - AROUND) : char_start],
            text[char_start:char_end],
            text[char_end : char_end + AROUND],
            char_start,
            char_end,
            has_pages=file.path.suffix == ".pdf",
        )

    async def page_image(
        self, ctx: SecurityContext, file_id: UUID, page: int, *, width: int, mark: str = ""
    ) -> PageImage:
        self._called("page_image")
        file = self._file(file_id)
        parts = [one for one in passages_of(file.path.name) if one.page == page]
        return draw_page(page, file.pages or 1, [(one.heading_path[-1], one.text) for one in parts], width, mark)

    async def question_sets(self, ctx: SecurityContext, collection: str) -> list[QuestionSet]:
        return sorted((one for one in self._sets.values() if one.collection == collection), key=lambda one: one.name)

    async def save_question_set(self, ctx: SecurityContext, question_set: QuestionSet) -> None:
        self._sets[question_set.collection, question_set.name] = question_set

    async def delete_question_set(self, ctx: SecurityContext, collection: str, name: str) -> None:
        self._sets.pop((collection, name), None)

    async def evaluate(self, ctx: SecurityContext, collection: str, name: str) -> EvalRun:
        raise QuestionSetNotFound(name, collection)

    async def eval_runs(self, ctx: SecurityContext, collection: str, name: str) -> list[EvalRun]:
        return []

    def publish(self, change: str, shelf: DemoCollection) -> None:
        """Tell the watchers, as the module does after a change is stored."""
        self._order = None
        self._feed.publish(CollectionChanged(shelf.collection.id, change))  # type: ignore[arg-type]  # a literal

    def _ordered(self, shelf: DemoCollection, query: FileQuery) -> list[IndexedFile]:
        """Sorted once for all windows of a list: sorting here would keep the window's thread waiting."""
        key = (shelf.collection.id, replace(query, offset=0, limit=0))
        if self._order is None or self._order[0] != key:
            found = [file for file in shelf.files if _wanted(file, query)]
            self._order = (key, sorted(found, key=_KEYS[query.order], reverse=query.descending))
        return self._order[1]

    def _here(self) -> list[DemoCollection]:
        here = [shelf for shelf in self.shelves if shelf.deleted_at is None]
        return sorted(here, key=lambda shelf: shelf.collection.name)

    def _named(self, name: str) -> DemoCollection:
        for shelf in self._here():
            if name in (shelf.collection.name, str(shelf.collection.id)):
                return shelf
        raise CollectionNotFound(name)

    def _file(self, file_id: UUID) -> IndexedFile:
        for shelf in self.shelves:
            for file in shelf.files:
                if file.id == file_id:
                    return file
        raise FileNotFound

    def _called(self, verb: str) -> None:
        self.calls.append(verb)
        if self.failure is not None:
            raise self.failure


def _wanted(file: IndexedFile, query: FileQuery) -> bool:
    states = query.states or tuple(state for state in FileState if state is not FileState.REMOVED)
    return file.state in states and query.text.casefold() in file.path.name.casefold()
