"""Finds the way through a conversation's tree.

The alternatives of a message stand at the same depth, so one plain query over a range of depths gives a window of
the branch together with all its siblings; walking with a CTE is needed only to find where older windows end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from modules.chat.contract import ChatMessage
from modules.chat.infra.storage.entities import MessageEntity
from modules.chat.infra.storage.rows import message_of


def ancestor_statement(leaf_id: UUID, depth: int) -> Select[Any]:
    """(id) of the message at ``depth`` on the way from the leaf to its root; the walk goes up no further."""
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
        .where(walk.c.depth > depth)
    )
    found = select(walk.c.id).where(walk.c.depth == depth).scalar_subquery()
    return select(col(MessageEntity.id)).where(col(MessageEntity.id) == found)


def path_to(bottom_id: UUID, entities: Sequence[MessageEntity]) -> list[ChatMessage]:
    """The messages from the highest given ancestor down to ``bottom_id``, each with its place among its siblings.

    ``entities`` are all messages of some range of depths, oldest first.
    """
    by_id = {entity.id: entity for entity in entities}
    siblings: defaultdict[UUID | None, list[UUID]] = defaultdict(list)
    for entity in entities:
        siblings[entity.parent_id].append(entity.id)
    path: list[ChatMessage] = []
    above = by_id.get(bottom_id)
    while above is not None:
        alike = siblings[above.parent_id]
        path.append(message_of(above, alike.index(above.id), len(alike)))
        above = None if above.parent_id is None else by_id.get(above.parent_id)
    return path[::-1]


def newest_below_statement(message_id: UUID) -> Select[Any]:
    """The newest message at or below the given one. It has no child: a child would be newer."""
    root = aliased(MessageEntity)
    child = aliased(MessageEntity)
    below = (
        select(col(root.id).label("id"), col(root.conversation_id).label("conversation_id"), col(root.seq).label("seq"))
        .where(col(root.id) == message_id)
        .cte("below", recursive=True)
    )
    below = below.union_all(
        select(col(child.id), col(child.conversation_id), col(child.seq)).join(
            below, (col(child.conversation_id) == below.c.conversation_id) & (col(child.parent_id) == below.c.id)
        )
    )
    newest = select(below.c.id).order_by(below.c.seq.desc()).limit(1).scalar_subquery()
    return select(col(MessageEntity.id)).where(col(MessageEntity.id) == newest)
