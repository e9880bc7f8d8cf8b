"""One error tree for the whole product: every error has a kind, a sentence, a code and an action."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import ClassVar


class ErrorKind(StrEnum):
    """What kind of failure it is; one place maps kinds to exit codes and, later, to HTTP statuses."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    UNAUTHENTICATED = "unauthenticated"
    GONE = "gone"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    LIMITED = "limited"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    NO_SPACE = "no_space"
    UNAVAILABLE = "unavailable"
    UPSTREAM = "upstream"
    INTERNAL = "internal"


_CAMEL_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class HyperSpotError(Exception):
    """Anything the product raises on purpose.

    ``str(error)`` is a sentence for a person; ``action`` is what that person can do about it (may be
    empty only when there is nothing to do); ``code`` is stable, snake_case, and made from the class name
    unless the class sets one.
    """

    kind: ClassVar[ErrorKind] = ErrorKind.INTERNAL
    code: ClassVar[str] = "hyper_spot_error"
    action: str = ""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = _CAMEL_HUMP.sub("_", cls.__name__.removesuffix("Error")).lower()

    def __init__(self, sentence: str, *, action: str | None = None) -> None:
        super().__init__(sentence)
        if action is not None:
            self.action = action

    @property
    def sentence(self) -> str:
        """The message alone, for places that show the action separately."""
        return str(self.args[0]) if self.args else self.__class__.__name__

    def to_dict(self) -> dict[str, str]:
        """The error as plain data, for pipes, ``--json`` and view-models."""
        return {"kind": self.kind.value, "code": self.code, "sentence": self.sentence, "action": self.action}


class RemoteError(HyperSpotError):
    """An error that arrived as data from a child or another process, with its original kind and code."""

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data.get("sentence", "An error without a message"), action=data.get("action", ""))
        try:
            self.remote_kind = ErrorKind(data.get("kind", ErrorKind.INTERNAL))
        except ValueError:
            self.remote_kind = ErrorKind.INTERNAL
        self.remote_code = data.get("code", "unknown")

    def to_dict(self) -> dict[str, str]:
        """As the original error would have said it."""
        return super().to_dict() | {"kind": self.remote_kind.value, "code": self.remote_code}
