"""All queries of chat."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col

from modkit.db import Database, ReadSession
from modkit.db.errors import ConstraintViolated
from modkit.security import AccessScope, SecurityContext
from modules.chat.contract import (
    ChatMessage,
    Conversation,
    ConversationTree,
    ImportedConversation,
    InvalidTree,
    MessageNotFound,
    MessagePage,
    MessageStatus,
    Role,
    SearchHit,
    TrashedMessage,
)
from modules.chat.domain.ports import AnswerRow, NewConversation, NewMessage
from modules.chat.domain.search_query import SearchQuery
from modules.chat.infra.storage.documents import passages_of, trace_json, trace_of
from modules.chat.infra.storage.entities import ConversationEntity, MessageEntity, TraceEntity
from modules.chat.infra.storage.rows import (
    answer_columns,
    collections_json,
    conversation_columns,
    conversation_of,
    message_of,
    params_json,
)
from modules.chat.infra.storage.search import hits_statement
from modules.chat.infra.storage.taking_back import take_back
from modules.chat.infra.storage.trash import (
    FULL_TEXT,
    clear_conversation,
    erase_message,
    messages_trashed_before,
    restore_conversations,
    restore_message,
    trash_conversations,
    trash_message,
    trashed_messages,
)
from modules.chat.infra.storage.tree import ancestor_statement, newest_below_statement, path_to
from modules.chat.infra.storage.whole import places_of, read_tree, store_tree
from modules.rag.contract import Citation, RetrievalTrace

_KNOWN_ENDS = 512


class SqlChatStore:
    """Implements ChatStore on the module's database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # (leaf, index) → the message there. The way up from a message never changes, so this is never wrong.
        self._known_ends: OrderedDict[tuple[UUID, int], UUID] = OrderedDict()

    async def create(self, ctx: SecurityContext, new: NewConversation) -> Conversation:
        entity = ConversationEntity(
            title=new.title,
            title_source="user" if new.title else "none",
            model=new.model,
            system_prompt=new.system_prompt,
            params_json=params_json(new.params),
            collections_json=collections_json(new.collections),
        )
        async with self._database.write(ctx) as session:
            return conversation_of(await session.insert(entity))

    async def conversation(self, ctx: SecurityContext, conversation_id: UUID) -> Conversation | None:
        async with self._database.read(ctx) as session:
            entity = await session.get(ConversationEntity, conversation_id)
        return None if entity is None else conversation_of(entity)

    async def conversations(
        self, ctx: SecurityContext, *, trashed: bool, limit: int, offset: int, private: bool = False
    ) -> list[Conversation]:
        if private:
            return []
        deleted_at = col(ConversationEntity.deleted_at)
        async with self._database.read(ctx) as session:
            query = (
                session.select(ConversationEntity)
                .where(deleted_at.is_not(None) if trashed else deleted_at.is_(None))
                .order_by(col(ConversationEntity.used_at).desc(), col(ConversationEntity.id).desc())
                .limit(limit)
                .offset(offset)
            )
            return [conversation_of(entity) for entity in await session.all(query)]

    async def update(
        self, ctx: SecurityContext, conversation_id: UUID, changes: Mapping[str, Any], *, only_title_source: str = ""
    ) -> Conversation | None:
        conditions = [col(ConversationEntity.id) == conversation_id]
        if only_title_source:
            conditions.append(col(ConversationEntity.title_source) == only_title_source)
        async with self._database.write(ctx) as session:
            if await session.update_where(ConversationEntity, conversation_columns(changes), *conditions) == 0:
                return None
            entity = await session.get(ConversationEntity, conversation_id)
        return None if entity is None else conversation_of(entity)

    async def trash(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        async with self._database.write(ctx) as session:
            return await trash_conversations(session, conversation_ids)

    async def restore(self, ctx: SecurityContext, conversation_ids: Sequence[UUID]) -> tuple[UUID, ...]:
        async with self._database.write(ctx) as session:
            return await restore_conversations(session, conversation_ids)

    async def delete(self, ctx: SecurityContext, conversation_id: UUID) -> bool:
        async with self._database.write(ctx) as session:
            entity = await session.get(ConversationEntity, conversation_id)
            # Asked here, inside the transaction: it may have been restored since somebody looked.
            if entity is None or entity.deleted_at is None:
                return False
            messages = await session.delete_where(MessageEntity, col(MessageEntity.conversation_id) == conversation_id)
            if messages or entity.title or entity.system_prompt or entity.draft:
                await session.mark_for_erasing(self._database.module, FULL_TEXT)
            return await session.delete(entity)

    async def erase_deleted(self) -> bool:
        return await self._database.erase_deleted()

    async def trash_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        async with self._database.write(ctx) as session:
            return await trash_message(session, message_id)

    async def clear(self, ctx: SecurityContext, conversation_id: UUID) -> tuple[UUID, ...]:
        async with self._database.write(ctx) as session:
            return await clear_conversation(session, conversation_id)

    async def restore_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        async with self._database.write(ctx) as session:
            return await restore_message(session, message_id)

    async def erase_message(self, ctx: SecurityContext, message_id: UUID) -> tuple[UUID, ...]:
        async with self._database.write(ctx) as session:
            if erased := await erase_message(session, message_id):
                await session.mark_for_erasing(self._database.module, FULL_TEXT)
        return erased

    async def trashed_messages(self, ctx: SecurityContext, *, limit: int) -> list[TrashedMessage]:
        async with self._database.read(ctx) as session:
            return await trashed_messages(session, limit)

    async def messages_trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        everyone = AccessScope.allow_all()
        async with self._database.read(SecurityContext.anonymous(), scope=everyone) as session:
            return await messages_trashed_before(session, moment)

    async def trashed_before(self, moment: datetime) -> Sequence[tuple[SecurityContext, UUID]]:
        everyone = AccessScope.allow_all()
        async with self._database.read(SecurityContext.anonymous(), scope=everyone) as session:
            old = session.select(ConversationEntity).where(col(ConversationEntity.deleted_at) < moment)
            found = await session.all(old)
        return [(SecurityContext(entity.owner_id, entity.tenant_id), entity.id) for entity in found]

    async def message(self, ctx: SecurityContext, message_id: UUID) -> ChatMessage | None:
        async with self._database.read(ctx) as session:
            return await _with_siblings(session, message_id)

    async def branch(self, ctx: SecurityContext, leaf_id: UUID, *, before: int | None, limit: int) -> MessagePage:
        async with self._database.read(ctx) as session:
            leaf = await session.get(MessageEntity, leaf_id)
            if leaf is None:
                return MessagePage((), 0, 0)
            total = leaf.depth + 1
            end = total if before is None else max(0, min(before, total))
            start = max(0, end - limit)
            if start == end:
                return MessagePage((), start, total)
            bottom_id = await self._message_at(session, leaf, end - 1)
            depth = col(MessageEntity.depth)
            window = session.select(MessageEntity).where(
                col(MessageEntity.conversation_id) == leaf.conversation_id, depth >= start, depth < end
            )
            entities = await session.all(window.order_by(col(MessageEntity.seq)))
        messages = path_to(bottom_id, entities)
        if messages[0].parent_id is not None:
            self._remember_end(leaf_id, start - 1, messages[0].parent_id)
        return MessagePage(tuple(messages), start, total)

    async def _message_at(self, session: ReadSession, leaf: MessageEntity, index: int) -> UUID:
        if index == leaf.depth:
            return leaf.id
        known = self._known_ends.get((leaf.id, index))
        if known is not None:
            return known
        rows = await session.rows(ancestor_statement(leaf.id, index), MessageEntity)
        found: UUID = rows[0][0]
        return found

    def _remember_end(self, leaf_id: UUID, index: int, message_id: UUID) -> None:
        # Who scrolls up asks next for what stands before this window.
        self._known_ends[leaf_id, index] = message_id
        while len(self._known_ends) > _KNOWN_ENDS:
            self._known_ends.popitem(last=False)

    async def siblings(self, ctx: SecurityContext, message: ChatMessage) -> list[UUID]:
        async with self._database.read(ctx) as session:
            alike = await _siblings(session, message.conversation_id, message.parent_id)
        return [entity.id for entity in alike]

    async def newest_leaf(self, ctx: SecurityContext, message: ChatMessage) -> UUID:
        async with self._database.read(ctx) as session:
            rows = await session.rows(newest_below_statement(message.id), MessageEntity)
        return rows[0][0] if rows else message.id

    async def has_replies(self, ctx: SecurityContext, message: ChatMessage) -> bool:
        async with self._database.read(ctx) as session:
            replies = session.select(MessageEntity).where(
                col(MessageEntity.conversation_id) == message.conversation_id,
                col(MessageEntity.parent_id) == message.id,
            )
            return await session.exists(replies)

    async def tree(self, ctx: SecurityContext, conversation_id: UUID) -> list[ChatMessage]:
        async with self._database.read(ctx) as session:
            query = session.select(MessageEntity).where(col(MessageEntity.conversation_id) == conversation_id)
            entities = await session.all(query.order_by(col(MessageEntity.seq)))
        return [message_of(entity) for entity in entities]

    async def whole(self, ctx: SecurityContext, conversation_id: UUID) -> ConversationTree | None:
        async with self._database.read(ctx) as session:
            return await read_tree(session, conversation_id)

    async def places_of(self, ctx: SecurityContext, message_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        async with self._database.read(ctx) as session:
            return await places_of(session, message_ids)

    async def import_tree(self, ctx: SecurityContext, tree: ConversationTree) -> ImportedConversation:
        # A conversation that was deleted and comes back may be another tree with the same ids.
        self._known_ends.clear()
        try:
            async with self._database.write(ctx) as session:
                return await store_tree(session, ctx, tree)
        except ConstraintViolated as err:
            raise InvalidTree(tree.conversation.id, "one of its ids is taken by another conversation") from err

    async def take_back(self, ctx: SecurityContext, imported: ImportedConversation) -> bool:
        self._known_ends.clear()
        async with self._database.write(ctx) as session:
            return await take_back(session, imported)

    async def append(
        self,
        ctx: SecurityContext,
        conversation_id: UUID,
        messages: Sequence[NewMessage],
        changes: Mapping[str, Any],
    ) -> list[ChatMessage]:
        async with self._database.write(ctx) as session:
            seq = await _last_seq(session, conversation_id)
            depths: dict[UUID, int] = {}
            for number, new in enumerate(messages, start=seq + 1):
                depths[new.id] = await _depth_below(session, new.parent_id, depths)
                entity = MessageEntity(
                    id=new.id,
                    conversation_id=conversation_id,
                    parent_id=new.parent_id,
                    depth=depths[new.id],
                    seq=number,
                    role=new.role,
                    status=new.status.value,
                    model=new.model,
                    content=new.content,
                )
                await session.insert(entity)
            mine = col(ConversationEntity.id) == conversation_id
            await session.update_where(ConversationEntity, conversation_columns(changes), mine)
            stored = [await _with_siblings(session, new.id) for new in messages]
        return [message for message in stored if message is not None]

    async def save_answer(self, ctx: SecurityContext, message_id: UUID, row: AnswerRow) -> None:
        async with self._database.write(ctx) as session:
            changed = await session.update_where(
                MessageEntity, answer_columns(row), col(MessageEntity.id) == message_id
            )
            if changed and row.trace is not None:
                await session.delete_where(TraceEntity, col(TraceEntity.id) == message_id)
                await session.insert(
                    TraceEntity(
                        id=message_id,
                        tenant_id=ctx.subject_tenant_id,
                        owner_id=ctx.subject_id,
                        trace_json=trace_json(row.trace),
                    )
                )

    async def passages(self, ctx: SecurityContext, message_id: UUID) -> tuple[Citation, ...]:
        async with self._database.read(ctx) as session:
            entity = await session.get(MessageEntity, message_id)
        return () if entity is None else passages_of(entity.passages_json)

    async def trace(self, ctx: SecurityContext, message_id: UUID) -> RetrievalTrace | None:
        async with self._database.read(ctx) as session:
            message = await session.get(MessageEntity, message_id)
            entity = await session.get(TraceEntity, message_id)
        hidden = entity is None or message is None or message.deleted_at is not None
        return None if hidden or entity is None else trace_of(entity.trace_json)

    async def interrupt_all(self, error: Mapping[str, str]) -> int:
        everyone = AccessScope.allow_all()
        async with self._database.write(SecurityContext.anonymous(), scope=everyone) as session:
            return await session.update_where(
                MessageEntity,
                {"status": MessageStatus.INTERRUPTED.value, "error_json": json.dumps(dict(error))},
                col(MessageEntity.status) == MessageStatus.STREAMING.value,
            )

    async def search(
        self, ctx: SecurityContext, query: SearchQuery, *, limit: int, conversation_id: UUID | None
    ) -> list[SearchHit]:
        if not query.terms or limit < 1:
            return []
        found = await self._search(ctx, query.fts5("AND"), limit, conversation_id)
        # OR costs much more than AND, and is only wanted when AND finds little.
        if len(found) < min(limit, 5) and len(query.terms) > 1:
            known = {(hit.message_id, hit.conversation_id) for hit in found}
            more = await self._search(ctx, query.fts5("OR"), limit, conversation_id)
            found += [hit for hit in more if (hit.message_id, hit.conversation_id) not in known]
        # A title is usually the beginning of the first message: once is enough.
        said = {hit.conversation_id for hit in found if not hit.in_title}
        return [hit for hit in found if not (hit.in_title and hit.conversation_id in said)][:limit]

    async def _search(
        self, ctx: SecurityContext, fts5_query: str, limit: int, conversation_id: UUID | None
    ) -> list[SearchHit]:
        async with self._database.read(ctx) as session:
            rows = await session.rows(hits_statement(fts5_query, limit, conversation_id), ConversationEntity)
            ids = [row[0] for row in rows if row[0] is not None]
            messages = await session.rows(_about(ids), MessageEntity)
        about = {row[0]: (cast(Role, row[1]), cast(datetime, row[2])) for row in map(tuple, messages)}
        return [_hit(row[1], row[0], about.get(row[0]), row[2], row[3]) for row in map(tuple, rows)]


def _about(message_ids: Sequence[UUID]) -> Select[Any]:
    message = MessageEntity
    columns: Any = select(col(message.id), col(message.role), col(message.created_at))
    statement: Select[Any] = columns.where(col(message.id).in_(message_ids))
    return statement


def _hit(
    conversation: ConversationEntity,
    message_id: UUID | None,
    about: tuple[Role, datetime] | None,
    snippet: str,
    rank: float,
) -> SearchHit:
    # A title names the conversation, not a place in it: such a hit leads to the end of what is shown there.
    role, created_at = about or ("user", conversation.used_at)
    place = message_id or conversation.active_leaf_id or conversation.id
    in_title = message_id is None
    return SearchHit(conversation.id, conversation.title, place, role, snippet, -rank, created_at, in_title)


async def _with_siblings(session: ReadSession, message_id: UUID) -> ChatMessage | None:
    entity = await session.get(MessageEntity, message_id)
    if entity is None:
        return None
    return path_to(message_id, await _siblings(session, entity.conversation_id, entity.parent_id))[-1]


async def _siblings(session: ReadSession, conversation_id: UUID, parent_id: UUID | None) -> list[MessageEntity]:
    alike = session.select(MessageEntity).where(
        col(MessageEntity.conversation_id) == conversation_id,
        # "IS" instead of "=": roots are siblings too, and their parent is NULL.
        col(MessageEntity.parent_id).is_not_distinct_from(parent_id),
    )
    return await session.all(alike.order_by(col(MessageEntity.seq)))


async def _last_seq(session: ReadSession, conversation_id: UUID) -> int:
    mine = session.select(MessageEntity).where(col(MessageEntity.conversation_id) == conversation_id)
    last = await session.first(mine.order_by(col(MessageEntity.seq).desc()))
    return 0 if last is None else last.seq


async def _depth_below(session: ReadSession, parent_id: UUID | None, new: Mapping[UUID, int]) -> int:
    if parent_id is None:
        return 0
    if parent_id in new:
        return new[parent_id] + 1
    parent = await session.get(MessageEntity, parent_id)
    if parent is None:
        raise MessageNotFound(parent_id)
    return parent.depth + 1
