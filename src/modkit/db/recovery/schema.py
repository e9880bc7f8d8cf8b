"""What the tables of a database look like, learned from the statements that made them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.recovery.records import Value

_WRITES = re.compile(r"\b(?:INSERT|REPLACE)\s+(?:OR\s+\w+\s+)?INTO\s+[\"'`\[]?(\w+)", re.IGNORECASE)
_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


@dataclass(frozen=True, slots=True)
class SchemaRow:
    """A row of ``sqlite_master``; ``sql`` is None for the indexes that SQLite makes by itself."""

    kind: str
    name: str
    table: str
    root: int
    sql: str | None


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    required: bool
    default: Value


@dataclass(frozen=True, slots=True)
class ForeignKey:
    parent: str
    columns: tuple[str, ...]
    parent_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableShape:
    """``key``: the columns of the primary key, empty without one. ``rowid_column``: the one that is the row number."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rowid_column: str | None
    without_rowid: bool
    indexes: Mapping[str, tuple[str, ...]]
    """Columns by name of the index, of those that have an entry for every row."""
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


class Schema:
    """``rows`` in the order in which they were made; shapes only of tables that hold rows of their own."""

    def __init__(self, rows: Iterable[SchemaRow]) -> None:
        self.rows = tuple(rows)
        virtual = {row.name for row in self.rows if _is_virtual(row)}
        self._hidden = {f"{name}{shadow}" for name in virtual for shadow in _SHADOWS} | virtual
        # Full-text and similar tables: triggers fill them from the others.
        self.derived = frozenset(
            name for row in self.rows if row.kind == "trigger" and row.sql for name in _WRITES.findall(row.sql)
        )
        self.tables = _shapes([row for row in self.rows if row.kind == "table" and self._own(row)], self.rows)

    def statements(self) -> list[str]:
        """What makes the same, still empty, database."""
        order = {"table": 0, "index": 1, "view": 2, "trigger": 3}
        mine = [row for row in self.rows if row.sql and not row.name.startswith("sqlite_")]
        made = [row for row in mine if row.name not in self._hidden or _is_virtual(row)]
        # Virtual tables last of the tables: they may name a view or table that they take their content from.
        return [str(row.sql) for row in sorted(made, key=lambda row: (order[row.kind], _is_virtual(row)))]

    def same_as(self, other: Schema) -> bool:
        """Whether both databases are made by the same statements."""
        return set(self.statements()) == set(other.statements())

    def _own(self, row: SchemaRow) -> bool:
        return row.name not in self._hidden and not row.name.startswith("sqlite_")


def schema_of(connection: sqlcipher.Connection) -> Schema:
    """The schema of an open database."""
    rows = connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master ORDER BY rowid")
    return Schema(SchemaRow(*row) for row in rows.fetchall())


def _is_virtual(row: SchemaRow) -> bool:
    return row.kind == "table" and (row.sql or "").upper().startswith("CREATE VIRTUAL")


def _shapes(tables: list[SchemaRow], rows: tuple[SchemaRow, ...]) -> dict[str, TableShape]:
    # SQLite itself reads its dialect best: the empty tables are made in memory and asked.
    connection = sqlcipher.connect(":memory:", isolation_level=None)
    try:
        made = {row.name for row in tables}
        for row in tables:
            connection.execute(str(row.sql))
        for row in rows:
            if row.kind == "index" and row.sql and row.table in made:
                connection.execute(row.sql)
        return {row.name: _shape(connection, row) for row in tables}
    finally:
        connection.close()


def _shape(connection: sqlcipher.Connection, row: SchemaRow) -> TableShape:
    # Hidden and generated columns (table_xinfo) do not occur in our schemas.
    info = connection.execute(f'PRAGMA table_info("{row.name}")').fetchall()
    columns = tuple(
        Column(name, kind, bool(required or key), _evaluated(connection, default))
        for _, name, kind, required, default, key in info
    )
    key = tuple(one[1] for one in sorted((one for one in info if one[5]), key=lambda one: int(one[5])))
    without = re.search(r"\bWITHOUT\s+ROWID\b", str(row.sql), re.IGNORECASE) is not None
    types = {column.name: column.type.upper() for column in columns}
    alias = key[0] if len(key) == 1 and types[key[0]] == "INTEGER" and not without else None
    indexes = {
        str(name): tuple(str(one[2]) for one in connection.execute(f'PRAGMA index_info("{name}")'))
        for _, name, _, _, partial in connection.execute(f'PRAGMA index_list("{row.name}")').fetchall()
        if not partial
    }
    return TableShape(row.name, columns, key, alias, without, indexes, _foreign_keys(connection, row.name))


def _evaluated(connection: sqlcipher.Connection, default: str | None) -> Value:
    value: Value = connection.execute(f"SELECT {default}").fetchone()[0] if default is not None else None
    return value


def _foreign_keys(connection: sqlcipher.Connection, table: str) -> tuple[ForeignKey, ...]:
    found: dict[int, list[tuple[str, str, str]]] = {}
    for number, _, parent, column, parent_column, *_ in connection.execute(f'PRAGMA foreign_key_list("{table}")'):
        found.setdefault(number, []).append((parent, column, parent_column or column))
    return tuple(
        ForeignKey(parts[0][0], tuple(part[1] for part in parts), tuple(part[2] for part in parts))
        for parts in found.values()
    )
