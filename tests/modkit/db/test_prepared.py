"""Prepared statements: compiled once, and never without a scope."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Integer, Uuid, bindparam, literal_column, select, text
from sqlmodel import col

from modkit.db import Database, Prepared, Snapshot
from modkit.db.errors import DatabaseError, InvalidStatement, NestedTransaction
from modkit.security import AccessScope, SecurityContext
from tests.support.notes_db import Note

OTHER_USER = SecurityContext(uuid4(), SecurityContext.local_user().subject_tenant_id)
TITLES = Prepared(select(col(Note.title)).where(col(Note.title) >= bindparam("first")).order_by(col(Note.title)), Note)


async def insert_note(db: Database, ctx: SecurityContext, title: str, **values: Any) -> Note:
    async with db.write(ctx) as session:
        return await session.insert(Note(title=title, **values))


async def titles(db: Database, ctx: SecurityContext, first: str = "", scope: AccessScope | None = None) -> list[str]:
    rows = await db.snapshot(ctx, lambda snapshot: snapshot.rows(TITLES, first=first), scope=scope)
    return [row[0] for row in rows]


async def test_each_subject_sees_its_own_rows(db: Database, ctx: SecurityContext) -> None:
    await insert_note(db, ctx, "lease")
    await insert_note(db, OTHER_USER, "secret")
    assert [await titles(db, one) for one in (ctx, OTHER_USER, ctx)] == [["lease"], ["secret"], ["lease"]]
    assert await titles(db, ctx, scope=AccessScope.deny_all()) == []
    assert await titles(db, ctx, scope=AccessScope.allow_all()) == ["lease", "secret"]


async def test_values_change_from_run_to_run(db: Database, ctx: SecurityContext) -> None:
    for title in ("apple", "melon", "pear"):
        await insert_note(db, ctx, title)
    assert await titles(db, ctx) == ["apple", "melon", "pear"]
    assert await titles(db, ctx, "b") == ["melon", "pear"]
    assert await titles(db, ctx, "z") == []


async def test_columns_come_as_their_types_have_them(db: Database, ctx: SecurityContext) -> None:
    parent = (await insert_note(db, ctx, "parent")).id
    note = await insert_note(db, ctx, "lease", parent_id=parent)
    statement = Prepared(
        select(col(Note.id), col(Note.created_at), col(Note.parent_id), literal_column("7")).where(
            col(Note.parent_id) == bindparam("parent", type_=Uuid())
        ),
        Note,
    )
    rows = await db.snapshot(ctx, lambda snapshot: snapshot.rows(statement, parent=parent))
    assert list(rows) == [(note.id, note.created_at, parent, 7)]


async def test_one_snapshot_sees_one_state(db: Database, ctx: SecurityContext) -> None:
    loop = asyncio.get_running_loop()
    await insert_note(db, ctx, "first")

    def look_twice(snapshot: Snapshot) -> tuple[int, int]:
        before = len(snapshot.rows(TITLES, first=""))
        asyncio.run_coroutine_threadsafe(insert_note(db, ctx, "second"), loop).result(timeout=30)
        return before, len(snapshot.rows(TITLES, first=""))

    assert await db.snapshot(ctx, look_twice) == (1, 1)
    assert await titles(db, ctx) == ["first", "second"]


async def test_it_cannot_write(db: Database, ctx: SecurityContext) -> None:
    await insert_note(db, ctx, "lease")
    with pytest.raises(DatabaseError):
        await db.snapshot(ctx, lambda snapshot: snapshot._connection.execute("DELETE FROM test_notes"))
    assert await titles(db, ctx) == ["lease"]


async def test_a_failed_one_leaves_a_usable_connection(db: Database, ctx: SecurityContext) -> None:
    broken = Prepared(select(text("no_such_column")).select_from(Note), Note)
    with pytest.raises(InvalidStatement):
        await db.snapshot(ctx, lambda snapshot: snapshot.rows(broken))
    with pytest.raises(KeyError):
        await db.snapshot(ctx, lambda snapshot: snapshot.rows(TITLES))
    assert await titles(db, ctx) == []


async def test_without_an_entity_and_with_lists_nothing_is_prepared(db: Database, ctx: SecurityContext) -> None:
    with pytest.raises(InvalidStatement, match="cannot be scoped"):
        Prepared(select(literal_column("1")))
    listed = Prepared(select(col(Note.title)).where(col(Note.title).in_(["a", "b"])), Note)
    with pytest.raises(InvalidStatement, match="lists"):
        await db.snapshot(ctx, lambda snapshot: snapshot.rows(listed))


async def test_inside_a_transaction_there_is_none(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx):
        with pytest.raises(NestedTransaction):
            await titles(db, ctx)


async def test_many_scopes_are_forgotten_again(db: Database, ctx: SecurityContext) -> None:
    await insert_note(db, ctx, "lease")
    statement = Prepared(select(col(Note.title)).limit(bindparam("limit", type_=Integer)), Note)
    for number in range(70):
        scope = AccessScope.for_tenant(UUID(int=number))
        await db.snapshot(ctx, lambda snapshot: snapshot.rows(statement, limit=5), scope=scope)
    assert len(statement._compiled) <= 64
