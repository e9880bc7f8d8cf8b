"""Sessions: every statement they run carries a scope; a write session is one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import Row, Select, Table, bindparam, delete, func, insert, inspect, select, text, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel, col

from modkit.db.changes import changed_values, key_names, values_of
from modkit.db.entities import SyncedEntity
from modkit.db.errors import Denied, InvalidStatement, TenantNotInScope
from modkit.db.outbox import Op, Outbox
from modkit.db.rewriting import mark_statement
from modkit.db.scope import admits, declaration_of, names_tenant, scope_condition
from modkit.db.select import ScopedSelect
from modkit.db.statements import check_free_select, scoped_statement
from modkit.db.translate import translate_error
from modkit.db.types import utc_now
from modkit.security import NIL, AccessScope, SecurityContext

E = TypeVar("E", bound=SQLModel)
S = TypeVar("S", bound=SyncedEntity)
Ts = TypeVarTuple("Ts")
_ROW_KEY = "row_key"


class ReadSession:
    """Reads within one snapshot and one scope. Entities come out detached: plain objects, no lazy loading."""

    def __init__(self, session: AsyncSession, ctx: SecurityContext, scope: AccessScope, path: Path) -> None:
        self._session = session
        self._path = path
        self.ctx = ctx
        self.scope = scope

    def select(self, entity: type[E]) -> ScopedSelect[E]:
        """Begin a query over ``entity``; run it with ``all``, ``first`` or ``count``."""
        return ScopedSelect(entity)

    async def all(self, query: ScopedSelect[E]) -> list[E]:
        """Every row of the query."""
        result = await self._run(query.scoped_statement(self.scope))
        found = list(result.scalars().all())
        self._session.expunge_all()
        return found

    async def first(self, query: ScopedSelect[E]) -> E | None:
        """The first row, None when there is none."""
        found = await self.all(query.limit(1))
        return found[0] if found else None

    async def count(self, query: ScopedSelect[Any]) -> int:
        """How many rows the query has (its limit counts)."""
        inner = query.scoped_statement(self.scope).order_by(None).subquery()
        result = await self._run(select(func.count()).select_from(inner))
        return int(result.scalar_one())

    async def exists(self, query: ScopedSelect[Any]) -> bool:
        """Whether the query has a row."""
        return await self.count(query.limit(1)) > 0

    async def get(self, entity: type[E], row_id: Any) -> E | None:
        """The row with this id (the entity's resource column); None when absent or outside the scope.

        Raises:
            InvalidStatement: the entity has no resource column.
        """
        return await self.first(self.select(entity).where(_resource_column(entity) == row_id))

    async def rows(self, statement: Select[*Ts], *entities: Any) -> Sequence[Row[*Ts]]:
        """Run any SELECT that selects from the given entities (classes or aliases).

        The scope condition is added first, for each of them and for every other entity that occurs in the
        statement, also in subqueries and CTEs. The condition goes into WHERE, so an outer join to a row outside
        the scope drops the whole row.

        Raises:
            InvalidStatement: not a plain SELECT, no entity named, or one that it does not select from.
        """
        check_free_select(statement, entities)
        result = await self._run(scoped_statement(statement, self.scope))
        found: Sequence[Row[*Ts]] = result.all()
        self._session.expunge_all()
        return found

    async def _run(self, statement: Any, params: Any = None) -> Any:
        return await self._guarded(self._session.execute(statement, params))

    async def _guarded(self, work: Awaitable[Any]) -> Any:
        try:
            return await work
        except Exception as err:
            if (translated := translate_error(err, self._path)) is not None:
                raise translated from err
            raise


class WriteSession(ReadSession):
    """A read session that also writes. What it did is stored when its block ends without an error."""

    def __init__(
        self, session: AsyncSession, ctx: SecurityContext, scope: AccessScope, path: Path, outbox: Outbox
    ) -> None:
        super().__init__(session, ctx, scope, path)
        self._outbox = outbox

    async def insert(self, entity: E) -> E:
        """Store a new row and give it back.

        Raises:
            InvalidStatement: ``tenant_id is required``.
            TenantNotInScope, Denied: the row would lie outside the scope.
            ConstraintViolated: for example the id exists already.
        """
        await self.insert_many([entity])
        return entity

    async def insert_many(self, entities: Sequence[SQLModel]) -> None:
        """Store several new rows, in this order; the rules of ``insert`` hold for each, and one error refuses all."""
        for entity in entities:
            if isinstance(entity, SyncedEntity):
                self._stamp_new(entity)
            self._check_insert(entity)
        for cls, group in groupby(entities, type):
            await self._insert_of_one_kind(cls, list(group))

    async def insert_rows(self, entity: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """``insert_many`` for thousands: rows as values with every column, for tables that are not synced.

        Raises:
            InvalidStatement: the entity is a synced one; else as for ``insert``.
        """
        if not rows:
            return
        _check_not_synced(entity)
        for row in rows:
            self._check_new_row(entity, row)
        await self._run(insert(inspect(entity).local_table), [dict(row) for row in rows])

    async def insert_synced_rows(self, entity: type[SyncedEntity], rows: Sequence[Mapping[str, Any]]) -> None:
        """``insert_many`` for thousands of synced rows that were made earlier and elsewhere.

        Each row has every column but the stamped ones: it keeps its ``id`` and ``created_at``, and becomes this
        subject's.

        Raises:
            As ``insert``.
        """
        if not rows:
            return
        mine = {"tenant_id": self.ctx.subject_tenant_id, "owner_id": self.ctx.subject_id, "updated_at": utc_now()}
        stamped = [{**row, **mine, "hlc": self._outbox.stamp()} for row in rows]
        for row in stamped:
            self._check_new_row(entity, row)
        await self._run(insert(inspect(entity).local_table), stamped)
        await self._log(entity, [(row["id"], row["tenant_id"], row["hlc"]) for row in stamped], "insert")

    async def _insert_of_one_kind(self, cls: type[SQLModel], entities: list[SQLModel]) -> None:
        rows = [values_of(entity) for entity in entities]
        if any(row.get(key) is None for row in rows for key in key_names(cls)):
            # The database makes the key: only the unit of work brings it back.
            self._session.add_all(entities)
            await self._guarded(self._session.flush())
            self._session.expunge_all()
            return
        await self._run(insert(cls), rows)
        for entity in entities:
            make_transient_to_detached(entity)
        await self._log(
            cls, [(one.id, one.tenant_id, one.hlc) for one in entities if isinstance(one, SyncedEntity)], "insert"
        )

    async def update(self, entity: E) -> E:
        """Store what changed on the entity since it was read; columns that were not touched are not written.

        Raises:
            Denied: the row is gone or outside the scope.
            InvalidStatement: ``tenant_id is immutable``.
        """
        return await self._update(entity, "update")

    async def trash(self, entity: S) -> S:
        """Put the row in the trash: ``deleted_at`` is set, nothing else is lost."""
        entity.deleted_at = utc_now()
        return await self._update(entity, "trash")

    async def restore(self, entity: S) -> S:
        """Take the row out of the trash."""
        entity.deleted_at = None
        return await self._update(entity, "restore")

    async def delete(self, entity: SQLModel) -> bool:
        """Remove the row for good; False when it is gone or outside the scope."""
        cls = type(entity)
        column = _resource_column(cls)
        return await self.delete_where(cls, column == getattr(entity, column.key)) > 0

    async def update_where(self, entity: type[SQLModel], values: Mapping[str, Any], *conditions: Any) -> int:
        """Change every row in scope that meets the conditions; gives the number of rows.

        Raises:
            InvalidStatement: ``tenant_id is immutable``.
        """
        self._check_tenant_untouched(entity, values)
        scoped = self._scoped(entity, conditions)
        if not issubclass(entity, SyncedEntity):
            return await self._rowcount(update(entity).where(*scoped).values(dict(values)))
        ids = await self._ids(entity, scoped)
        if not ids:
            return 0
        stamp = self._outbox.stamp()
        stamped = {**values, "updated_at": utc_now(), "hlc": stamp}
        changed = await self._rowcount(update(entity).where(*scoped).values(stamped))
        await self._log(entity, [(*one, stamp) for one in ids], _op_of(values))
        return changed

    async def update_rows(self, entity: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """Change many rows in one statement. Each mapping has the resource column and, all alike, the new values.

        Rows that are gone or outside the scope are passed over. For tables that are not synced.

        Raises:
            InvalidStatement: ``tenant_id is immutable``, or the entity is a synced one.
        """
        if not rows:
            return
        _check_not_synced(entity)
        key = _resource_column(entity).key
        names = [name for name in rows[0] if name != key]
        self._check_tenant_untouched(entity, dict.fromkeys(names))
        table: Table = inspect(entity).local_table
        mine = (table.c[key] == bindparam(_ROW_KEY), scope_condition(entity, table, self.scope))
        # On the table and not the entity: the unit of work has no conditions for many rows at once.
        statement = update(table).where(*mine).values({name: bindparam(name) for name in names})
        await self._run(statement, [{_ROW_KEY: row[key], **{name: row[name] for name in names}} for row in rows])

    async def delete_where(self, entity: type[SQLModel], *conditions: Any) -> int:
        """Remove every row in scope that meets the conditions, for good; gives the number of rows."""
        scoped = self._scoped(entity, conditions)
        if not issubclass(entity, SyncedEntity):
            return await self._rowcount(delete(entity).where(*scoped))
        ids = await self._ids(entity, scoped)
        if not ids:
            return 0
        removed = await self._rowcount(delete(entity).where(*scoped))
        stamp = self._outbox.stamp()
        await self._log(entity, [(*one, stamp) for one in ids], "delete")
        return removed

    async def execute(self, sql: str, params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> None:
        """Run SQL text with ``:name`` parameters: only for derived tables such as a full-text index."""
        await self._run(text(sql), params)

    async def mark_for_erasing(self, module: str, *full_text: str) -> None:
        """What this transaction deletes is to be unreadable afterwards: call ``Database.erase_deleted`` behind it.

        ``full_text`` are the FTS5 tables that had words of it.
        """
        await self.execute(*mark_statement(module, full_text))

    async def _update(self, entity: E, op: Op) -> E:
        cls = type(entity)
        column = _resource_column(cls)
        changed = changed_values(entity)
        if not changed and op == "update":
            return entity
        self._check_tenant_untouched(cls, changed)
        if isinstance(entity, SyncedEntity):
            changed |= {"updated_at": utc_now(), "hlc": self._outbox.stamp()}
        mine = self._scoped(cls, (column == getattr(entity, column.key),))
        if await self._rowcount(update(cls).where(*mine).values(changed)) == 0:
            raise Denied
        for name, value in changed.items():
            set_committed_value(entity, name, value)
        if isinstance(entity, SyncedEntity):
            await self._log(cls, [(entity.id, entity.tenant_id, entity.hlc)], op)
        return entity

    def _scoped(self, entity: type, conditions: tuple[Any, ...]) -> tuple[Any, ...]:
        """The conditions, their subqueries kept inside the scope, and the entity's own scope condition."""
        inner = [scoped_statement(condition, self.scope) for condition in conditions]
        return (*inner, scope_condition(entity, entity, self.scope))

    def _stamp_new(self, entity: SyncedEntity) -> None:
        now: datetime = utc_now()
        if entity.tenant_id == NIL:
            entity.tenant_id = self.ctx.subject_tenant_id
        if entity.owner_id == NIL:
            entity.owner_id = self.ctx.subject_id
        entity.created_at = entity.updated_at = now
        entity.hlc = self._outbox.stamp()

    def _check_insert(self, entity: SQLModel) -> None:
        self._check_new_row(type(entity), values_of(entity))

    def _check_new_row(self, entity: type[SQLModel], row: Mapping[str, Any]) -> None:
        declaration = declaration_of(entity)
        tenant = row.get(declaration.tenant) if declaration.tenant else None
        if declaration.tenant and (tenant is None or tenant == NIL):
            raise InvalidStatement(f"{declaration.tenant} is required")
        if admits(entity, self.scope, row):
            return
        if tenant is not None and not names_tenant(self.scope, tenant):
            raise TenantNotInScope(tenant)
        raise Denied("the new row would lie outside the current security scope")

    def _check_tenant_untouched(self, entity: type[SQLModel], values: Mapping[str, Any]) -> None:
        tenant = declaration_of(entity).tenant
        if tenant is not None and tenant in values:
            raise InvalidStatement(f"{tenant} is immutable")

    async def _ids(self, entity: type[SyncedEntity], conditions: tuple[Any, ...]) -> list[tuple[Any, Any]]:
        result = await self._run(select(col(entity.id), col(entity.tenant_id)).where(*conditions))
        return [(row_id, tenant_id) for row_id, tenant_id in result.all()]

    async def _rowcount(self, statement: Any) -> int:
        result: CursorResult[Any] = await self._run(statement.execution_options(synchronize_session=False))
        return result.rowcount

    async def _log(self, entity: type, changed: Sequence[tuple[Any, Any, str]], op: Op) -> None:
        if changed:
            await self._run(*self._outbox.entry(entity, changed, op))


def _check_not_synced(entity: type[SQLModel]) -> None:
    if issubclass(entity, SyncedEntity):
        raise InvalidStatement("Synced rows are stored by the verbs that log them.")


def _resource_column(entity: type) -> Any:
    name = declaration_of(entity).resource
    if name is None:
        raise InvalidStatement(f"{entity.__name__} has no resource column to be found by.")
    return getattr(entity, name)


def _op_of(values: Mapping[str, Any]) -> Op:
    if "deleted_at" not in values:
        return "update"
    return "restore" if values["deleted_at"] is None else "trash"
