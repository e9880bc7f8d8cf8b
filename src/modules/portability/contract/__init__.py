"""What other modules may import from portability."""

from modules.portability.contract.client import PortabilityClient
from modules.portability.contract.errors import (
    ArchiveDamaged,
    CannotWrite,
    NewerFormat,
    NothingToExport,
    PortabilityError,
    TargetExists,
    TooLarge,
    UnknownHistory,
    UnsupportedHistory,
)
from modules.portability.contract.models import (
    ExportFormat,
    ExportReport,
    HistorySource,
    ImportPreview,
    ImportReport,
    PreviewedConversation,
)

__all__ = [
    "ArchiveDamaged",
    "CannotWrite",
    "ExportFormat",
    "ExportReport",
    "HistorySource",
    "ImportPreview",
    "ImportReport",
    "NewerFormat",
    "NothingToExport",
    "PortabilityClient",
    "PortabilityError",
    "PreviewedConversation",
    "TargetExists",
    "TooLarge",
    "UnknownHistory",
    "UnsupportedHistory",
]
