"""Which of two versions of a row stays, and that foreign keys hold afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.recovery.records import Unreadable, Value, cells_of, record, varint
from modkit.db.recovery.replay import Put, Replay
from modkit.db.recovery.salvage import Identity, SalvagedTable
from modkit.db.recovery.schema import schema_of

TABLES = (
    "CREATE TABLE parents (id TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,"
    " params_json TEXT NOT NULL, used_at TEXT NOT NULL, size INTEGER NOT NULL, kind TEXT NOT NULL DEFAULT 'plain')",
    "CREATE TABLE children (id TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, hlc TEXT, updated_at TEXT,"
    " label TEXT UNIQUE, parent TEXT REFERENCES parents (id))",
    "CREATE TABLE strays (id INTEGER PRIMARY KEY, gone TEXT REFERENCES nowhere (id))",
    "CREATE TABLE bag (word TEXT, count INTEGER)",
)


@pytest.fixture
def connection() -> Iterator[sqlcipher.Connection]:
    made = sqlcipher.connect(":memory:", isolation_level=None)
    for statement in TABLES:
        made.execute(statement)
    yield made
    made.close()


def merge(
    connection: sqlcipher.Connection,
    table: str,
    *rows: tuple[Value, ...],
    whole: bool = False,
    known: frozenset[tuple[Value, ...]] | None = None,
) -> Put:
    schema = schema_of(connection)
    keyed = bool(schema.tables[table].key)
    read: dict[Identity, tuple[Value, ...]] = {(row[0] if keyed else at,): row for at, row in enumerate(rows)}
    return Replay(connection, schema).merge(SalvagedTable(schema.tables[table], read, whole, known))


def child(key: str, hlc: str, label: str, updated_at: str = "2026") -> tuple[Value, ...]:
    return (key, "me", hlc, updated_at, label, None)


def labels(connection: sqlcipher.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT id, label FROM children").fetchall())


def test_the_later_version_of_a_row_stays(connection: sqlcipher.Connection) -> None:
    merge(connection, "children", child("a", "2", "stored a"), child("b", "2", "stored b"))
    put = merge(connection, "children", child("a", "1", "older"), child("b", "3", "later"), child("c", "1", "new"))
    assert labels(connection) == {"a": "stored a", "b": "later", "c": "new"}
    assert (put.changed, put.added, put.removed) == ({("b",)}, {("c",)}, 0)


def test_rows_that_were_removed_are_removed(connection: sqlcipher.Connection) -> None:
    merge(connection, "children", *(child(key, "1", key) for key in "abc"))
    merge(connection, "children", child("a", "1", "a"), known=frozenset({("a",), ("b",)}))
    assert set(labels(connection)) == {"a", "b"}
    merge(connection, "children", child("a", "1", "a"), whole=True)
    assert set(labels(connection)) == {"a"}


def test_a_unique_value_goes_to_the_row_that_was_read(connection: sqlcipher.Connection) -> None:
    merge(connection, "children", child("a", "1", "one"), child("b", "1", "two"))
    merge(connection, "children", child("c", "2", "one"))
    assert labels(connection) == {"b": "two", "c": "one"}
    merge(connection, "children", child("b", "2", "one"))
    assert labels(connection) == {"b": "one"}


def test_a_row_that_breaks_a_rule_is_refused(connection: sqlcipher.Connection) -> None:
    put = merge(connection, "children", ("a", None, "1", "2026", "x", None))
    assert put.refused == {("a",)}
    assert labels(connection) == {}


def test_rows_without_a_key_are_told_by_their_values(connection: sqlcipher.Connection) -> None:
    merge(connection, "bag", ("one", 1), ("two", 2))
    merge(connection, "bag", ("two", 2), ("three", 3))
    assert sorted(connection.execute("SELECT word FROM bag")) == [("one",), ("three",), ("two",)]


def test_a_lost_parent_is_stood_in_for(connection: sqlcipher.Connection) -> None:
    merge(connection, "children", ("a", "me", "1", "2026-01-02", "x", "p"))
    assert Replay(connection, schema_of(connection)).close_gaps() == {}
    [parent] = connection.execute("SELECT * FROM parents").fetchall()
    assert parent == ("p", "me", "", "{}", "2026-01-02", 0, "plain")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_row_whose_parent_cannot_be_is_removed_and_counted(connection: sqlcipher.Connection) -> None:
    connection.execute("INSERT INTO strays VALUES (1, 'x')")
    assert Replay(connection, schema_of(connection)).close_gaps() == {"strays": 1}
    assert connection.execute("SELECT count(*) FROM strays").fetchone() == (0,)


def test_numbers_of_every_width_are_read() -> None:
    assert varint(b"\x7f", 0) == (127, 1)
    assert varint(b"\x81\x00", 0) == (128, 2)
    assert varint(b"\xff" * 9, 0) == (2**64 - 1, 9)


@pytest.mark.parametrize("payload", [b"", b"\x02\x06", b"\x02\x0b", b"\x02\x13a", b"\x02\x0f\xff", b"\x02\x07\x00"])
def test_bytes_that_are_no_row_are_refused(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        record(payload)


def test_values_of_every_kind_are_read() -> None:
    payload = b"\x08\x00\x01\x07\x08\x09\x0e\x0f" + b"\xff" + b"\x3f\xf8" + bytes(6) + b"\x00" + b"x"
    assert record(payload) == [None, -1, 1.5, 0, 1, b"\x00", "x"]


@pytest.mark.parametrize("page", [bytes(4016), b"\x0d\x00\x00\xff\xff" + bytes(10)])
def test_bytes_that_are_no_page_are_refused(page: bytes) -> None:
    with pytest.raises(Unreadable):
        cells_of(page, 2, lambda _, __: None)
