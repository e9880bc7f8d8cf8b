"""Collections themselves: what they hold, their names, the trash."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.rag.contract import (
    Collection,
    CollectionNotFound,
    CollectionOverview,
    CoverageReport,
    FilePage,
    FileQuery,
    InvalidName,
    NameTaken,
    Source,
    SourceNotFound,
)
from modules.rag.domain.events import RagEvents
from modules.rag.domain.jobs import IndexingJobs
from modules.rag.domain.ports import RagStore
from modules.rag.domain.shown import Totals, doing, file_of, files_done, totals_of

KEPT_IN_TRASH = timedelta(days=30)
_LONGEST_NAME = 100


class Collections:
    """Implements the verbs that read nothing from the disk."""

    def __init__(self, store: RagStore, index: LocalSearchIndexClient, jobs: IndexingJobs, events: RagEvents) -> None:
        self._store = store
        self._index = index
        self._jobs = jobs
        self._events = events

    async def named(self, ctx: SecurityContext, name: str | UUID) -> Collection:
        """
        Raises:
            CollectionNotFound
        """
        found = await self._store.collection(ctx, name)
        if found is None:
            raise CollectionNotFound(str(name))
        return found

    async def all(self, ctx: SecurityContext) -> list[Collection]:
        return await self._store.collections(ctx)

    async def overview(self, ctx: SecurityContext, *, trashed: bool) -> list[CollectionOverview]:
        when = {one.collection.id: one.deleted_at for one in await self._store.trash(ctx)} if trashed else {}
        shown = [one.collection for one in await self._store.trash(ctx)] if trashed else await self.all(ctx)
        totals, sources = totals_of(await self._store.counts(ctx)), await self._store.sources(ctx)
        jobs = await self._jobs.active(ctx)
        overviews = []
        for collection in shown:
            mine, job = totals.get(collection.id, Totals()), jobs.get(collection.id)
            overviews.append(
                CollectionOverview(
                    collection=collection,
                    sources=tuple(one for one in sources if one.collection_id == collection.id),
                    counts=mine.counts,
                    passages=mine.passages,
                    job_id=job.id if job else None,
                    done=files_done(job)[0],
                    total=files_done(job)[1],
                    doing=doing(job),
                    deleted_at=when.get(collection.id),
                )
            )
        return overviews

    async def files(self, ctx: SecurityContext, collection: str, query: FileQuery) -> FilePage:
        records, total = await self._store.page(ctx, (await self.named(ctx, collection)).id, query)
        return FilePage(tuple(map(file_of, records)), total)

    async def report(self, ctx: SecurityContext, collection: str) -> CoverageReport:
        named = await self.named(ctx, collection)
        totals = totals_of(await self._store.counts(ctx)).get(named.id, Totals())
        return CoverageReport(
            collection=named,
            sources=tuple(await self._store.sources(ctx, named.id)),
            files=tuple(map(file_of, await self._store.files(ctx, named.id))),
            counts=totals.counts,
            passages=totals.passages,
        )

    async def rename(self, ctx: SecurityContext, collection: str, name: str) -> Collection:
        check_name(name)
        named = await self.named(ctx, collection)
        renamed = await self._store.rename_collection(ctx, named.id, name)
        if renamed is None:
            raise NameTaken(name)
        self._events.publish(ctx, named.id, "updated")
        return renamed

    async def remove(self, ctx: SecurityContext, collection: str, path: Path | None) -> int:
        named = await self.named(ctx, collection)
        if path is not None:
            return await self._remove_source(ctx, named, path)
        await self._jobs.stop(ctx, named.id)
        totals = totals_of(await self._store.counts(ctx)).get(named.id, Totals())
        await self._store.trash_collection(ctx, named.id)
        self._events.publish(ctx, named.id, "trashed")
        return sum(totals.counts.values())

    async def restore(self, ctx: SecurityContext, collection_id: UUID) -> Collection:
        found = await self._trashed(ctx, collection_id)
        restored = await self._restored(ctx, found)
        # What changed in the meantime is not known, and something may have been on its way.
        await self._jobs.start(ctx, restored)
        self._events.publish(ctx, collection_id, "restored")
        return restored

    async def adopt(
        self, ctx: SecurityContext, collection: Collection, sources: Mapping[Path, bool]
    ) -> Collection | None:
        check_name(collection.name)
        known = [*await self.all(ctx), *(one.collection for one in await self._store.trash(ctx))]
        if any(one.id == collection.id for one in known):
            return None
        names = _names_like(collection.name)
        made = replace(collection, name=next(names))
        while not await self._store.adopt_collection(ctx, made, sources):
            made = replace(collection, name=next(names))
        self._events.publish(ctx, made.id, "added")
        return made

    async def delete_for_ever(self, ctx: SecurityContext, collection_id: UUID) -> bool:
        await self._trashed(ctx, collection_id)
        await self._forget(ctx, collection_id)
        return await self._erase(ctx)

    async def empty_old_trash(self) -> None:
        """Forget, for every user, what has been in the trash for too long."""
        for old in await self._store.expired(datetime.now(UTC) - KEPT_IN_TRASH):
            logger.bind(collection_id=str(old.collection.id)).info("Forgetting a collection of the trash")
            try:
                await self._forget(old.ctx, old.collection.id)
            except HyperSpotError as error:
                # No reason not to start: it stays in the trash, and the next start tries again.
                logger.bind(collection_id=str(old.collection.id), code=error.code).warning(
                    "A collection of the trash could not be forgotten"
                )
            else:
                await self._erase(old.ctx)

    async def _forget(self, ctx: SecurityContext, collection_id: UUID) -> None:
        # The index first: ended in between, the collection is still in the trash and can be forgotten again.
        await self._index.delete_collection(ctx, collection_id)
        await self._jobs.forget(ctx, collection_id)
        await self._store.delete_collection(ctx, collection_id)
        self._events.publish(ctx, collection_id, "removed")

    async def _erase(self, ctx: SecurityContext) -> bool:
        """Whether nothing of what was forgotten is left in the files."""
        index_erased = await self._index.erase_deleted(ctx)
        return await self._store.erase_deleted() and index_erased

    async def _restored(self, ctx: SecurityContext, collection: Collection) -> Collection:
        """Under its own name, or the first like it that is free."""
        names = _names_like(collection.name)
        while (restored := await self._store.restore_collection(ctx, collection.id, next(names))) is None:
            continue
        return restored

    async def _trashed(self, ctx: SecurityContext, collection_id: UUID) -> Collection:
        found = next((one for one in await self._store.trash(ctx) if one.collection.id == collection_id), None)
        if found is None:
            raise CollectionNotFound(str(collection_id))
        return found.collection

    async def set_watched(self, ctx: SecurityContext, collection: str, path: Path, watched: bool) -> None:
        named = await self.named(ctx, collection)
        source = await self._source(ctx, named, path)
        await self._store.set_watched(ctx, source.id, watched)
        self._events.publish(ctx, named.id, "updated")

    async def _source(self, ctx: SecurityContext, collection: Collection, path: Path) -> Source:
        wanted = plain(path)
        found = next((one for one in await self._store.sources(ctx, collection.id) if one.path == wanted), None)
        if found is None:
            raise SourceNotFound(path, collection.name)
        return found

    async def _remove_source(self, ctx: SecurityContext, collection: Collection, path: Path) -> int:
        source = await self._source(ctx, collection, path)
        await self._jobs.stop(ctx, collection.id, paused=False)
        try:
            records = await self._store.files(ctx, collection.id)
            forgotten = [record.id for record in records if record.source_id == source.id]
            await self._index.delete(ctx, forgotten)
            await self._store.delete_source(ctx, source.id)
        finally:
            # The job that was ended had the other sources to do as well, and what lay in two of them is theirs now.
            if await self._store.sources(ctx, collection.id):
                await self._jobs.start(ctx, collection, resume=False)
        self._events.publish(ctx, collection.id, "updated")
        return len(forgotten)


def check_name(name: str) -> None:
    """
    Raises:
        InvalidName
    """
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise InvalidName


def plain(path: Path) -> Path:
    """The path without detours; links on the way to it are the user's own and stay."""
    return Path(os.path.normpath(path.absolute()))


def _names_like(name: str) -> Iterator[str]:
    """The name itself, then others until one is free; none is too long."""
    yield name
    for number in count(2):
        ending = f" ({number})"
        yield name[: _LONGEST_NAME - len(ending)] + ending
