"""What can go wrong with a document, each with one sentence and what to do about it."""

from __future__ import annotations

from typing import ClassVar

from modkit.errors import ErrorKind, HyperSpotError


class FileParserError(HyperSpotError):
    """Anything FileParserClient can raise.

    The leaves that a parser itself finds out (encrypted, broken, empty, unsupported, too large) are made again on
    this side of the pipe from their code and sentence.
    """


class DocumentNotFound(FileParserError):
    """There is no such file, or it is not a file."""

    kind: ClassVar[ErrorKind] = ErrorKind.NOT_FOUND
    action = "Check the path; the file may have been moved or its drive taken away."


class DocumentUnreadable(FileParserError):
    """The operating system refuses the file."""

    kind: ClassVar[ErrorKind] = ErrorKind.FORBIDDEN
    action = "Check that you may read the file and that its drive works."


class DocumentTooLarge(FileParserError):
    """The file, or what it unpacks to, is over a limit."""

    kind: ClassVar[ErrorKind] = ErrorKind.TOO_LARGE
    action = "Split the file, or raise the limit in the configuration of file-parser."


class DocumentUnsupported(FileParserError):
    """No parser reads this format."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNSUPPORTED
    action = "Save it in a common format such as PDF, DOCX or plain text."


class DocumentEncrypted(FileParserError):
    """The file is protected by a password."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNSUPPORTED
    action = "Open it in its own program and save a copy without a password."


class DocumentBroken(FileParserError):
    """The file is damaged, cut off, or not what it claims to be."""

    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    action = "Open it in its own program to see whether it is whole, or get it again."


class DocumentEmpty(FileParserError):
    """There is no text in it."""

    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    action = "Nothing needs to be done, unless you expected text in it."


class ConverterUnavailable(FileParserError):
    """The server that turns this format into a readable one does not answer."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNAVAILABLE
    action = "Start the Tika server and try again, or take its address out of the configuration of file-parser."


class ParserTimedOut(FileParserError):
    """The parser showed no progress for too long and was ended."""

    kind: ClassVar[ErrorKind] = ErrorKind.TIMEOUT
    action = "The file may be damaged or made to do this. Saving it anew in its own program may help."


class ParserDied(FileParserError):
    """The parser crashed or ran out of its memory; only this document is affected."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNAVAILABLE
    action = "The file may be damaged or too complex. Saving it anew in its own program may help."


BY_CODE: dict[str, type[FileParserError]] = {
    error.code: error
    for error in (DocumentTooLarge, DocumentUnsupported, DocumentEncrypted, DocumentBroken, DocumentEmpty)
}
"""Those that a child may raise, by the code under which they arrive."""
