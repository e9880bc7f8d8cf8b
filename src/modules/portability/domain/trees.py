"""Puts messages in the order of their tree, and finds out when they are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from modules.chat.contract import ChatMessage
from modules.portability.contract import ArchiveDamaged


def ordered(messages: Sequence[ChatMessage], name: str) -> tuple[ChatMessage, ...]:
    """The messages with parents before children, otherwise in the order given.

    Raises:
        ArchiveDamaged: an id occurs twice, a parent is missing, or parents form a cycle.
    """
    places = {message.id: place for place, message in enumerate(messages)}
    if len(places) != len(messages):
        raise ArchiveDamaged(f"{name}: two messages have the same id.")
    for message in messages:
        if message.parent_id is not None and message.parent_id not in places:
            raise ArchiveDamaged(f"{name}: message {message.id} answers one that is missing.")
    if all(message.parent_id is None or places[message.parent_id] < places[message.id] for message in messages):
        return tuple(messages)
    return _parents_first(messages, name)


def _parents_first(messages: Sequence[ChatMessage], name: str) -> tuple[ChatMessage, ...]:
    below: defaultdict[UUID | None, list[ChatMessage]] = defaultdict(list)
    for message in messages:
        below[message.parent_id].append(message)
    # A stack of our own: a conversation may be deeper than Python's.
    found: list[ChatMessage] = []
    waiting = below[None][::-1]
    while waiting:
        message = waiting.pop()
        found.append(message)
        waiting += below[message.id][::-1]
    if len(found) != len(messages):
        raise ArchiveDamaged(f"{name}: some messages answer each other in a circle.")
    return tuple(found)


def shown_branch(messages: Sequence[ChatMessage], leaf_id: UUID | None) -> list[ChatMessage]:
    """The messages from the root to the leaf that is shown, oldest first."""
    by_id = {message.id: message for message in messages}
    branch: list[ChatMessage] = []
    at = by_id.get(leaf_id) if leaf_id is not None else None
    while at is not None:
        branch.append(at)
        at = by_id.get(at.parent_id) if at.parent_id is not None else None
    return branch[::-1]
