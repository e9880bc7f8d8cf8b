"""The Activity page: everything that works in the background, and what became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import moment_text, number, rate, size, time_left, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.jobs_manager.contract import Job, JobChanged

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as a card."""

    job_id: str
    title: str
    group: str
    status: str
    status_text: str
    detail: str
    progress: float
    progress_known: bool
    can_pause: bool
    can_resume: bool
    can_cancel: bool
    can_retry: bool
    error: str
    error_action: str


@QmlElement
class ActivityViewModel(LoadingViewModel):
    """Jobs, newest first, those that run before those that are done."""

    countChanged = Signal()
    jobsChanged = Signal(list)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows = RowModel(JobRow, self)
        self._jobs: dict[UUID, Job] = {}

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[JobRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    @Property(int, notify=countChanged)
    def running(self) -> int:
        """How many jobs run, wait or pause."""
        return sum(1 for job in self._jobs.values() if _is_active(job))

    @Property(bool, notify=countChanged)
    def hasHistory(self) -> bool:
        return any(not _is_active(job) for job in self._jobs.values())

    def start(self) -> None:
        """Load, and follow every change."""
        self._bridge.stream(lambda clients: clients.jobs.watch(clients.ctx), self._changed, failed=self._fail)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        def arrived(jobs: list[Job]) -> None:
            self._jobs = {job.id: job for job in jobs}
            self._loaded()
            self._show()

        self._bridge.call(lambda clients: clients.jobs.list(clients.ctx), arrived, self._not_loaded)

    @Slot(str)
    def pause(self, job_id: str) -> None:
        self._do(lambda clients: clients.jobs.pause(clients.ctx, UUID(job_id)))

    @Slot(str)
    def resume(self, job_id: str) -> None:
        self._do(lambda clients: clients.jobs.resume(clients.ctx, UUID(job_id)))

    @Slot(str)
    def cancel(self, job_id: str) -> None:
        self._do(lambda clients: clients.jobs.cancel(clients.ctx, UUID(job_id)))

    @Slot(str)
    def retry(self, job_id: str) -> None:
        self._do(lambda clients: clients.jobs.retry(clients.ctx, UUID(job_id)))

    @Slot(str)
    def remove(self, job_id: str) -> None:
        """Take a finished job out of the list."""
        self._do(lambda clients: clients.jobs.remove(clients.ctx, UUID(job_id)))

    @Slot()
    def clearHistory(self) -> None:
        """Take every finished job out of the list."""
        done = [job.id for job in self._jobs.values() if not _is_active(job)]

        async def clear(clients: Clients) -> None:
            for job_id in done:
                await clients.jobs.remove(clients.ctx, job_id)

        self._do(clear)

    def _do(self, work: Callable[[Clients], Awaitable[Any]]) -> None:
        self._bridge.call(work, lambda _: self.refresh(), self._fail)

    def _changed(self, changes: list[JobChanged]) -> None:
        for change in changes:
            self._jobs[change.job.id] = change.job
        self._show()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()

    def _show(self) -> None:
        self._rows.replace(rows_of(self._jobs.values(), date.today()), _same)
        self.countChanged.emit()
        self.jobsChanged.emit(list(self._jobs.values()))


def _is_active(job: Job) -> bool:
    return job.state in ("queued", "running", "paused")


def _same(old: JobRow, new: JobRow) -> bool:
    return old.job_id == new.job_id


def rows_of(jobs: Iterable[Job], today: date) -> list[JobRow]:
    """What runs, what waits, then the history; each newest first."""
    ordered = sorted(jobs, key=lambda job: (job.state == "running", _is_active(job), job.created_at), reverse=True)
    return [_row(job, today) for job in ordered]


def _amount(value: float, unit: str) -> str:
    return size(value) if unit == "bytes" else number(value)


def _detail(job: Job, today: date) -> str:
    progress = job.progress
    parts: list[str] = []
    if _is_active(job) and progress.total:
        done, total = _amount(progress.done, progress.unit), _amount(progress.total, progress.unit)
        unit = "" if progress.unit in ("bytes", "") else f" {progress.unit}"
        parts.append(tr("%1 of %2").replace("%1", done).replace("%2", total) + unit)
    if job.state == "running" and progress.per_second:
        speed = progress.per_second
        parts.append(f"{size(speed)}/s" if progress.unit == "bytes" else rate(speed, f"{progress.unit}/s"))
    if job.state == "running" and progress.seconds_left is not None:
        parts.append(time_left(progress.seconds_left))
    if progress.note and _is_active(job):
        parts.append(progress.note)
    if not _is_active(job):
        parts += [moment_text(job.finished_at or job.updated_at, today), *_results(job)]
    return "  ·  ".join(parts)


def _results(job: Job) -> list[str]:
    """What a finished job says for itself: where a file lies, how quick a model is."""
    found: list[str] = []
    for key, value in job.result.items():
        if key in ("path", "note", "summary") and isinstance(value, str):
            found.append(value)
        elif key in _SPEEDS and isinstance(value, int | float) and value:
            found.append(tr(_SPEEDS[key]).replace("%1", rate(value, tr("tok/s"))))
    return found


_SPEEDS = {"generation_tokens_per_s": "writes %1", "prompt_tokens_per_s": "reads %1"}
_STATES = {
    "queued": "Waiting",
    "running": "Running",
    "paused": "Paused",
    "succeeded": "Done",
    "failed": "Failed",
    "cancelled": "Cancelled",
}


def _row(job: Job, today: date) -> JobRow:
    state = str(job.state)
    progress = job.progress
    error = job.error or {}
    return JobRow(
        job_id=str(job.id),
        title=job.title,
        group=tr("Now") if _is_active(job) else tr("Finished"),
        status=state,
        status_text=tr(_STATES[state]),
        detail=_detail(job, today),
        progress=progress.done / progress.total if progress.total else 0.0,
        progress_known=bool(progress.total),
        can_pause=job.pausable and state in ("running", "queued"),
        can_resume=state == "paused",
        can_cancel=_is_active(job),
        can_retry=state in ("failed", "cancelled"),
        error=error.get("sentence", "") if state == "failed" else "",
        error_action=error.get("action", "") if state == "failed" else "",
    )
