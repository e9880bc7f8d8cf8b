"""Reads all that is pending in a collection: several files at once, and what they give is stored in groups."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from pathlib import Path

from modules.jobs_manager.contract import JobProgress, JobRun
from modules.rag.contract import Collection
from modules.rag.domain.events import RagEvents
from modules.rag.domain.indexing.keeping import Keeper
from modules.rag.domain.indexing.milestones import Milestones
from modules.rag.domain.indexing.pacing import Pacing
from modules.rag.domain.indexing.reading import Outcome, Reader
from modules.rag.domain.ports import FileRecord, RagStore
from modules.rag.domain.readable import readable

_RECORDS_AT_ONCE = 200
_OUTCOMES_AT_ONCE = 64
_PASSAGES_AT_ONCE = 2_000
"""No more are stored together, but for a single file that has more."""
_GROUP_S = 0.25
"""A group is stored so long after the one before, or when it is full: each costs as much as a dozen small files."""


class Pipeline:
    """Readers hand what files gave to one writer, which stores all that is there when it comes back for more.

    So the first file is searchable at once, and thousands of small ones do not wait for the disk one by one.
    """

    def __init__(
        self, store: RagStore, reader: Reader, keeper: Keeper, pacing: Pacing, events: RagEvents, *, readers: int
    ) -> None:
        self.store = store
        self.reader = reader
        self.keeper = keeper
        self.pacing = pacing
        self.events = events
        self.readers = readers

    async def read_pending(self, run: JobRun, collection: Collection) -> int:
        """Gives how many files were parsed. The first failure ends all and is raised as it is."""
        total = await self.store.count_pending(run.ctx, collection.id)
        if not total:
            return 0
        known = await self.store.contents(run.ctx)
        try:
            return await _Flow(self, run, collection, total, known).run_all()
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None


class _Flow:
    """One run over one collection."""

    def __init__(self, line: Pipeline, run: JobRun, collection: Collection, total: int, known: set[str]) -> None:
        self._line = line
        self._run = run
        self._collection = collection
        self._total = total
        self._known = known
        self._milestones = Milestones(run)
        self._outcomes: asyncio.Queue[Outcome | None] = asyncio.Queue(_OUTCOMES_AT_ONCE)
        self._group: list[Outcome] = []
        self._passages = 0
        self._taking = asyncio.Lock()
        self._taken: deque[FileRecord] = deque()
        self._last: FileRecord | None = None
        self._started = time.monotonic()
        self._doing = ""
        self._done = self._parsed = 0

    async def run_all(self) -> int:
        async with asyncio.TaskGroup() as group:
            writer = group.create_task(self._write_all())
            reading = [group.create_task(self._read_some()) for _ in range(min(self._line.readers, self._total))]
            await asyncio.gather(*reading)
            await self._outcomes.put(None)
            await writer
        return self._parsed

    async def _read_some(self) -> None:
        while (record := await self._next()) is not None:
            async with self._line.pacing.file(self._run.ctx, self._tell):
                self._tell(f"reading {shown(record)}")
                outcome = await self._line.reader.read(self._run.ctx, record, self._known)
                if outcome is None:
                    self._done += 1
                else:
                    await self._outcomes.put(outcome)

    async def _next(self) -> FileRecord | None:
        async with self._taking:
            if not self._taken:
                found = await self._line.store.pending(
                    self._run.ctx, self._collection.id, after=self._last, limit=_RECORDS_AT_ONCE
                )
                self._taken.extend(found)
            if not self._taken:
                return None
            self._last = self._taken.popleft()
            return self._last

    async def _write_all(self) -> None:
        stored_at, more = 0.0, True
        try:
            while more:
                more = await self._collect(stored_at + _GROUP_S)
                await self._keep()
                stored_at = time.monotonic()
        except asyncio.CancelledError:
            # Paused, cancelled or ended: what was read is kept, so that it need not be read again.
            while not self._outcomes.empty():
                self._add(self._outcomes.get_nowait())
            await self._keep()
            raise

    async def _collect(self, due: float) -> bool:
        """Wait for the first outcome, then for others until it is time or they are many; whether more will come."""
        more = self._add(await self._outcomes.get())
        while more and len(self._group) < _OUTCOMES_AT_ONCE and self._passages < _PASSAGES_AT_ONCE:
            try:
                async with asyncio.timeout(max(0.0, due - time.monotonic())):
                    more = self._add(await self._outcomes.get())
            except TimeoutError:
                break
        return more

    def _add(self, outcome: Outcome | None) -> bool:
        """Whether it was one; None comes after the last."""
        if outcome is None:
            return False
        self._group.append(outcome)
        self._passages += len(outcome.passages or ())
        return True

    async def _keep(self) -> None:
        if not self._group:
            return
        await self._line.keeper.keep(self._run.ctx, self._group)
        kept, self._group, self._passages = self._group, [], 0
        self._done += len(kept)
        self._parsed += sum(one.parsed for one in kept)
        self._known.update(one.record.content_hash for one in kept if one.passages)
        self._tell(self._doing)
        self._line.events.tell_now_and_then(self._run.ctx, self._collection.id, "progress", "files")
        await self._milestones.passed(str(kept[-1].record.id))

    def _tell(self, note: str) -> None:
        self._doing = note
        elapsed_s = time.monotonic() - self._started
        rate = self._done / elapsed_s if self._done and elapsed_s > 0 else None
        left_s = (self._total - self._done) / rate if rate else None
        progress = JobProgress(
            done=self._done, total=self._total, unit="files", per_second=rate, seconds_left=left_s, note=note
        )
        self._run.report(progress)


def shown(record: FileRecord) -> str:
    """The file's name on one line."""
    return " ".join(readable(Path(record.path).name).split())
