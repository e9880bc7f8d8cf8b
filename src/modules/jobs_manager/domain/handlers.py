"""Who runs which kind of job."""

from __future__ import annotations

from dataclasses import dataclass

from modules.jobs_manager.contract import Job, JobHandler, JobState, UnknownJobKind


@dataclass(frozen=True, slots=True)
class Registered:
    """A handler; at most ``concurrency`` of its jobs run at once."""

    handler: JobHandler
    concurrency: int
    pausable: bool


class Handlers:
    """The registered handlers, by kind."""

    def __init__(self) -> None:
        self._by_kind: dict[str, Registered] = {}

    def add(self, kind: str, handler: JobHandler, *, concurrency: int, pausable: bool) -> None:
        """
        Raises:
            ValueError: the kind is taken, or concurrency is below 1 (programming errors).
        """
        if kind in self._by_kind:
            raise ValueError(f"jobs of kind {kind!r} have a handler already")
        if concurrency < 1:
            raise ValueError("concurrency must be at least 1")
        self._by_kind[kind] = Registered(handler, concurrency, pausable)

    def find(self, kind: str) -> Registered | None:
        return self._by_kind.get(kind)

    def get(self, kind: str) -> Registered:
        """
        Raises:
            UnknownJobKind: no handler is registered.
        """
        registered = self._by_kind.get(kind)
        if registered is None:
            raise UnknownJobKind(kind)
        return registered


def waiting_note(job: Job, handlers: Handlers) -> str | None:
    """Why a queued job cannot start, None when it can."""
    if job.state is JobState.QUEUED and handlers.find(job.kind) is None:
        return UnknownJobKind(job.kind).sentence + " It waits."
    return None
