"""What all foreign histories need: careful looks into their JSON, times in any form, and ids that stay the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID, uuid5

from modules.chat.contract import ConversationTree
from modules.portability.contract import ArchiveDamaged, HistorySource

# C0 and C1 controls but tab and line feed, and lone surrogates: never meant, and they break terminals and search.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Unix times above this are milliseconds: as seconds it would be the year 5138.
_MILLISECONDS_ABOVE = 1e11


@dataclass(frozen=True, slots=True)
class Reading:
    """One import: whose it is, where it comes from, and what had to be left out so far."""

    owner: UUID
    source: HistorySource
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, what: str) -> None:
        """Count something that cannot be taken over; ``what`` names it in the plural."""
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def conversation_id(self, foreign_id: str) -> UUID:
        """Always the same for the same conversation of the same user, so that it is recognised the second time."""
        return uuid5(self.owner, f"{self.source.value}:{foreign_id}")


class Reader(Protocol):
    """One foreign format; implemented by the modules beside this one."""

    source: HistorySource

    def matches(self, value: Any) -> bool:
        """Whether a parsed JSON file looks like this format."""

    def trees(self, value: Any, name: str, reading: Reading) -> Iterator[ConversationTree]:
        """The conversations in a file; ``name`` is what errors call it (ArchiveDamaged)."""


def objects_of(value: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A file that is one conversation or a list of them."""
    if isinstance(value, Mapping):
        yield name, value
        return
    for number, one in enumerate(value, 1):
        where = f"{name}: conversation {number}"
        yield where, mapping(one, where)


def mapping(value: Any, where: str) -> Mapping[str, Any]:
    """
    Raises:
        ArchiveDamaged: it is no object.
    """
    if not isinstance(value, Mapping):
        raise ArchiveDamaged(f"{where} is not an object.")
    return value


def sequence(value: Any, where: str) -> Sequence[Any]:
    """A list; None is an empty one.

    Raises:
        ArchiveDamaged: it is no list.
    """
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ArchiveDamaged(f"{where} is not a list.")
    return value


def text(value: Any) -> str:
    """Clean text; "" for anything that is none."""
    if not isinstance(value, str):
        return ""
    return _NOT_TEXT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def optional_text(value: Any) -> str | None:
    return text(value) or None


def first_object(value: Any) -> Mapping[str, Any]:
    """A file's only object or its first one; empty when there is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, Mapping) else {}


def required_id(value: Any, where: str) -> str:
    """
    Raises:
        ArchiveDamaged: there is no id.
    """
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise ArchiveDamaged(f"{where} has no id.")
    return str(value)


def moment(value: Any, where: str) -> datetime | None:
    """A time given as Unix seconds or milliseconds, or in ISO 8601; None when there is none.

    Raises:
        ArchiveDamaged: it lies outside the calendar, or is no time.
    """
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        if isinstance(value, int | float):
            seconds = value / 1000 if abs(value) > _MILLISECONDS_ABOVE else value
            return datetime.fromtimestamp(seconds, UTC)
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as err:
        raise ArchiveDamaged(f"{where} has an impossible time.") from err
    raise ArchiveDamaged(f"{where} has a time of an unknown form.")
