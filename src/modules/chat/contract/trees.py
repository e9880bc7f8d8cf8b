"""A whole conversation as one value: what is exported, imported and taken out of a backup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from modules.chat.contract.models import ChatMessage, Conversation
from modules.rag.contract import Citation, RetrievalTrace


@dataclass(frozen=True, slots=True)
class ConversationTree:
    """A conversation with every branch; ``messages`` stand parents first, siblings oldest first.

    The places among siblings (``ChatMessage.sibling_index``) are not filled in: the order of the messages says them.
    """

    conversation: Conversation
    messages: tuple[ChatMessage, ...]
    passages: Mapping[UUID, tuple[Citation, ...]] = field(default_factory=dict)
    """All passages that an answer may cite, by message, of those answers that cite only some of them."""
    traces: Mapping[UUID, RetrievalTrace] = field(default_factory=dict)
    """How the passages of an answer from documents were found, by message."""


@dataclass(frozen=True, slots=True)
class ImportedConversation:
    """What became of a tree: ``added`` messages are new, ``known`` ones were there and stayed as they are.

    ``created``: the conversation itself is new. ``in_trash``: it lies in the trash now, as it did before or as the
    tree says. ``added_ids`` are the new messages: ``ChatClient.take_back`` goes by them.
    """

    conversation_id: UUID
    created: bool
    added: int
    known: int
    in_trash: bool = False
    added_ids: frozenset[UUID] = field(default=frozenset(), compare=False, repr=False)
