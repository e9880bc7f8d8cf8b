"""What a module's repository does with its sessions."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, literal_column, select, table, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.orm.exc import DetachedInstanceError
from sqlmodel import col

from modkit.db import Database, WriteSession
from modkit.db.errors import (
    ConstraintViolated,
    Denied,
    InvalidStatement,
    NestedTransaction,
    TenantNotInScope,
)
from modkit.security import AccessScope, ScopeFilter, SecurityContext
from tests.support.notes_db import Counter, Country, Note, Shop, Undeclared

OTHER_USER = SecurityContext(uuid4(), SecurityContext.local_user().subject_tenant_id)
OTHER_TENANT = SecurityContext(uuid4(), uuid4())


async def insert_note(db: Database, ctx: SecurityContext, title: str, **values: Any) -> Note:
    async with db.write(ctx) as session:
        return await session.insert(Note(title=title, **values))


async def outbox_of(db: Database) -> list[tuple[str, str, str]]:
    async with db.file.reading() as connection:
        rows: Any = await connection.exec_driver_sql("SELECT row_id, op, hlc FROM outbox ORDER BY seq")
        return [(row[0], row[1], row[2]) for row in rows.all()]


async def test_what_was_inserted_can_be_read(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    async with db.read(ctx) as session:
        found = await session.get(Note, note.id)
    assert found == note
    assert found is not note


async def test_insert_stamps_tenant_owner_times_and_clock(db: Database, ctx: SecurityContext) -> None:
    before = datetime.now(UTC)
    note = await insert_note(db, ctx, "lease")
    assert (note.tenant_id, note.owner_id) == (ctx.subject_tenant_id, ctx.subject_id)
    assert before <= note.created_at == note.updated_at
    assert note.deleted_at is None
    assert await outbox_of(db) == [(note.id.hex, "insert", note.hlc)]


async def test_queries_filter_order_limit_and_skip(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx) as session:
        await session.insert_many([Note(title=title) for title in "abcd"])
    async with db.read(ctx) as session:
        query = session.select(Note).where(Note.title != "b").order_by(col(Note.title).desc())
        assert [note.title for note in await session.all(query)] == ["d", "c", "a"]
        assert [note.title for note in await session.all(query.offset(1).limit(1))] == ["c"]
        assert await session.count(query) == 3
        assert await session.count(query.limit(2)) == 2
        assert await session.exists(query)
        assert await session.first(query.where(Note.title == "x")) is None


async def test_update_writes_only_what_changed(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease", body="old")
    async with db.read(ctx) as session:
        mine, theirs = await session.get(Note, note.id), await session.get(Note, note.id)
    assert mine is not None
    assert theirs is not None
    mine.title, theirs.body = "contract", "new"
    async with db.write(ctx) as session:
        await session.update(mine)
        await session.update(theirs)
    async with db.read(ctx) as session:
        stored = await session.get(Note, note.id)
    assert stored is not None
    assert (stored.title, stored.body) == ("contract", "new")
    assert stored.hlc == theirs.hlc > mine.hlc > note.hlc
    assert stored.updated_at > stored.created_at


async def test_update_without_a_change_stores_nothing(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    note.title = "lease"
    async with db.write(ctx) as session:
        await session.update(note)
    assert await outbox_of(db) == [(note.id.hex, "insert", note.hlc)]


async def test_update_of_an_object_made_from_an_id_writes_its_columns(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    made = Shop(id=uuid4(), tenant_id=ctx.subject_tenant_id, region_code="eu")
    everyone = AccessScope.for_tenant(ctx.subject_tenant_id)
    async with db.write(ctx, scope=everyone) as session:
        await session.insert(made)
        made.region_code = "us"
        await session.update(made)
        assert await session.get(Shop, made.id) == made
    assert note.title == "lease"


async def test_trash_and_restore_keep_the_row(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    async with db.write(ctx) as session:
        await session.trash(note)
    assert note.deleted_at is not None
    assert [op for _, op, _ in await outbox_of(db)] == ["trash"]
    async with db.write(ctx) as session:
        await session.restore(note)
    async with db.read(ctx) as session:
        stored = await session.get(Note, note.id)
    assert stored == note
    assert [op for _, op, _ in await outbox_of(db)] == ["restore"]


async def test_delete_says_whether_there_was_something_to_delete(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    async with db.write(ctx) as session:
        assert await session.delete(note)
        assert not await session.delete(note)
    assert [op for _, op, _ in await outbox_of(db)] == ["delete"]


async def test_bulk_changes_count_rows_and_log_each(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx) as session:
        await session.insert_many([Note(title=title) for title in "abc"])
        assert await session.update_where(Note, {"body": "new"}, Note.title != "a") == 2
        assert await session.update_where(Note, {"body": "new"}, Note.title == "x") == 0
        assert await session.update_where(Note, {"deleted_at": datetime.now(UTC)}, Note.title == "b") == 1
        assert await session.update_where(Note, {"deleted_at": None}, Note.title == "b") == 1
        assert await session.delete_where(Note, Note.title == "c") == 1
        assert await session.delete_where(Note, Note.title == "x") == 0
    # A row that was edited before anybody saw it is still new to the others.
    assert [op for _, op, _ in await outbox_of(db)] == ["insert", "restore", "delete"]


async def test_bulk_changes_of_rows_that_are_not_synced_leave_the_outbox_alone(
    db: Database, ctx: SecurityContext
) -> None:
    async with db.write(ctx, scope=AccessScope.for_tenant(ctx.subject_tenant_id)) as session:
        await session.insert(Shop(tenant_id=ctx.subject_tenant_id, region_code="eu"))
        assert await session.update_where(Shop, {"size": 3}, Shop.region_code == "eu") == 1
        assert await session.delete_where(Shop, Shop.size == 3) == 1
    assert await outbox_of(db) == []


async def test_another_user_and_another_tenant_see_nothing(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    for stranger in (OTHER_USER, OTHER_TENANT, SecurityContext.anonymous()):
        async with db.read(stranger) as session:
            assert await session.all(session.select(Note)) == []
            assert await session.get(Note, note.id) is None
            assert await session.count(session.select(Note)) == 0


async def test_another_user_can_change_nothing(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    async with db.write(OTHER_USER) as session:
        note.title = "stolen"
        with pytest.raises(Denied, match="not found or not accessible"):
            await session.update(note)
        assert not await session.delete(note)
        assert await session.update_where(Note, {"title": "stolen"}) == 0
        assert await session.delete_where(Note) == 0
    async with db.read(ctx) as session:
        stored = await session.get(Note, note.id)
    assert stored is not None
    assert stored.title == "lease"


async def test_the_tenant_cannot_be_changed(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    note.tenant_id = uuid4()
    async with db.write(ctx) as session:
        with pytest.raises(InvalidStatement, match="tenant_id is immutable"):
            await session.update(note)
        with pytest.raises(InvalidStatement, match="tenant_id is immutable"):
            await session.update_where(Note, {"tenant_id": uuid4()})


async def test_an_insert_outside_the_scope_is_refused(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx) as session:
        with pytest.raises(TenantNotInScope) as caught:
            await session.insert(Note(title="a", tenant_id=OTHER_TENANT.subject_tenant_id))
        assert caught.value.tenant_id == OTHER_TENANT.subject_tenant_id
        with pytest.raises(Denied, match="outside the current security scope"):
            await session.insert(Note(title="b", owner_id=OTHER_USER.subject_id))
        with pytest.raises(InvalidStatement, match="tenant_id is required"):
            await session.insert(Shop(region_code="eu"))
        with pytest.raises(Denied):
            await session.insert(Shop(tenant_id=ctx.subject_tenant_id))


async def test_a_policy_property_limits_reads_and_inserts(db: Database, ctx: SecurityContext) -> None:
    europe = AccessScope(((ScopeFilter("region", "in", ("eu", "uk")),),))
    async with db.write(ctx, scope=AccessScope.allow_all()) as session:
        await session.insert_many(
            [Shop(tenant_id=ctx.subject_tenant_id, region_code=code) for code in ("eu", "uk", "us")]
        )
    async with db.write(ctx, scope=europe) as session:
        shops = await session.all(session.select(Shop).order_by(Shop.region_code))
        assert [shop.region_code for shop in shops] == ["eu", "uk"]
        with pytest.raises(Denied):
            await session.insert(Shop(tenant_id=ctx.subject_tenant_id, region_code="us"))
        await session.insert(Shop(tenant_id=ctx.subject_tenant_id))


async def test_an_unrestricted_entity_is_the_same_for_everybody(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx) as session:
        await session.insert(Country(code="at"))
        with pytest.raises(InvalidStatement, match="no resource column"):
            await session.get(Country, "at")
    async with db.read(OTHER_TENANT, scope=AccessScope.deny_all()) as session:
        assert [country.code for country in await session.all(session.select(Country))] == ["at"]


async def test_an_entity_that_declares_nothing_cannot_be_queried(db: Database, ctx: SecurityContext) -> None:
    async with db.read(ctx) as session:
        with pytest.raises(InvalidStatement, match="Undeclared does not say how it is scoped"):
            session.select(Undeclared)


async def test_a_joined_entity_is_scoped_too(db: Database, ctx: SecurityContext) -> None:
    parent = await insert_note(db, ctx, "parent")
    await insert_note(db, ctx, "child", parent_id=parent.id)
    other = aliased(Note)
    async with db.write(ctx, scope=AccessScope.allow_all()) as session:
        await session.update_where(Note, {"owner_id": OTHER_USER.subject_id}, Note.id == parent.id)
    async with db.read(ctx) as session:
        query = session.select(Note).join(other, other.id == Note.parent_id)
        assert await session.all(query) == []
        assert [note.title for note in await session.all(session.select(Note))] == ["child"]
    async with db.read(ctx, scope=AccessScope.for_tenant(ctx.subject_tenant_id)) as session:
        assert [note.title for note in await session.all(query)] == ["child"]


async def test_rows_runs_aggregates_within_the_scope(db: Database, ctx: SecurityContext) -> None:
    await insert_note(db, ctx, "mine")
    await insert_note(db, OTHER_USER, "theirs")
    async with db.read(ctx) as session:
        assert [tuple(row) for row in await session.rows(select(func.count(), func.max(col(Note.title))), Note)] == [
            (1, "mine")
        ]


async def test_rows_searches_full_text_within_the_scope(db: Database, ctx: SecurityContext) -> None:
    for who, title in ((ctx, "my lease"), (OTHER_USER, "their lease")):
        async with db.write(who) as session:
            note = await session.insert(Note(title=title))
            await session.execute(
                "INSERT INTO test_notes_fts (rowid, title) SELECT rowid, title FROM test_notes WHERE id = :id",
                {"id": note.id.hex},
            )
    found = table("test_notes_fts")
    statement = (
        select(col(Note.title))
        .join(found, literal_column("test_notes_fts.rowid") == literal_column("test_notes.rowid"))
        .where(literal_column("test_notes_fts").op("MATCH")("lease"))
    )
    async with db.read(ctx) as session:
        assert [row.title for row in await session.rows(statement, Note)] == ["my lease"]


async def test_rows_walks_a_tree_and_scopes_inside_the_recursion(db: Database, ctx: SecurityContext) -> None:
    root = await insert_note(db, ctx, "root")
    hidden = await insert_note(db, OTHER_USER, "hidden", parent_id=root.id)
    await insert_note(db, ctx, "below hidden", parent_id=hidden.id)
    child = await insert_note(db, ctx, "child", parent_id=root.id)
    tree = select(col(Note.id)).where(col(Note.id) == root.id).cte("tree", recursive=True)
    below = aliased(Note)
    tree = tree.union_all(select(col(below.id)).join(tree, tree.c.id == col(below.parent_id)))
    async with db.read(ctx) as session:
        rows = await session.rows(select(col(Note.id)).join(tree, tree.c.id == Note.id).order_by(Note.title), Note)
    assert [row.id for row in rows] == [child.id, root.id]


async def test_rows_refuses_what_it_cannot_scope(db: Database, ctx: SecurityContext) -> None:
    async with db.read(ctx) as session:
        union = union_all(select(col(Note.id)), select(col(Note.id)))
        with pytest.raises(InvalidStatement, match="plain SELECT"):
            await session.rows(union, Note)  # type: ignore[arg-type]  # the point
        with pytest.raises(InvalidStatement, match="without an entity"):
            await session.rows(select(func.count()))
        with pytest.raises(InvalidStatement, match="does not select from Note"):
            await session.rows(select(col(Country.code)), Note)
        with pytest.raises(InvalidStatement, match="Undeclared does not say"):
            await session.rows(select(col(Note.id), col(Undeclared.id)), Note)


async def test_rows_scopes_an_entity_that_was_not_named(db: Database, ctx: SecurityContext) -> None:
    await insert_note(db, OTHER_USER, "theirs")
    await insert_note(db, ctx, "mine")
    other = aliased(Note)
    statement = select(col(Note.title), col(other.title)).join(other, col(other.id) != Note.id)
    async with db.read(ctx) as session:
        assert await session.rows(statement, Note) == []


async def test_a_bare_table_and_a_subquery_are_scoped_like_the_entity(db: Database, ctx: SecurityContext) -> None:
    theirs = await insert_note(db, OTHER_USER, "theirs")
    await insert_note(db, ctx, "mine", parent_id=theirs.id)
    bare = Note.__table__.alias()  # type: ignore[attr-defined]  # put there by the metaclass
    other = aliased(Note)
    async with db.write(ctx) as session:
        assert [row.title for row in await session.rows(select(bare.c.title), Note)] == ["mine"]
        below_theirs = col(Note.parent_id).in_(select(col(other.id)))
        assert await session.all(session.select(Note).where(below_theirs)) == []
        beside_theirs = session.select(Note).where(col(Note.parent_id) == col(other.id))
        assert await session.all(beside_theirs) == []
        first_of_all = select(col(other.title)).where(col(other.id) == col(Note.parent_id)).scalar_subquery()
        assert await session.count(session.select(Note).where(True).order_by(first_of_all)) == 1
        assert await session.update_where(Note, {"title": "changed"}, below_theirs) == 0
        assert await session.delete_where(Note, below_theirs) == 0


async def test_only_some_columns_can_be_read(db: Database, ctx: SecurityContext) -> None:
    await insert_note(db, ctx, "lease", body="long")
    async with db.read(ctx) as session:
        note = await session.first(session.select(Note).only(Note.title))
    assert note is not None
    assert note.title == "lease"
    with pytest.raises(DetachedInstanceError):
        _ = note.body


async def test_a_read_session_cannot_write(db: Database, ctx: SecurityContext) -> None:
    async with db.read(ctx) as session:
        assert not hasattr(session, "insert")
        with pytest.raises(Exception, match="may only read"):
            await WriteSession.execute(session, "DELETE FROM test_notes")  # type: ignore[arg-type]  # a trick


async def test_a_read_session_sees_one_state(db: Database, ctx: SecurityContext) -> None:
    await insert_note(db, ctx, "first")
    async with db.read(ctx) as session:
        assert await session.count(session.select(Note)) == 1
        await insert_note(db, ctx, "second")
        assert await session.count(session.select(Note)) == 1


async def test_an_error_undoes_the_whole_transaction(db: Database, ctx: SecurityContext) -> None:
    async def insert_and_fail() -> None:
        async with db.write(ctx) as session:
            await session.insert(Note(title="a"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await insert_and_fail()
    async with db.read(ctx) as session:
        assert await session.count(session.select(Note)) == 0
    assert await outbox_of(db) == []


async def test_cancelling_undoes_the_whole_transaction(db: Database, ctx: SecurityContext) -> None:
    inserted, never = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with db.write(ctx) as session:
            await session.insert(Note(title="a"))
            inserted.set()
            await never.wait()

    task = asyncio.create_task(write())
    await inserted.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await insert_note(db, ctx, "b")
    async with db.read(ctx) as session:
        assert [note.title for note in await session.all(session.select(Note))] == ["b"]


async def test_cancelling_at_any_moment_leaves_the_database_usable(db: Database, ctx: SecurityContext) -> None:
    titles = [f"note {number}" for number in range(40)]
    tasks = [asyncio.create_task(insert_note(db, ctx, title)) for title in titles]
    loop = asyncio.get_running_loop()
    for at, task in enumerate(tasks):
        loop.call_later(at * 0.002, task.cancel)
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    acknowledged = {outcome.title for outcome in outcomes if isinstance(outcome, Note)}
    await insert_note(db, ctx, "afterwards")
    async with db.read(ctx) as session:
        stored = {note.title for note in await session.all(session.select(Note))}
    assert acknowledged | {"afterwards"} <= stored
    assert len(await outbox_of(db)) == len(stored)


async def test_a_broken_rule_is_a_typed_error_and_the_next_transaction_works(
    db: Database, ctx: SecurityContext
) -> None:
    await insert_note(db, ctx, "a")
    with pytest.raises(ConstraintViolated, match="UNIQUE"):
        await insert_note(db, ctx, "a")
    with pytest.raises(ConstraintViolated, match="FOREIGN KEY"):
        await insert_note(db, ctx, "b", parent_id=UUID(int=1))
    await insert_note(db, ctx, "c")


async def test_wrong_sql_is_a_programming_error_without_the_values(db: Database, ctx: SecurityContext) -> None:
    with pytest.raises(InvalidStatement) as caught:
        async with db.write(ctx) as session:
            await session.execute("INSERT INTO nowhere VALUES (:text)", {"text": "secret"})
    assert "nowhere" in str(caught.value)
    assert "secret" not in repr(caught.value)


async def test_a_transaction_inside_a_transaction_is_an_error(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx):
        with pytest.raises(NestedTransaction):
            async with db.write(ctx):
                pass
        with pytest.raises(NestedTransaction):
            async with db.read(ctx):
                pass
    await insert_note(db, ctx, "afterwards")


async def test_a_task_started_inside_a_transaction_may_read(db: Database, ctx: SecurityContext) -> None:
    async def count() -> int:
        async with db.read(ctx) as session:
            return await session.count(session.select(Note))

    async with db.write(ctx) as session:
        await session.insert(Note(title="a"))
        assert await asyncio.create_task(count()) == 0


async def test_writers_queue(db: Database, ctx: SecurityContext) -> None:
    await asyncio.gather(*(insert_note(db, ctx, f"note {number}") for number in range(20)))
    async with db.read(ctx) as session:
        assert await session.count(session.select(Note)) == 20


async def test_hundreds_of_rows_are_inserted_at_once_and_logged_each(db: Database, ctx: SecurityContext) -> None:
    notes = [Note(title=f"note {number}") for number in range(300)]
    async with db.write(ctx) as session:
        await session.insert_many(notes)
        await session.insert_many([])
    assert [row_id for row_id, _, _ in await outbox_of(db)] == [note.id.hex for note in notes]
    assert [note.hlc for note in notes] == sorted({note.hlc for note in notes})


async def test_a_row_whose_key_the_database_makes_gets_it(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx, scope=AccessScope.allow_all()) as session:
        first, second = Counter(label="a"), Counter(label="b")
        await session.insert_many([first, second])
        first.label = "changed"
        await session.update(first)
        assert [(one.id, one.label) for one in await session.all(session.select(Counter))] == [(1, "changed"), (2, "b")]
    assert (first.id, second.id) == (1, 2)


async def test_a_time_without_a_zone_is_refused(db: Database, ctx: SecurityContext) -> None:
    async with db.write(ctx) as session:
        note = await session.insert(Note(title="a"))
        with pytest.raises(Exception, match="time zone"):
            await session.update_where(Note, {"deleted_at": datetime(2026, 1, 1)}, Note.id == note.id)


async def test_times_of_every_zone_come_back_in_utc(db: Database, ctx: SecurityContext) -> None:
    tokyo = datetime.fromisoformat("2026-03-01T08:30:00.000001+09:00")
    async with db.write(ctx) as session:
        note = await session.insert(Note(title="a"))
        await session.update_where(Note, {"deleted_at": tokyo}, Note.id == note.id)
    async with db.read(ctx) as session:
        found = await session.first(session.select(Note).where(col(Note.deleted_at) < tokyo + timedelta(seconds=1)))
    assert found is not None
    assert found.deleted_at == tokyo
    assert found.deleted_at.tzinfo is UTC


async def test_many_rows_are_stored_and_changed_by_their_values(db: Database, ctx: SecurityContext) -> None:
    ids = [uuid4() for _ in range(3)]
    rows = [
        {"id": one, "tenant_id": ctx.subject_tenant_id, "region_code": "north", "size": size}
        for size, one in enumerate(ids)
    ]
    mine = AccessScope.for_tenant(ctx.subject_tenant_id)
    async with db.write(ctx, scope=mine) as session:
        await session.insert_rows(Shop, rows)
        await session.insert_rows(Shop, [])
        await session.update_rows(Shop, [{"id": one, "size": 10 + size} for size, one in enumerate(ids[:2])])
        await session.update_rows(Shop, [])
    async with db.read(ctx, scope=mine) as session:
        shops = await session.all(session.select(Shop).order_by(col(Shop.size)))
    assert [(shop.id, shop.size, shop.region_code) for shop in shops] == [
        (ids[2], 2, "north"),
        (ids[0], 10, "north"),
        (ids[1], 11, "north"),
    ]


async def test_many_rows_of_another_tenant_are_refused_and_passed_over(db: Database, ctx: SecurityContext) -> None:
    theirs = {"id": uuid4(), "tenant_id": OTHER_TENANT.subject_tenant_id, "region_code": None, "size": 1}
    mine = AccessScope.for_tenant(ctx.subject_tenant_id)
    their_scope = AccessScope.for_tenant(OTHER_TENANT.subject_tenant_id)
    with pytest.raises(TenantNotInScope):
        async with db.write(ctx, scope=mine) as session:
            await session.insert_rows(Shop, [theirs])
    async with db.write(OTHER_TENANT, scope=their_scope) as session:
        await session.insert_rows(Shop, [theirs])
    async with db.write(ctx, scope=mine) as session:
        await session.update_rows(Shop, [{"id": theirs["id"], "size": 2}])
        with pytest.raises(InvalidStatement, match="immutable"):
            await session.update_rows(Shop, [{"id": theirs["id"], "tenant_id": ctx.subject_tenant_id}])
    async with db.read(OTHER_TENANT, scope=their_scope) as session:
        assert [shop.size for shop in await session.all(session.select(Shop))] == [1]


async def test_synced_rows_are_not_stored_past_the_outbox(db: Database, ctx: SecurityContext) -> None:
    note = await insert_note(db, ctx, "lease")
    async with db.write(ctx) as session:
        with pytest.raises(InvalidStatement):
            await session.update_rows(Note, [{"id": note.id, "title": "x"}])
        with pytest.raises(InvalidStatement):
            await session.insert_rows(Note, [{"id": uuid4(), "title": "x"}])


async def test_rows_made_elsewhere_keep_their_ids_and_times_and_become_the_subjects(
    db: Database, ctx: SecurityContext
) -> None:
    long_ago = datetime(2020, 1, 2, tzinfo=UTC)
    made = Note(title="old", created_at=long_ago)
    row = made.model_dump(exclude={"tenant_id", "owner_id", "updated_at", "hlc"})
    async with db.write(ctx) as session:
        await session.insert_synced_rows(Note, [])
        await session.insert_synced_rows(Note, [row, {**row, "id": uuid4(), "title": "older", "owner_id": uuid4()}])
    async with db.read(ctx) as session:
        notes = await session.all(session.select(Note))
    assert {note.created_at for note in notes} == {long_ago}
    assert {(note.tenant_id, note.owner_id) for note in notes} == {(ctx.subject_tenant_id, ctx.subject_id)}
    assert all(note.updated_at > long_ago for note in notes)
    assert sorted(await outbox_of(db)) == sorted((note.id.hex, "insert", note.hlc) for note in notes)


async def test_rows_made_elsewhere_are_stored_all_or_not_at_all(db: Database, ctx: SecurityContext) -> None:
    row = Note(title="one").model_dump(exclude={"tenant_id", "owner_id", "updated_at", "hlc"})
    with pytest.raises(ConstraintViolated):
        async with db.write(ctx) as session:
            await session.insert_synced_rows(Note, [row, row])
    with pytest.raises(TenantNotInScope):
        async with db.write(ctx, scope=AccessScope.deny_all()) as session:
            await session.insert_synced_rows(Note, [row])
    async with db.read(ctx) as session:
        assert await session.count(session.select(Note)) == 0
