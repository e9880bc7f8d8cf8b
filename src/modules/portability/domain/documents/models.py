"""The shape of a conversation's document, version 2. ``docs/data-format.md`` describes it for others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, field_serializer

from modules.chat.contract import ChatParams, MessageStats, MessageStatus, Role
from modules.rag.contract import Citation, RetrievalTrace

FORMAT = "hyperspot.conversation"
VERSION = 2


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as err:
        raise ValueError("lies outside the calendar") from err


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class _Document(BaseModel):
    # A later version may add fields: what is not known is left out.
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class ConversationFields(_Document):
    """``active_leaf_id`` is the end of the branch that is shown."""

    id: UUID
    title: str
    title_source: Literal["none", "auto", "user"]
    model: str | None
    system_prompt: str
    params: ChatParams
    collections: tuple[UUID, ...]
    active_leaf_id: UUID | None
    created_at: Moment
    updated_at: Moment
    deleted_at: Moment | None = None
    draft: str = ""

    @field_serializer("params")
    def _only_what_is_set(self, params: ChatParams) -> dict[str, Any]:
        return {name: value for name in params.__slots__ if (value := getattr(params, name)) is not None}


class MessageFields(_Document):
    """``passages`` are all that the answer could cite, given when they are more than ``citations``."""

    id: UUID
    parent_id: UUID | None
    role: Role
    content: str
    status: MessageStatus
    created_at: Moment
    model: str | None = None
    stats: MessageStats | None = None
    error: dict[str, str] | None = None
    from_documents: bool = False
    citations: tuple[Citation, ...] = ()
    passages: tuple[Citation, ...] | None = None
    trace: RetrievalTrace | None = None


class ConversationDocument(_Document):
    """A whole conversation: every branch, messages with their parents first, siblings oldest first."""

    format: Literal["hyperspot.conversation"]
    version: Literal[2]
    conversation: ConversationFields
    messages: tuple[MessageFields, ...]
