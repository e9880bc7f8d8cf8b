"""Looks a whole tree over before it is stored: what the tables rely on must hold whoever made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID

from modules.chat.contract import ChatMessage, Conversation, ConversationTree, InvalidTree, MessageStatus, Role
from modules.chat.domain.errors import ProgramEnded
from modules.chat.domain.text import clean, clean_line, clean_piece

TITLE_CHARACTERS = 200
_ROLES = frozenset(get_args(Role))
_TITLE_SOURCES = frozenset(("none", "auto", "user"))


def checked_tree(tree: ConversationTree) -> ConversationTree:
    """The tree as it can be stored: texts cleaned, answers that were being written marked as interrupted.

    Raises:
        InvalidTree: an id occurs twice, a parent stands behind its child, a message belongs to another conversation,
            a role is unknown, or a time has no time zone.
    """
    conversation = _checked_conversation(tree.conversation)
    places = {message.id: place for place, message in enumerate(tree.messages)}
    if len(places) != len(tree.messages):
        raise InvalidTree(tree.conversation.id, "two of its messages have the same id")
    messages = tuple(_checked_message(message, conversation.id, places) for message in tree.messages)
    return replace(tree, conversation=conversation, messages=messages)


def _checked_conversation(conversation: Conversation) -> Conversation:
    for moment in (conversation.created_at, conversation.updated_at, conversation.deleted_at):
        _check_time(conversation.id, moment)
    if conversation.title_source not in _TITLE_SOURCES:
        raise InvalidTree(conversation.id, f"its title comes from {conversation.title_source!r}, which is unknown")
    return replace(
        conversation,
        title=clean_line(conversation.title, TITLE_CHARACTERS),
        system_prompt=clean(conversation.system_prompt),
        draft=clean(conversation.draft),
    )


def _checked_message(message: ChatMessage, conversation_id: UUID, places: Mapping[UUID, int]) -> ChatMessage:
    if message.conversation_id != conversation_id:
        raise InvalidTree(conversation_id, f"message {message.id} belongs to another conversation")
    if message.role not in _ROLES:
        raise InvalidTree(conversation_id, f"message {message.id} has the unknown role {message.role!r}")
    if message.parent_id is not None and places.get(message.parent_id, -1) >= places[message.id]:
        raise InvalidTree(conversation_id, f"message {message.id} stands before the one that it answers")
    _check_time(conversation_id, message.created_at)
    message = replace(message, content=clean_piece(message.content))
    if message.status is MessageStatus.STREAMING:
        # Nobody writes it here, so that it would stay unfinished for ever.
        return replace(message, status=MessageStatus.INTERRUPTED, error=message.error or ProgramEnded().to_dict())
    return message


def _check_time(conversation_id: UUID, moment: datetime | None) -> None:
    if moment is None:
        return
    if moment.tzinfo is None:
        raise InvalidTree(conversation_id, "one of its times has no time zone")
    try:
        moment.astimezone(UTC)
    except OverflowError as err:
        raise InvalidTree(conversation_id, "one of its times lies outside the calendar") from err
