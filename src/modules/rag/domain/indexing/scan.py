"""Compares what is on the disk with what is remembered: only what is new or changed has to be read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePath
from typing import TypeVar
from uuid import UUID

from modkit.security import SecurityContext
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.rag.contract import Collection, FileState, Source
from modules.rag.domain.documents import document_of
from modules.rag.domain.ports import Disk, FileRecord, FoundFile, RagStore

_SEPARATORS = ("/", "\\")
_AT_ONCE = 500
"""Records in one transaction: others can write in between."""
T = TypeVar("T")


@dataclass(slots=True)
class ScanCount:
    """What a scan found, in files; ``away`` counts sources."""

    found: int = 0
    unchanged: int = 0
    moved: int = 0
    removed: int = 0
    away: int = 0


@dataclass(slots=True)
class _Difference:
    """Of the sources: records to be written, files without a record, records without a file.

    ``unfindable`` are files that were read and are to be skipped from now on.
    """

    save: list[FileRecord] = field(default_factory=list)
    unfindable: list[UUID] = field(default_factory=list)
    new: list[tuple[UUID, FoundFile]] = field(default_factory=list)
    vanished: list[FileRecord] = field(default_factory=list)


class Scanner:
    """Brings the records of a collection in line with the disk; afterwards the pending ones have to be read."""

    def __init__(self, store: RagStore, disk: Disk, index: LocalSearchIndexClient, new_id: Callable[[], UUID]) -> None:
        self._store = store
        self._disk = disk
        self._index = index
        self._new_id = new_id

    async def scan(self, ctx: SecurityContext, collection: Collection) -> ScanCount:
        """Look at every source. Safe to be repeated after it was ended at any point."""
        count, difference, seen = ScanCount(), _Difference(), set[str]()
        for source in await self._store.sources(ctx, collection.id):
            mine = await self._store.files_of(ctx, source.id)
            found = await self._disk.look(source.path)
            if found is None or (not found and any(one.state is not FileState.REMOVED for one in mine)):
                # Also when nothing is left in it: that is how the mount point of an unplugged drive looks.
                count.away += 1
                await self._store.set_away(ctx, source.id, True)
                continue
            if source.away:
                await self._store.set_away(ctx, source.id, False)
                mine = [replace(one, away=False) for one in mine]
            # On a thread: of a hundred thousand files the loop would not get away for seconds.
            await asyncio.to_thread(_compare, source, found, mine, seen, count, difference)
        await self._moves(ctx, difference, count)
        await self._removals(ctx, difference, count)
        for ids in _parts(difference.unfindable):
            await self._index.delete(ctx, ids)
        for part in _parts(difference.save):
            await self._store.save_files(ctx, part)
        for new in _parts(difference.new):
            await self._store.add_files(ctx, [self._record(collection, source_id, found) for source_id, found in new])
        return count

    async def _moves(self, ctx: SecurityContext, difference: _Difference, count: ScanCount) -> None:
        """A new file with the content of one that vanished is that file under a new name."""
        if not difference.vanished:
            return
        by_size: dict[int, list[FileRecord]] = {}
        for record in difference.vanished:
            by_size.setdefault(record.size, []).append(record)
        still_new, moved_ids = [], set[UUID]()
        for source_id, found in difference.new:
            candidates = by_size.get(found.size, [])
            old = await self._same_content(found, candidates)
            if old is None:
                still_new.append((source_id, found))
                continue
            candidates.remove(old)
            moved_ids.add(old.id)
            moved = replace(old, path=found.path, source_id=source_id, mtime_ns=found.mtime_ns, away=False)
            if PurePath(old.path).suffix != PurePath(found.path).suffix:
                # Another type is read by another parser, and what nobody could read may be readable now.
                moved = replace(moved, pending=True, content_hash="")
            await self._index.update(ctx, document_of(moved))
            await self._store.save_files(ctx, [moved])
        count.moved = len(moved_ids)
        difference.new = still_new
        difference.vanished = [one for one in difference.vanished if one.id not in moved_ids]

    async def _same_content(self, found: FoundFile, candidates: list[FileRecord]) -> FileRecord | None:
        if not candidates or found.skip:
            return None
        try:
            content_hash = await self._disk.content_hash(found.path)
        except OSError:
            return None  # reading it will say why
        # A file that never was read has no hash, and equals nothing.
        return next((one for one in candidates if one.content_hash == content_hash), None)

    async def _removals(self, ctx: SecurityContext, difference: _Difference, count: ScanCount) -> None:
        for part in _parts(difference.vanished):
            await self._index.delete(ctx, [one.id for one in part])
            await self._store.save_files(ctx, [_removed(one) for one in part])
            count.removed += len(part)

    def _record(self, collection: Collection, source_id: UUID, found: FoundFile) -> FileRecord:
        record = FileRecord(self._new_id(), collection.id, source_id, found.path, found.size, found.mtime_ns)
        return _skipped(record, found) if found.skip else record


def _compare(
    source: Source,
    found: list[FoundFile],
    known: list[FileRecord],
    seen: set[str],
    count: ScanCount,
    difference: _Difference,
) -> None:
    """``seen`` are the files of earlier sources: one may lie in another, and the first that has a file keeps it."""
    remembered = {one.path: one for one in known}
    closed = tuple(f"{one.path}{separator}" for one in found if one.unknown for separator in _SEPARATORS)
    for one in found:
        if one.path in seen:
            continue
        seen.add(one.path)
        count.found += 1
        record = remembered.pop(one.path, None)
        if record is None:
            difference.new.append((source.id, one))
        elif one.unknown and record.passages:
            difference.save.append(replace(record, away=True))
        elif _unchanged(record, one):
            count.unchanged += 1
            if record.away:
                difference.save.append(replace(record, away=False))
        else:
            difference.save.append(_changed(record, one))
            if one.skip and record.passages:
                difference.unfindable.append(record.id)
    for record in remembered.values():
        if record.path.startswith(closed):
            # Its folder cannot be opened now: nobody knows that it is gone.
            difference.save.append(replace(record, away=record.state is not FileState.REMOVED))
        elif record.state is not FileState.REMOVED:
            difference.vanished.append(record)


def _unchanged(record: FileRecord, found: FoundFile) -> bool:
    if record.state is FileState.REMOVED or (record.size, record.mtime_ns) != (found.size, found.mtime_ns):
        return False
    if record.state is FileState.UNREADABLE and not record.content_hash and not record.pending:
        return False  # the disk refused it, which may be over
    # Skipped without having been read: a link that became a file, or a limit that was raised, is a change too.
    by_scan = record.state is FileState.SKIPPED and not record.content_hash and not record.pending
    return record.reason == found.skip if by_scan else not found.skip


def _changed(record: FileRecord, found: FoundFile) -> FileRecord:
    if found.skip:
        return _skipped(record, found)
    # What was removed has no passages any more: its old content must not pass for read.
    content_hash = "" if record.state in (FileState.REMOVED, FileState.SKIPPED) else record.content_hash
    state = FileState.QUEUED if record.state is FileState.REMOVED else record.state
    return replace(
        record,
        size=found.size,
        mtime_ns=found.mtime_ns,
        content_hash=content_hash,
        state=state,
        pending=True,
        away=False,
    )


def _removed(record: FileRecord) -> FileRecord:
    return replace(record, state=FileState.REMOVED, reason="", pending=False, away=False, passages=0)


def _skipped(record: FileRecord, found: FoundFile) -> FileRecord:
    return replace(
        record,
        size=found.size,
        mtime_ns=found.mtime_ns,
        state=FileState.SKIPPED,
        reason=found.skip,
        pending=False,
        away=False,
        content_hash="",
        passages=0,
    )


def _parts(items: Sequence[T]) -> list[list[T]]:
    rest = iter(items)
    return list(iter(lambda: list(islice(rest, _AT_ONCE)), []))
