"""The statements over a conversation's tree."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from modules.chat.infra.storage.entities import MessageEntity


def branch_statement(leaf_id: UUID, start: int, end: int) -> Select[Any]:
    """(message, its index among siblings, number of siblings), from depth ``start`` up to before ``end``.

    The walk goes upwards from the leaf by primary key and ends at ``start``: a window at the end of a long
    branch costs as much as the window.
    """
    leaf = aliased(MessageEntity)
    parent = aliased(MessageEntity)
    walk = (
        select(col(leaf.id).label("id"), col(leaf.parent_id).label("parent_id"), col(leaf.depth).label("depth"))
        .where(col(leaf.id) == leaf_id)
        .cte("walk", recursive=True)
    )
    walk = walk.union_all(
        select(col(parent.id), col(parent.parent_id), col(parent.depth))
        .join(walk, col(parent.id) == walk.c.parent_id)
        .where(walk.c.depth > start)
    )
    message = MessageEntity
    return (
        select(message, _siblings(older_only=True), _siblings(older_only=False))
        .join(walk, col(message.id) == walk.c.id)
        .where(walk.c.depth >= start, walk.c.depth < end)
        .order_by(walk.c.depth)
    )


def message_statement(message_id: UUID) -> Select[Any]:
    """As ``branch_statement``, for one message."""
    return select(MessageEntity, _siblings(older_only=True), _siblings(older_only=False)).where(
        col(MessageEntity.id) == message_id
    )


def newest_below_statement(message_id: UUID) -> Select[Any]:
    """The newest message at or below the given one. It has no child: a child would be newer."""
    root = aliased(MessageEntity)
    child = aliased(MessageEntity)
    below = (
        select(col(root.id).label("id"), col(root.conversation_id).label("conversation_id"))
        .where(col(root.id) == message_id)
        .cte("below", recursive=True)
    )
    below = below.union_all(
        select(col(child.id), col(child.conversation_id)).join(
            below, (col(child.conversation_id) == below.c.conversation_id) & (col(child.parent_id) == below.c.id)
        )
    )
    return (
        select(col(MessageEntity.id))
        .join(below, col(MessageEntity.id) == below.c.id)
        .order_by(col(MessageEntity.seq).desc())
        .limit(1)
    )


def _siblings(*, older_only: bool) -> Any:
    other = aliased(MessageEntity)
    count = select(func.count()).where(
        col(other.conversation_id) == col(MessageEntity.conversation_id),
        # "IS" instead of "=": roots are siblings too, and their parent is NULL.
        col(other.parent_id).is_not_distinct_from(col(MessageEntity.parent_id)),
    )
    if older_only:
        count = count.where(col(other.seq) < col(MessageEntity.seq))
    return count.correlate(MessageEntity).scalar_subquery()
