"""What other modules may import from backups."""

from modules.backups.contract.client import BackupsClient
from modules.backups.contract.errors import (
    BackupFolderUnusable,
    BackupNotFound,
    BackupsError,
    NothingToRestore,
    SecondFolderUnusable,
    UnknownDatabase,
)
from modules.backups.contract.models import (
    BackupInfo,
    BackupReason,
    BackupsStatus,
    BackupState,
    PreviewedConversation,
    RestoredConversation,
    RestoreDecision,
    TrashedBackup,
)

__all__ = [
    "BackupFolderUnusable",
    "BackupInfo",
    "BackupNotFound",
    "BackupReason",
    "BackupState",
    "BackupsClient",
    "BackupsError",
    "BackupsStatus",
    "NothingToRestore",
    "PreviewedConversation",
    "RestoreDecision",
    "RestoredConversation",
    "SecondFolderUnusable",
    "TrashedBackup",
    "UnknownDatabase",
]
