"""What goes wrong inside a child, as data for the pipe: our errors as they are, bugs without their contents."""

from __future__ import annotations

import sys
import traceback
from typing import ClassVar

from modkit.errors import ErrorKind, HyperSpotError


class ChildMethodUnknown(HyperSpotError):
    """The child's kind has no handler of that name: owner and child are of different versions."""

    kind: ClassVar[ErrorKind] = ErrorKind.UNSUPPORTED
    action = "Reinstall the program: its parts do not fit together."


class ChildAnswerMisfit(HyperSpotError):
    """A stream where a result was asked for, or the reverse."""

    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT


class ChildCallCancelled(HyperSpotError):
    """An async handler was cancelled; usually nobody waits for this any more."""

    kind: ClassVar[ErrorKind] = ErrorKind.CANCELLED


def call_cancelled(kind: str) -> ChildCallCancelled:
    """For a task that was cancelled."""
    return ChildCallCancelled(f"The {kind} process stopped this call when asked to")


def unknown_method(kind: str, method: object) -> ChildMethodUnknown:
    """For a method nobody wrote."""
    return ChildMethodUnknown(f"The {kind} process does not know {method!r}")


def wrong_shape(kind: str, what: str) -> ChildAnswerMisfit:
    """For a call that cannot be answered in the way it was made."""
    return ChildAnswerMisfit(f"The {kind} process {what}")


def as_data(error: BaseException, kind: str) -> dict[str, str]:
    """The error as the owner will see it. A bug's message may quote a document: only its type leaves the child."""
    if isinstance(error, HyperSpotError):
        return error.to_dict()
    if isinstance(error, MemoryError):
        sentence = f"The {kind} process needs more memory than it may use"
        return _data(ErrorKind.LIMITED, "child_memory", sentence, "Use a smaller input, or raise its memory limit.")
    traceback.print_exception(error, file=sys.stderr)
    sentence = f"The {kind} process hit an internal error ({type(error).__name__})"
    return _data(ErrorKind.INTERNAL, "child_bug", sentence, "Try again; the details are in the debug log.")


def _data(kind: ErrorKind, code: str, sentence: str, action: str) -> dict[str, str]:
    return {"kind": kind.value, "code": code, "sentence": sentence, "action": action}
