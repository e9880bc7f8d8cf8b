"""Statements that run many times a second: scoped and compiled once, run in one visit to the connection's thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import Select
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.errors import InvalidStatement
from modkit.db.statements import check_free_select, scoped_statement
from modkit.security import AccessScope

_DIALECT: Any = SQLiteDialect_pysqlite(paramstyle="qmark")
_KNOWN_SCOPES = 64
Ts = TypeVarTuple("Ts")
Processor = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL for one scope: names of its parameters in order, values that are fixed, and how values are converted."""

    sql: str
    names: tuple[str, ...]
    fixed: dict[str, Any]
    to_database: dict[str, Processor]
    from_database: tuple[Processor | None, ...]


class Prepared:
    """A SELECT whose changing values are ``bindparam``s. Compiling costs milliseconds, and is done once for a scope.

    It is scoped as by ``ReadSession.rows``: there is no way to run it without a scope.
    """

    def __init__(self, statement: Select[*Ts], *entities: Any) -> None:
        """
        Raises:
            InvalidStatement: as for ``ReadSession.rows``.
        """
        check_free_select(statement, entities)
        self._statement = statement
        self._compiled: OrderedDict[AccessScope, _Compiled] = OrderedDict()

    def rows(self, connection: sqlcipher.Connection, scope: AccessScope, values: dict[str, Any]) -> list[Any]:
        """Run it on a connection; blocks. Sessions call this."""
        compiled = self._for(scope)
        given = {**compiled.fixed, **values}
        bound = [_converted(compiled.to_database.get(name), given[name]) for name in compiled.names]
        found: list[Any] = connection.execute(compiled.sql, bound).fetchall()
        if not any(compiled.from_database):
            return found
        return [tuple(map(_converted, compiled.from_database, row)) for row in found]

    def sql(self, scope: AccessScope) -> str:
        """What is sent to SQLite: for a look at its query plan."""
        return self._for(scope).sql

    def _for(self, scope: AccessScope) -> _Compiled:
        known = self._compiled.get(scope)
        if known is None:
            known = self._compiled[scope] = _compile(scoped_statement(self._statement, scope))
            while len(self._compiled) > _KNOWN_SCOPES:
                self._compiled.popitem(last=False)
        return known


class Snapshot:
    """Runs prepared statements on one state of the file and in one scope, on the connection's own thread."""

    def __init__(self, connection: sqlcipher.Connection, scope: AccessScope) -> None:
        self._connection = connection
        self._scope = scope

    def rows(self, statement: Prepared, **values: Any) -> Sequence[Any]:
        """The rows as tuples, their values as the columns' types give them."""
        return statement.rows(self._connection, self._scope, values)


def _compile(statement: Any) -> _Compiled:
    compiled: Any = statement.compile(dialect=_DIALECT)
    if compiled.post_compile_params:
        raise InvalidStatement("A prepared statement cannot hold lists.", action="Use json_each.")
    columns = [column.type.dialect_impl(_DIALECT) for column in statement.selected_columns]
    return _Compiled(
        sql=str(compiled),
        names=tuple(compiled.positiontup),
        fixed={name: value for name, value in compiled.construct_params(_check=False).items() if value is not None},
        to_database=dict(compiled._bind_processors),
        from_database=tuple(column.result_processor(_DIALECT, None) for column in columns),
    )


def _converted(processor: Processor | None, value: Any) -> Any:
    return value if processor is None else processor(value)
