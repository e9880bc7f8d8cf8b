"""What can go wrong with a job."""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError


class JobsError(HyperSpotError):
    """Anything JobsClient can raise."""


class JobNotFound(JobsError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, job_id: object) -> None:
        super().__init__(f"There is no job {job_id}.", action="List jobs with: hyperspot jobs list")


class JobConflict(JobsError):
    kind = ErrorKind.CONFLICT

    def __init__(self, job_id: object, state: str, verb: str) -> None:
        super().__init__(
            f"Job {job_id} is {state} and cannot be {verb}.", action="Look at its state: hyperspot jobs list"
        )


class UnknownJobKind(JobsError):
    kind = ErrorKind.INVALID

    def __init__(self, kind_name: str) -> None:
        super().__init__(
            f"No module runs jobs of kind {kind_name!r}.", action="Update or enable the module that made this job."
        )
