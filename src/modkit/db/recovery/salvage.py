"""Reads out of a damaged database every row that is still what was written, and finds out which are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from modkit.db.recovery.pages import DamagedPages
from modkit.db.recovery.records import Unreadable, Value
from modkit.db.recovery.schema import Schema, SchemaRow, TableShape
from modkit.db.recovery.trees import Trees, Walk

Identity = tuple[Value, ...]
_SCHEMA_KINDS = frozenset({"table", "index", "view", "trigger"})
_SCHEMA_COLUMNS = 5


@dataclass(slots=True)
class SalvagedTable:
    """``rows`` by primary key (by row number without one), their values in the order of the shape's columns.

    ``known``: the keys of all rows that there were, from an index that could be read whole; None when that is unknown.
    """

    shape: TableShape
    rows: dict[Identity, tuple[Value, ...]] = field(default_factory=dict)
    whole: bool = True
    known: frozenset[Identity] | None = None


@dataclass(frozen=True, slots=True)
class Salvage:
    """``schema_whole``: every table that there was is in ``schema``. ``format_version`` is 0 when unknown."""

    schema: Schema
    schema_whole: bool
    tables: Mapping[str, SalvagedTable]
    format_version: int


def salvage(pages: DamagedPages) -> Salvage:
    """Every row that can be read; empty when no page can be. Blocks, for as long as the file is large."""
    trees = Trees(pages)
    listing = trees.walk(1)
    rows = list(_schema_rows(values for _, values in listing.rows))
    if not listing.whole:
        # The page above the others is bad: they are found by what they look like.
        strays = (values for _, found in trees.orphans() for _, values in found)
        rows += _schema_rows(strays)
    rows = list({(row.kind, row.name): row for row in reversed(rows)}.values())[::-1]
    schema = Schema(row for row in rows if row.kind != "table" or row.sql)
    roots = {row.name: row.root for row in rows if row.root}
    walks = {name: trees.walk(root) for name, root in roots.items()}
    tables = {name: _table(shape, walks) for name, shape in schema.tables.items() if name in walks}
    _adopt_orphans(trees, tables)
    first = pages.page(1)
    version = int.from_bytes(first[60:64], "big") if first is not None else 0
    return Salvage(schema, listing.whole and bool(rows), tables, version)


def _schema_rows(records: Iterable[list[Value]]) -> Iterable[SchemaRow]:
    for values in records:
        if len(values) != _SCHEMA_COLUMNS:
            continue
        kind, name, table, root, sql = values
        if kind in _SCHEMA_KINDS and isinstance(name, str) and isinstance(table, str) and isinstance(root, int):
            yield SchemaRow(str(kind), name, table, root, sql if isinstance(sql, str) else None)


def _table(shape: TableShape, walks: Mapping[str, Walk]) -> SalvagedTable:
    walk = walks[shape.name]
    indexes = [(columns, walks[index]) for index, columns in shape.indexes.items() if index in walks]
    table = SalvagedTable(shape, whole=walk.whole)
    keys = None if walk.whole else _keys_by_rowid(shape, indexes)
    _put(table, walk.rows, None)
    if keys is not None:
        table.known = frozenset(keys.values())
    return table


def _keys_by_rowid(shape: TableShape, indexes: list[tuple[tuple[str, ...], Walk]]) -> dict[int, Identity] | None:
    """The key of every row there was, as an index has it that can be read whole."""
    if shape.without_rowid:
        return None
    for columns, walk in indexes:
        if not walk.whole:
            continue
        if shape.rowid_column is not None or not shape.key:
            return {int(str(values[-1])): (values[-1],) for _, values in walk.rows}
        if set(shape.key) <= set(columns):
            places = [columns.index(name) for name in shape.key]
            return {int(str(values[-1])): tuple(values[place] for place in places) for _, values in walk.rows}
    return None


def _put(table: SalvagedTable, rows: Iterable[tuple[int, list[Value]]], only: frozenset[Identity] | None) -> None:
    for rowid, values in rows:
        try:
            complete = _completed(table.shape, rowid, values)
        except Unreadable:
            table.whole = False
            continue
        identity = identity_of(table.shape, complete, rowid)
        if only is None or identity in only:
            table.rows.setdefault(identity, complete)


def _completed(shape: TableShape, rowid: int, values: list[Value]) -> tuple[Value, ...]:
    """A row's values in the order of the columns, with what a record leaves out."""
    if len(values) > len(shape.columns):
        raise Unreadable
    names = shape.names
    if shape.without_rowid:
        # Such a table is an index: the key stands first.
        names = (*shape.key, *(name for name in names if name not in shape.key))
    given = dict(zip(names, values, strict=False))
    if shape.rowid_column is not None:
        given[shape.rowid_column] = rowid
    # A column that was added later is missing from the rows before it.
    return tuple(given.get(column.name, column.default) for column in shape.columns)


def identity_of(shape: TableShape, values: tuple[Value, ...], rowid: int) -> Identity:
    """What tells a row from the others of its table."""
    if not shape.key:
        return (rowid,)
    places = {name: place for place, name in enumerate(shape.names)}
    return tuple(values[places[name]] for name in shape.key)


def _adopt_orphans(trees: Trees, tables: Mapping[str, SalvagedTable]) -> None:
    """Give the pages below a bad one back to the table that it belonged to."""
    holed = [table for table in tables.values() if not table.whole and not table.shape.without_rowid]
    if not holed:
        return
    for _, rows in trees.orphans():
        for table in holed:
            if table.known is not None and _are_of(table, rows):
                _put(table, rows, table.known)
                break
        else:
            # Without an index that knows its rows a page is taken only if it can be of no other table.
            if len(holed) == 1 and holed[0].known is None and _fit(holed[0].shape, rows):
                _put(holed[0], rows, None)


def _are_of(table: SalvagedTable, rows: list[tuple[int, list[Value]]]) -> bool:
    if table.known is None or not _fit(table.shape, rows):
        return False
    found = [identity_of(table.shape, _completed(table.shape, rowid, values), rowid) for rowid, values in rows]
    return bool(found) and sum(one in table.known for one in found) * 2 > len(found)


def _fit(shape: TableShape, rows: list[tuple[int, list[Value]]]) -> bool:
    needed = [column.required and column.name != shape.rowid_column for column in shape.columns]
    required = [place for place, is_needed in enumerate(needed) if is_needed]
    return bool(rows) and all(
        len(values) <= len(shape.columns)
        and all(place >= len(values) or values[place] is not None for place in required)
        for _, values in rows
    )
