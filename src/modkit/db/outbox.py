"""Remembers, in the same transaction, which rows changed: what a later sync will send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Executable, and_, case, literal
from sqlalchemy.dialects.sqlite import insert

from modkit.db.entities import OUTBOX
from modkit.db.hlc import HybridClock

Op = Literal["insert", "update", "trash", "restore", "delete"]


class Outbox:
    """The changes of one transaction. A row that changes often keeps one entry, with its latest stamp."""

    def __init__(self, clock: HybridClock) -> None:
        self._clock = clock

    def stamp(self) -> str:
        """A new clock stamp for a change of this transaction."""
        return self._clock.tick()

    def entry(
        self, entity: type, changed: Sequence[tuple[Any, Any, str]], op: Op
    ) -> tuple[Executable, list[dict[str, Any]]]:
        """The statement and values that log ``op`` for rows given as (row id, tenant id, stamp)."""
        table = entity.__table__.name  # type: ignore[attr-defined]  # every table entity has one
        rows = [
            {"entity_table": table, "row_id": row_id, "tenant_id": tenant_id, "op": op, "hlc": stamp}
            for row_id, tenant_id, stamp in changed
        ]
        return _LOG, rows


def _merged_op(new: Any) -> Any:
    # A row that nobody has sent yet is still new to the others, however often it is edited before.
    return case((and_(OUTBOX.c.op == "insert", new == "update"), literal("insert")), else_=new)


def _log_statement() -> Executable:
    entry = insert(OUTBOX)
    return entry.on_conflict_do_update(
        index_elements=[OUTBOX.c.entity_table, OUTBOX.c.row_id],
        set_={"op": _merged_op(entry.excluded.op), "hlc": entry.excluded.hlc},
    )


_LOG = _log_statement()
