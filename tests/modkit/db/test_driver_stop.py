"""A connection ends once, however often it is asked to."""

from __future__ import annotations

import asyncio

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from modkit.db.driver import OneVisitConnection


async def test_a_connection_that_is_stopped_while_it_closes_ends() -> None:
    connection = await OneVisitConnection(lambda: sqlcipher.connect(":memory:"))
    closing = asyncio.create_task(connection.close())
    await asyncio.sleep(0)  # its first step: the close is on its way to the thread
    connection.stop()
    await asyncio.wait_for(closing, 60)


async def test_a_connection_that_cannot_be_opened_has_ended_when_that_is_known() -> None:
    def refuse() -> sqlcipher.Connection:
        raise OSError("no such disk")

    connection = OneVisitConnection(refuse)
    with pytest.raises(OSError, match="no such disk"):
        await connection.opened()
    ended = connection.stop()
    assert ended is not None
    assert ended.done()
