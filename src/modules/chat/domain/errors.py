"""Errors that end up in an answer's row."""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError
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


class AnswerNotStoredYet(ChatError):
    """The disk is full; the answer waits in memory and is stored as soon as there is room."""

    kind = ErrorKind.NO_SPACE
    code = "no_space"

    def __init__(self, cause: HyperSpotError) -> None:
        self.needed_bytes = int(cause.to_dict().get("needed_bytes", 0))
        room = f"at least {-(-self.needed_bytes // 1_000_000)} MB" if self.needed_bytes else "some space"
        super().__init__(
            "The disk is full; this answer is kept in memory until there is room.",
            action=f"Free {room} on the disk of your profile: the answer is stored by itself then.",
        )

    def to_dict(self) -> dict[str, str]:
        return super().to_dict() | {"needed_bytes": str(self.needed_bytes)}
