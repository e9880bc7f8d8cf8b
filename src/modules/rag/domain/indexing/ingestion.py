"""The verbs that have files read: adding, looking again, trying again, reading everything anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from modkit.security import SecurityContext
from modules.rag.contract import FileState, PathNotFound
from modules.rag.domain.collections import Collections, check_name, plain
from modules.rag.domain.events import RagEvents
from modules.rag.domain.jobs import IndexingJobs
from modules.rag.domain.ports import RagStore

_READ = tuple(state for state in FileState if state not in (FileState.REMOVED, FileState.AWAY))


class Ingestion:
    """Implements those of the client; each gives the id of the job that does the work."""

    def __init__(self, store: RagStore, collections: Collections, jobs: IndexingJobs, events: RagEvents) -> None:
        self._store = store
        self._collections = collections
        self._jobs = jobs
        self._events = events

    async def add(self, ctx: SecurityContext, collection: str, paths: Sequence[Path], *, watch: bool) -> UUID:
        check_name(collection)
        known = await self._known(ctx, collection)
        found = [await asyncio.to_thread(_existing, path, known) for path in paths]
        made, is_new = await self._store.make_collection(ctx, collection)
        await self._store.add_sources(ctx, made.id, found, watch=watch)
        job_id = await self._jobs.start(ctx, made)
        self._events.publish(ctx, made.id, "added" if is_new else "updated")
        return job_id

    async def _known(self, ctx: SecurityContext, collection: str) -> frozenset[Path]:
        """What was added before: it may be away for now."""
        named = await self._store.collection(ctx, collection)
        sources = [] if named is None else await self._store.sources(ctx, named.id)
        return frozenset(source.path for source in sources)

    async def refresh(self, ctx: SecurityContext, collection: str) -> UUID:
        return await self._jobs.start(ctx, await self._collections.named(ctx, collection))

    async def look(self, ctx: SecurityContext, collection_id: UUID) -> UUID:
        """As ``refresh``, but nobody asked for it: a job that the user paused stays paused.

        Raises:
            CollectionNotFound
        """
        return await self._jobs.start(ctx, await self._collections.named(ctx, collection_id), resume=False)

    async def retry(self, ctx: SecurityContext, collection: str, file_ids: Sequence[UUID]) -> UUID:
        named = await self._collections.named(ctx, collection)
        states = _READ if file_ids else (FileState.UNREADABLE, FileState.NEEDS_OCR)
        await self._store.read_again(ctx, named.id, *states, file_ids=file_ids)
        return await self._jobs.start(ctx, named)

    async def rebuild(self, ctx: SecurityContext, collection: str) -> UUID:
        named = await self._collections.named(ctx, collection)
        await self._store.read_again(ctx, named.id, *_READ)
        return await self._jobs.start(ctx, named)


def _existing(path: Path, known: frozenset[Path]) -> Path:
    """
    Raises:
        PathNotFound
    """
    found = plain(path)
    if found not in known and not found.exists():
        raise PathNotFound(path)
    return found
