"""What other modules may import from jobs-manager."""

from modules.jobs_manager.contract.client import JobHandler, JobRun, JobsClient
from modules.jobs_manager.contract.errors import JobConflict, JobNotFound, JobsError, UnknownJobKind
from modules.jobs_manager.contract.models import ACTIVE_STATES, Job, JobChanged, JobProgress, JobState

__all__ = [
    "ACTIVE_STATES",
    "Job",
    "JobChanged",
    "JobConflict",
    "JobHandler",
    "JobNotFound",
    "JobProgress",
    "JobRun",
    "JobState",
    "JobsClient",
    "JobsError",
    "UnknownJobKind",
]
