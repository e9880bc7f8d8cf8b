"""Conversations and their tree of messages, as others see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from modules.rag.contract import Citation

Role = Literal["system", "user", "assistant"]


class MessageStatus(StrEnum):
    COMPLETE = "complete"
    STREAMING = "streaming"
    STOPPED = "stopped"
    """The user stopped it."""
    INTERRUPTED = "interrupted"
    """The program or the engine ended in the middle; it can be continued."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ChatParams:
    """Per conversation; None means the model's default."""

    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    repeat_penalty: float | None = None
    max_output_tokens: int | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """``active_leaf_id`` is the end of the branch that is shown; ``title_source`` says who named it."""

    id: UUID
    title: str
    title_source: Literal["none", "auto", "user"]
    model: str | None
    system_prompt: str
    params: ChatParams
    active_leaf_id: UUID | None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = None
    draft: str = ""
    collections: tuple[UUID, ...] = ()
    """Answers come from these collections of documents; none: from the model alone. One that is gone is passed over."""
    private: bool = False
    """In memory only: it is in no list but its own, in no backup, and gone when the program ends."""


@dataclass(frozen=True, slots=True)
class ConversationPatch:
    """What to change; None leaves as it is. An empty ``model`` means "the default model"."""

    title: str | None = None
    model: str | None = None
    system_prompt: str | None = None
    params: ChatParams | None = None
    draft: str | None = None
    collections: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class MessageStats:
    """What an answer cost; milliseconds and tokens."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    first_token_ms: float = 0.0
    total_ms: float = 0.0
    tokens_per_s: float = 0.0
    dropped_messages: int = 0
    """Oldest messages that did not fit into the context window."""
    context_length: int = 0


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """``sibling_index`` counts from 0 among ``sibling_count`` alternatives under the same parent."""

    id: UUID
    conversation_id: UUID
    parent_id: UUID | None
    role: Role
    content: str
    status: MessageStatus
    created_at: datetime
    model: str | None = None
    error: dict[str, str] | None = None
    stats: MessageStats | None = None
    citations: tuple[Citation, ...] = ()
    """The passages that ``[n]`` in the content stands for; of an answer from documents."""
    from_documents: bool = False
    """The answer was made from documents, also when nothing was found in them; ``ChatClient.trace`` says how."""
    sibling_index: int = 0
    sibling_count: int = 1
    deleted_at: datetime | None = None
    """Set: it is in the trash or gone for ever; its place in the tree stays, and it shows no content."""
    erased: bool = False
    """Deleted for ever: there is no way back."""


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A window of the active branch, oldest first. ``start`` is the index of the first one in the whole branch."""

    messages: tuple[ChatMessage, ...]
    start: int
    total: int


@dataclass(frozen=True, slots=True)
class ContextMeter:
    """How full the context window is for the next turn, in tokens. ``exact`` is False while only estimated."""

    used: int
    window: int
    reserved_for_answer: int
    dropped_messages: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class SearchHit:
    """``snippet`` marks matches with U+0002 and U+0003 around them, so that no markup is needed.

    ``in_title``: the conversation's title matched; the message is the end of its shown branch.
    """

    conversation_id: UUID
    conversation_title: str
    message_id: UUID
    role: Role
    snippet: str
    score: float
    created_at: datetime
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class TrashedMessage:
    """Messages that were deleted together, as they stand in the trash; ``id`` is the first one's.

    ``text`` is how that one begins, ``count`` how many they are.
    """

    id: UUID
    conversation_id: UUID
    conversation_title: str
    role: Role
    text: str
    count: int
    deleted_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerStarted:
    """Both rows are on disk when this arrives. ``user_message`` is None for regenerate and continue."""

    user_message: ChatMessage | None
    answer: ChatMessage
    meter: ContextMeter | None = None


@dataclass(frozen=True, slots=True)
class AnswerDelta:
    message_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class AnswerProgress:
    """What is done before there is text, in one short sentence ("Searching Contracts"); nothing is stored of it."""

    message_id: UUID
    note: str
    done: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerFinished:
    """The last event of an answer, also after stop, error or the engine's end; the row says which."""

    answer: ChatMessage
    meter: ContextMeter | None = None


AnswerEvent = AnswerStarted | AnswerProgress | AnswerDelta | AnswerFinished


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """Published after the change is stored."""

    conversation_id: UUID
    change: Literal["created", "updated", "trashed", "restored", "deleted", "message"]
    details: dict[str, str] = field(default_factory=dict)
