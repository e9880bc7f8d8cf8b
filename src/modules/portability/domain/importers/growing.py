"""Makes our tree from foreign nodes: what is left out is bridged, cycles and missing parents are errors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid5

from modules.chat.contract import ChatMessage, ChatParams, Conversation, ConversationTree, MessageStatus, Role
from modules.portability.contract import ArchiveDamaged
from modules.portability.domain.importers.foreign import Reading, text

_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Node:
    """A foreign message; without ``role`` or ``content`` it only holds those below it."""

    id: str
    parent: str | None
    role: Role | None = None
    content: str = ""
    created_at: datetime | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a foreign conversation beside its messages; ``current`` is the end of what it showed."""

    id: str
    title: str
    created_at: datetime | None = None
    updated_at: datetime | None = None
    system_prompt: str = ""
    current: str | None = None
    params: ChatParams = field(default_factory=ChatParams)


def grow(reading: Reading, where: str, facts: Facts, nodes: Sequence[Node]) -> ConversationTree:
    """The conversation with all its branches, messages by their time.

    Raises:
        ArchiveDamaged: an id occurs twice, a parent is missing, or parents form a cycle.
    """
    conversation_id = reading.conversation_id(facts.id)
    begun = facts.created_at or facts.updated_at or _first_time(nodes)
    messages, kept = _messages(conversation_id, where, begun, nodes)
    leaf = kept.get(facts.current) if facts.current is not None else None
    last = max((one.created_at for one in messages), default=begun)
    title = " ".join(text(facts.title).split())
    conversation = Conversation(
        conversation_id,
        title,
        "user" if title else "none",
        None,
        facts.system_prompt,
        facts.params,
        leaf or (messages[-1].id if messages else None),
        begun,
        max(last, facts.updated_at or last),
    )
    return ConversationTree(conversation, tuple(messages))


def _first_time(nodes: Sequence[Node]) -> datetime:
    return min((node.created_at for node in nodes if node.created_at is not None), default=_NO_TIME)


def _messages(
    conversation_id: UUID, where: str, begun: datetime, nodes: Sequence[Node]
) -> tuple[list[ChatMessage], dict[str, UUID | None]]:
    """The messages, and for every node the one at or above it that was kept."""
    below = _children(nodes, where)
    kept: dict[str, UUID | None] = {}
    times: dict[str, datetime] = {}
    found: list[ChatMessage] = []
    # A stack of our own: a conversation may be deeper than Python's.
    waiting = below[None][::-1]
    while waiting:
        node = waiting.pop()
        above = kept[node.parent] if node.parent is not None else None
        # No message is older than the one that it answers, whatever the file says; so sorting keeps the tree.
        earliest = times[node.parent] if node.parent is not None else begun
        at = earliest if node.created_at is None else node.created_at
        times[node.id] = max(at, earliest) if node.parent is not None else at
        kept[node.id] = above
        if node.role is not None and node.content.strip():
            message_id = uuid5(conversation_id, node.id)
            kept[node.id] = message_id
            found.append(
                ChatMessage(
                    message_id,
                    conversation_id,
                    above,
                    node.role,
                    node.content,
                    MessageStatus.COMPLETE,
                    times[node.id],
                    node.model,
                )
            )
        waiting += below[node.id][::-1]
    if len(kept) != len(nodes):
        raise ArchiveDamaged(f"{where}: some messages answer each other in a circle.")
    # Stable: what has the same time stays in the order of the tree, parents first.
    return sorted(found, key=lambda one: one.created_at), kept


def _children(nodes: Sequence[Node], where: str) -> defaultdict[str | None, list[Node]]:
    ids = {node.id for node in nodes}
    if len(ids) != len(nodes):
        raise ArchiveDamaged(f"{where}: two messages have the same id.")
    below: defaultdict[str | None, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.parent is not None and node.parent not in ids:
            raise ArchiveDamaged(f"{where}: message {node.id} answers one that is missing.")
        below[node.parent].append(node)
    return below
