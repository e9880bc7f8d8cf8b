"""The statement behind full-text search."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, column, func, literal_column, select, table, text
from sqlmodel import col

from modules.chat.infra.storage.entities import ConversationEntity

SNIPPET_WORDS = 24
_INDEX = table("chat_search", column("rowid"), column("rank"))
_DOCS = table("chat_search_docs", column("doc"), column("message_id", Uuid()), column("conversation_id", Uuid()))


def hits_statement(fts5_query: str, limit: int, conversation_id: UUID | None) -> Select[Any]:
    """(message id, conversation, snippet, rank) of the best matches; no message id means that the title matched.

    The full-text index is the outer loop and gives its rows by rank, so the joins run only until ``limit``
    rows are found. Messages belong to their conversation's owner, so scoping the conversation is enough.
    """
    statement = (
        select(_DOCS.c.message_id, ConversationEntity, _snippet(), _INDEX.c.rank)
        .select_from(_INDEX)
        .join(_DOCS, _DOCS.c.doc == _INDEX.c.rowid)
        .join(ConversationEntity, col(ConversationEntity.id) == _DOCS.c.conversation_id)
        .where(
            text("chat_search MATCH :fts5_query").bindparams(fts5_query=fts5_query),
            col(ConversationEntity.deleted_at).is_(None),
        )
    )
    if conversation_id is not None:
        # Within a conversation one looks for a place in it, which its title is not.
        statement = statement.where(col(ConversationEntity.id) == conversation_id, _DOCS.c.message_id.is_not(None))
    return statement.order_by(_INDEX.c.rank).limit(limit)


def _snippet() -> Any:
    # U+0002 and U+0003 cannot be typed into a message, so they mark matches without any escaping.
    return func.snippet(literal_column("chat_search"), 0, "\x02", "\x03", "…", SNIPPET_WORDS)
