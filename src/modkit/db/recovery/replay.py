"""Puts rows into a database that is being put together: what is missing is added, what is older is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.recovery.records import Value
from modkit.db.recovery.salvage import Identity, SalvagedTable
from modkit.db.recovery.schema import ForeignKey, Schema, TableShape

_NEWER_BY = ("hlc", "updated_at")
"""Columns that tell which of two versions of a row is the later one; the first that both have decides."""


@dataclass(slots=True)
class Put:
    """What became of a table's rows."""

    added: set[Identity] = field(default_factory=set)
    changed: set[Identity] = field(default_factory=set)
    refused: set[Identity] = field(default_factory=set)
    removed: int = 0


class Replay:
    """Writes into one open database, without foreign keys; ``close_gaps`` sees to those at the end.

    Triggers run as for any other change, so what they keep (full text) is kept.
    """

    def __init__(self, connection: sqlcipher.Connection, schema: Schema) -> None:
        self._connection = connection
        self._schema = schema
        connection.execute("PRAGMA foreign_keys = OFF")
        # So that a row that gives way to a newer one with the same unique value leaves the full text, too.
        connection.execute("PRAGMA recursive_triggers = ON")

    def stored(self, shape: TableShape) -> dict[Identity, tuple[Value, ...]]:
        """All rows of a table by key, in the order of the shape's columns."""
        target = self._schema.tables[shape.name]
        names = ", ".join(_quoted(name) if name in target.names else "NULL" for name in shape.names)
        key = ", ".join(map(_quoted, shape.key)) or "rowid"
        rows = self._connection.execute(f"SELECT {key}, {names} FROM {_quoted(shape.name)}").fetchall()
        width = len(shape.key) or 1
        return {tuple(row[:width]): tuple(row[width:]) for row in rows}

    def merge(self, table: SalvagedTable) -> Put:
        """Bring a table to what was read of it: rows that are known to have been removed are removed."""
        shape, put = table.shape, Put()
        target = self._schema.tables[shape.name]
        there = self.stored(shape)
        if not shape.key and not table.whole:
            # Without a key a row is told by its values alone.
            known_values = set(there.values())
            table.rows = {key: row for key, row in table.rows.items() if row not in known_values}
        for identity in self._removed(table, there):
            self._remove(shape, identity)
            put.removed += 1
        shared = [place for place, name in enumerate(shape.names) if name in target.names]
        for identity, row in table.rows.items():
            old = there.get(identity)
            if old is not None and (
                [old[at] for at in shared] == [row[at] for at in shared] or _later(shape, old, row)
            ):
                continue
            if not self._write(shape, shared, identity, row, old):
                put.refused.add(identity)
            else:
                (put.added if old is None else put.changed).add(identity)
        return put

    def _removed(self, table: SalvagedTable, there: Iterable[Identity]) -> list[Identity]:
        if table.whole:
            return [identity for identity in there if identity not in table.rows]
        if table.known is not None and table.shape.key:
            return [identity for identity in there if identity not in table.known]
        return []

    def _write(
        self,
        shape: TableShape,
        shared: Sequence[int],
        identity: Identity,
        row: tuple[Value, ...],
        old: tuple[Value, ...] | None,
    ) -> bool:
        names = [shape.names[at] for at in shared]
        if old is None or not shape.key:
            values: list[Value] = [row[at] for at in shared]
            places = ", ".join("?" * len(names))
            into = f"INTO {_quoted(shape.name)} ({', '.join(map(_quoted, names))}) VALUES ({places})"
            return self._tried(f"INSERT {into}", values) or self._tried(f"INSERT OR REPLACE {into}", values)
        changed = [at for at in shared if row[at] != old[at]]
        sets = ", ".join(f"{_quoted(shape.names[at])} = ?" for at in changed)
        where = " AND ".join(f"{_quoted(name)} IS ?" for name in shape.key)
        values = [*(row[at] for at in changed), *identity]
        rest = f"{_quoted(shape.name)} SET {sets} WHERE {where}"
        return self._tried(f"UPDATE {rest}", values) or self._tried(f"UPDATE OR REPLACE {rest}", values)

    def _tried(self, sql: str, values: Sequence[Value]) -> bool:
        try:
            self._connection.execute(sql, values)
        except sqlcipher.IntegrityError:
            return False
        return True

    def _remove(self, shape: TableShape, identity: Identity) -> None:
        where = " AND ".join(f"{_quoted(name)} IS ?" for name in shape.key or ("rowid",))
        self._connection.execute(f"DELETE FROM {_quoted(shape.name)} WHERE {where}", identity)

    def close_gaps(self) -> Mapping[str, int]:
        """Make every foreign key hold: a row whose parent is lost gets an empty one in its place.

        A message is worth more than the title of its conversation. Rows that cannot be helped are removed; gives how
        many, by table.
        """
        removed: dict[str, int] = {}
        # A new parent may itself want a parent; chains are short.
        for _ in range(len(self._schema.tables) + 1):
            gaps = self._connection.execute("PRAGMA foreign_key_check").fetchall()
            if not gaps:
                return removed
            for table, rowid, _, number in gaps:
                foreign = self._schema.tables[table].foreign_keys[number]
                if not self._make_parent(table, rowid, foreign):
                    self._connection.execute(f"DELETE FROM {_quoted(table)} WHERE rowid = ?", (rowid,))
                    removed[table] = removed.get(table, 0) + 1
        return removed

    def _make_parent(self, table: str, rowid: int, foreign: ForeignKey) -> bool:
        row = self._connection.execute(f"SELECT * FROM {_quoted(table)} WHERE rowid = ?", (rowid,)).fetchone()
        parent = self._schema.tables.get(foreign.parent)
        if row is None:
            return True
        if parent is None:
            return False
        child = dict(zip(self._schema.tables[table].names, row, strict=True))
        values = {name: child[column] for name, column in zip(foreign.parent_columns, foreign.columns, strict=True)}
        for column in parent.columns:
            if column.name not in values and column.required and column.default is None:
                values[column.name] = _stand_in(column.name, column.type, child)
        places = ", ".join("?" * len(values))
        names = ", ".join(map(_quoted, values))
        sql = f"INSERT OR IGNORE INTO {_quoted(parent.name)} ({names}) VALUES ({places})"
        return self._tried(sql, list(values.values()))


def _stand_in(name: str, kind: str, child: Mapping[str, Value]) -> Value:
    """A value for a column of a lost row: what its child has by the same name, else something empty of its kind."""
    if name in child:
        return child[name]
    if name.endswith("_at"):
        return child.get("updated_at") or ""
    if name.endswith("_json"):
        return "{}"
    return 0 if kind.upper() in ("INTEGER", "BOOLEAN", "REAL", "FLOAT") else ""


def _later(shape: TableShape, old: tuple[Value, ...], new: tuple[Value, ...]) -> bool:
    """Whether the version that is stored is later than the one that was read."""
    for name in _NEWER_BY:
        if name in shape.names:
            place = shape.names.index(name)
            one, other = old[place], new[place]
            return isinstance(one, str) and isinstance(other, str) and one > other
    return False


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
