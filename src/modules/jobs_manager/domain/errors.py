"""Errors that end up in a job's row, or that only this module raises."""

from __future__ import annotations

from modkit.errors import ErrorKind
from modules.jobs_manager.contract import JobsError


class JobCrashed(JobsError):
    """A bug in a handler; the log has the traceback."""

    def __init__(self) -> None:
        super().__init__(
            "The job stopped because of an unexpected error in the program.",
            action="Try again; if it stays so, report it with the log file.",
        )


class JobInterruptedTooOften(JobsError):
    kind = ErrorKind.UNAVAILABLE

    def __init__(self, times: int) -> None:
        super().__init__(
            f"The program ended {times} times in a row while this job ran, and the job made no progress.",
            action="Look into the log, then retry the job.",
        )


class JobsClosing(JobsError):
    kind = ErrorKind.UNAVAILABLE

    def __init__(self) -> None:
        super().__init__("The program is closing.", action="The job goes on at the next start.")
