"""What other modules may import from rag."""

from modules.rag.contract.answers import (
    AnswerDone,
    AnswerPiece,
    AskEvent,
    Citation,
    Findings,
    PassagesChosen,
    Query,
    Question,
)
from modules.rag.contract.client import INDEXING, RagClient
from modules.rag.contract.errors import (
    CollectionNotFound,
    EmptyQuestion,
    InvalidName,
    PathNotFound,
    RagError,
    SourceNotFound,
)
from modules.rag.contract.models import Collection, CoverageReport, FileState, IndexedFile, Source

__all__ = [
    "INDEXING",
    "AnswerDone",
    "AnswerPiece",
    "AskEvent",
    "Citation",
    "Collection",
    "CollectionNotFound",
    "CoverageReport",
    "EmptyQuestion",
    "FileState",
    "Findings",
    "IndexedFile",
    "InvalidName",
    "PassagesChosen",
    "PathNotFound",
    "Query",
    "Question",
    "RagClient",
    "RagError",
    "Source",
    "SourceNotFound",
]
