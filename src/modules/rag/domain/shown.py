"""Records as the user sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from modules.jobs_manager.contract import Job, JobState
from modules.rag.contract import FileState, IndexedFile
from modules.rag.domain.documents import modified_at
from modules.rag.domain.ports import FileCount, FileRecord

_REASONS = {
    FileState.QUEUED: "It waits to be read.",
    FileState.AWAY: "Its folder is not there now; what was read is kept.",
    FileState.REMOVED: "It is no longer in its folder.",
}
"""States whose reason is always the same; the others remember theirs."""
_WAITING = {JobState.QUEUED: "It waits for its turn.", JobState.PAUSED: "It is paused."}


@dataclass(slots=True)
class Totals:
    """Of one collection."""

    counts: dict[FileState, int] = field(default_factory=dict)
    passages: int = 0


def totals_of(counts: Iterable[FileCount]) -> Mapping[UUID, Totals]:
    """By collection; one without files has none."""
    found: dict[UUID, Totals] = {}
    for count in counts:
        totals = found.setdefault(count.collection_id, Totals())
        totals.counts[count.shown_state] = totals.counts.get(count.shown_state, 0) + count.files
        totals.passages += count.passages
    return found


def file_of(record: FileRecord) -> IndexedFile:
    state = record.shown_state
    return IndexedFile(
        id=record.id,
        source_id=record.source_id,
        path=Path(record.path),
        state=state,
        reason=_REASONS.get(state, record.reason),
        size=record.size,
        modified_at=modified_at(record),
        content_hash=record.content_hash,
        parser=record.parser,
        passages=record.passages,
        pages=record.pages,
        title=record.title,
        language=record.language,
    )


def doing(job: Job | None) -> str:
    """What a job does now, in one sentence."""
    if job is None:
        return ""
    note = job.progress.note
    return _WAITING.get(job.state) or (note[:1].upper() + note[1:] if note else "It begins.")


def files_done(job: Job | None) -> tuple[int, int | None]:
    """How many files a job has read, and of how many; nothing while it counts something else."""
    if job is None or job.progress.unit != "files":
        return 0, None
    total = job.progress.total
    return int(job.progress.done), None if total is None else int(total)
