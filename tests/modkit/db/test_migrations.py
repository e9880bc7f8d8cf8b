"""Migrations: in order, each in its own transaction, remembered per module."""

from __future__ import annotations

from pathlib import Path

import pytest
import xxhash

from modkit.db import (
    SYNCED_COLUMNS_V1,
    Database,
    DatabaseFile,
    Migration,
    MigrationConnection,
    create_tables_sql,
    migrate,
)
from modkit.db.errors import DuplicateMigration, MigrationFailed, ReadOnlyDatabase
from modkit.db.migrations import history_table
from modkit.security import SecurityContext
from tests.support.notes_db import MIGRATIONS, Note, Shop


async def tables(file: DatabaseFile) -> set[str]:
    async with file.reading() as connection:
        names = await connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return set(names.scalars())


def test_the_history_table_is_named_as_the_platform_does() -> None:
    digest = xxhash.xxh3_64_hexdigest(b"jobs-manager")[:8]
    assert history_table("jobs-manager") == f"modkit_migrations__jobs_manager__{digest}"


def test_long_names_fit_and_stay_different() -> None:
    one, other = history_table("m" * 100 + "a"), history_table("m" * 100 + "b")
    assert len(one) == len(other) == 63
    assert one != other


async def test_migrations_run_in_order_of_their_names_and_only_once(db: Database) -> None:
    steps = [
        Migration("0002_second", ("INSERT INTO steps VALUES (2)",)),
        Migration("0001_first", ("CREATE TABLE steps (n)", "INSERT INTO steps VALUES (1)")),
    ]
    first, again = await migrate(db.file, "steps", steps), await migrate(db.file, "steps", steps)
    assert (first.applied, first.skipped) == (2, 0)
    assert (again.applied, again.skipped) == (0, 2)
    async with db.file.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT n FROM steps ORDER BY rowid")
        assert list(rows.scalars()) == [1, 2]
        history = await connection.exec_driver_sql(f"SELECT version FROM {history_table('steps')}")
        assert list(history.scalars()) == ["0001_first", "0002_second"]


async def test_a_migration_may_be_a_function(db: Database) -> None:
    found: list[int] = []

    async def fill(connection: MigrationConnection) -> None:
        assert await connection.execute("CREATE TABLE filled (n)") == []
        await connection.execute("INSERT INTO filled VALUES (:n)", {"n": 7})
        found.extend(row[0] for row in await connection.execute("SELECT n FROM filled"))

    await migrate(db.file, "filled", [Migration("0001_initial", fill)])
    assert found == [7]


async def test_a_failing_migration_is_undone_and_the_ones_before_it_stay(db: Database) -> None:
    steps = [
        Migration("0001_good", ("CREATE TABLE good (n)",)),
        Migration("0002_bad", ("CREATE TABLE bad (n)", "NONSENSE")),
    ]
    with pytest.raises(MigrationFailed, match="0002_bad") as caught:
        await migrate(db.file, "steps", steps)
    assert caught.value.migration == "0002_bad"
    assert caught.value.action
    assert "good" in await tables(db.file)
    assert "bad" not in await tables(db.file)
    report = await migrate(db.file, "steps", [steps[0], Migration("0002_bad", ("CREATE TABLE bad (n)",))])
    assert (report.applied, report.skipped) == (1, 1)


async def test_an_error_in_a_migration_function_is_named(db: Database) -> None:
    async def fail(connection: MigrationConnection) -> None:
        raise ValueError("no such luck")

    with pytest.raises(MigrationFailed, match="no such luck"):
        await migrate(db.file, "steps", [Migration("0001_initial", fail)])


async def test_a_name_listed_twice_is_an_error(db: Database) -> None:
    twice = [Migration("0001_initial", ("CREATE TABLE twice (n)",))] * 2
    with pytest.raises(DuplicateMigration, match="0001_initial"):
        await migrate(db.file, "twice", twice)
    assert "twice" not in await tables(db.file)


async def test_a_file_with_migrations_nobody_knows_is_newer_and_only_read(db: Database, ctx: SecurityContext) -> None:
    report = await migrate(db.file, "notes", [])
    assert report.applied == 0
    assert db.read_only_reason is not None
    assert "newer version" in db.read_only_reason
    later = await migrate(db.file, "other", [Migration("0001_initial", ("CREATE TABLE other (n)",))])
    assert later.applied == 0
    with pytest.raises(ReadOnlyDatabase):
        async with db.write(ctx):
            pass


async def test_two_modules_keep_their_histories_apart(db: Database) -> None:
    same = "0001_initial"
    await migrate(db.file, "one", [Migration(same, ("CREATE TABLE one (n)",))])
    await migrate(db.file, "two", [Migration(same, ("CREATE TABLE two (n)",))])
    assert {"one", "two", history_table("one"), history_table("two")} <= await tables(db.file)


async def test_the_frozen_columns_are_those_of_the_base_row(db: Database, db_path: Path) -> None:
    async with db.file.reading() as connection:
        stored = await connection.exec_driver_sql("SELECT name FROM pragma_table_info('test_notes')")
        columns = list(stored.scalars())
    assert set(columns) == {column.name for column in Note.__table__.columns}  # type: ignore[attr-defined]
    assert SYNCED_COLUMNS_V1.count(",") == 6


async def test_tables_can_be_made_from_entities(db: Database) -> None:
    statements = [statement.replace("test_", "made_") for statement in create_tables_sql(Note, Shop)]
    await migrate(db.file, "made", [Migration("0001_initial", statements)])
    assert {"made_notes", "made_shops"} <= await tables(db.file)
    assert len(MIGRATIONS) == 1
