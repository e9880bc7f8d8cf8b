"""Errors that end up in an answer's row."""

from __future__ import annotations

from modkit.errors import ErrorKind
from modules.chat.contract import ChatError


class AnswerCrashed(ChatError):
    """A bug; the log has the traceback."""

    def __init__(self) -> None:
        super().__init__(
            "The answer ended because of an unexpected error in the program.",
            action="Try again; if it stays so, report it with the log file.",
        )


class AnswerCut(ChatError):
    kind = ErrorKind.LIMITED

    def __init__(self) -> None:
        super().__init__(
            "The answer reached its length limit and was cut.", action="Continue it, or allow longer answers."
        )


class ProgramEnded(ChatError):
    kind = ErrorKind.UNAVAILABLE

    def __init__(self) -> None:
        super().__init__("The program ended while this answer was written.", action="Continue it.")
