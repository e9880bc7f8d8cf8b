"""Knows whether the running task is inside a transaction, so that nothing can by-pass it by accident."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from modkit.db.errors import NestedTransaction

# The task is remembered too: a task started inside a transaction inherits the context but not the transaction.
_owner: ContextVar[asyncio.Task[object] | None] = ContextVar("transaction_owner", default=None)


def check_outside_transaction() -> None:
    """
    Raises:
        NestedTransaction: this task holds an open transaction.
    """
    owner = _owner.get()
    if owner is not None and owner is asyncio.current_task():
        raise NestedTransaction


@contextmanager
def inside_transaction() -> Iterator[None]:
    """Mark the running task as holding a transaction."""
    check_outside_transaction()
    token = _owner.set(asyncio.current_task())
    try:
        yield
    finally:
        _owner.reset(token)
