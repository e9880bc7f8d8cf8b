"""What can go wrong with models, their files, sources and engines."""

from __future__ import annotations

from pathlib import Path

from modkit.errors import ErrorKind, HyperSpotError


class LlmManagerError(HyperSpotError):
    """Anything LlmManagerClient or an EngineSession can raise."""


class ModelNotFound(LlmManagerError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, model_id: str) -> None:
        super().__init__(
            f"There is no model {model_id!r} here.", action="List what there is with: hyperspot models list"
        )
        self.model_id = model_id


class ModelFileMissing(LlmManagerError):
    kind = ErrorKind.GONE
    action = "Put the file back, or remove the model and add it again."


class InvalidModelFile(LlmManagerError):
    """The file is not a model this program can trust: empty, truncated, absurd or foreign."""

    kind = ErrorKind.INVALID
    action = "Download the model again, or choose a GGUF file of a supported architecture."


class ModelAlreadyInstalled(LlmManagerError):
    kind = ErrorKind.CONFLICT
    action = "Use the model that is there, or remove it first."


class FileInTheWay(LlmManagerError):
    """Where a file has to go lies another one, which is never replaced."""

    kind = ErrorKind.CONFLICT

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Another file is in the way: {path}.", action="Move it somewhere else, then try again or resume the job."
        )
        self.path = path


class NotEnoughMemory(LlmManagerError):
    kind = ErrorKind.NO_SPACE
    action = "Unload another model, choose a smaller context, or take a smaller model."


class NotEnoughDisk(LlmManagerError):
    kind = ErrorKind.NO_SPACE
    action = "Free some space on the disk that holds the models, then resume the download."


class DownloadFailed(LlmManagerError):
    kind = ErrorKind.UPSTREAM
    action = "Check the connection and resume the download in Activity, or: hyperspot jobs resume"


class HashMismatch(DownloadFailed):
    action = "The file differs from what its publisher states. Try again; if it stays so, do not use this source."


class WrongPurpose(LlmManagerError):
    kind = ErrorKind.UNSUPPORTED
    action = "Choose a chat model for chatting, an embedding or a reranking model for search."


class ContextOverflow(LlmManagerError):
    kind = ErrorKind.TOO_LARGE
    action = "Shorten the message, start a new conversation, or load the model with a larger context."


class TemplateFailed(LlmManagerError):
    kind = ErrorKind.INVALID
    action = "Import the model again with another chat template, or choose another model."


class ModelLoadFailed(LlmManagerError):
    kind = ErrorKind.UNSUPPORTED
    action = "See the log for the engine's reason; a newer version may support this model."


class EngineDied(LlmManagerError):
    kind = ErrorKind.UNAVAILABLE
    action = "Send again: the engine restarts by itself. The text so far is kept."
