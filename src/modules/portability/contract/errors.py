"""What can go wrong with an export or an import."""

from __future__ import annotations

from pathlib import Path

from modkit.errors import ErrorKind, HyperSpotError


class PortabilityError(HyperSpotError):
    """Anything PortabilityClient can raise."""


class TargetExists(PortabilityError):
    kind = ErrorKind.CONFLICT

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already.", action="Choose another name, or say that it may be replaced.")
        self.path = path


class CannotWrite(PortabilityError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written: {reason}.", action="Choose another place; nothing is left of what was written."
        )


class NothingToExport(PortabilityError):
    kind = ErrorKind.NOT_FOUND
    action = "Begin a conversation first."


class PdfNotPossible(PortabilityError):
    """Pages are drawn by the window; this program runs without one."""

    kind = ErrorKind.UNSUPPORTED
    action = "Open the window and run this again, or export HTML and print it from a browser."


class NothingToUndo(PortabilityError):
    """The import is unknown, too old, or undone already."""

    kind = ErrorKind.NOT_FOUND
    action = "Put the conversations that it made into the trash."


class UnknownHistory(PortabilityError):
    """The file is readable, but no export that is known."""

    kind = ErrorKind.UNSUPPORTED
    action = (
        "Give the file as the program exported it: conversations.json or the ZIP of ChatGPT or Claude, the chat export "
        "of Open WebUI, a conversation of LM Studio, the threads folder of Jan, the chats of GPT4All, or an export of "
        "HyperSpot."
    )


class UnsupportedHistory(PortabilityError):
    """The program that wrote it is known, its format cannot be read."""

    kind = ErrorKind.UNSUPPORTED


class NewerFormat(PortabilityError):
    """A later version of this program wrote it."""

    kind = ErrorKind.UNSUPPORTED
    action = "Update this program, then import it again; nothing was stored."


class ArchiveDamaged(PortabilityError):
    """It does not hold what it should; nothing of it was stored."""

    kind = ErrorKind.INVALID
    action = "Export or download it again; nothing was stored."


class TooLarge(PortabilityError):
    """It would need more memory or disk than an import may take; nothing of it was stored."""

    kind = ErrorKind.TOO_LARGE
    action = "Import it in parts; if it is small, it was made to do harm."
