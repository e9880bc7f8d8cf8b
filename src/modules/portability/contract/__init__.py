"""What other modules may import from portability."""

from modules.portability.contract.client import PdfPrinter, PortabilityClient
from modules.portability.contract.errors import (
    ArchiveDamaged,
    CannotWrite,
    NewerFormat,
    NothingToExport,
    NothingToUndo,
    PdfNotPossible,
    PortabilityError,
    TargetExists,
    TooLarge,
    UnknownHistory,
    UnsupportedHistory,
)
from modules.portability.contract.models import (
    ExchangeProgress,
    ExportFormat,
    ExportReport,
    HistorySource,
    ImportPreview,
    ImportReport,
    PreviewedCollection,
    PreviewedConversation,
    Tell,
    UndoReport,
)

__all__ = [
    "ArchiveDamaged",
    "CannotWrite",
    "ExchangeProgress",
    "ExportFormat",
    "ExportReport",
    "HistorySource",
    "ImportPreview",
    "ImportReport",
    "NewerFormat",
    "NothingToExport",
    "NothingToUndo",
    "PdfNotPossible",
    "PdfPrinter",
    "PortabilityClient",
    "PortabilityError",
    "PreviewedCollection",
    "PreviewedConversation",
    "TargetExists",
    "Tell",
    "TooLarge",
    "UndoReport",
    "UnknownHistory",
    "UnsupportedHistory",
]
