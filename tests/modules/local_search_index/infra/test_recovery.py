"""An index file that is damaged or deleted is made anew, and says so."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file
from modkit.keys import DataKey
from modkit.security import SecurityContext
from modules.local_search_index.contract import IndexRebuilt, LocalSearchIndexClient
from modules.local_search_index.domain.service import LocalSearchIndexService
from modules.local_search_index.infra.embedded.migrations import MIGRATIONS
from modules.local_search_index.infra.embedded.recovery import MODULE
from modules.local_search_index.infra.embedded.store import EmbeddedStore
from tests.modules.local_search_index.index_support import document, embed, found, near, put


def _overwrite_pages(path: Path) -> None:
    """Destroy the later half: the list of tables, which opening looks at, lies in the first."""
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(size // 2)
        file.write(b"\x5a" * (size - size // 2))


async def _filled(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", *(f"fish number {number}" + " and so on" * 40 for number in range(500)))
    generation = await index.begin_generation(ctx, "tiny", 2)
    await embed(index, ctx, generation.id, {"fish number 1" + " and so on" * 40: (1, 0)})
    await near(index, ctx, (1, 0))
    await index.confirm_reindexing(ctx)


@pytest.fixture
async def damaged(home: Path, key: DataKey, ctx: SecurityContext) -> Path:
    """A filled file whose pages were overwritten while nobody had it open."""
    path = home / "index.db"
    file = await open_database_file(path, key)
    await migrate(file, MODULE, MIGRATIONS)
    store = EmbeddedStore(Database(MODULE, file), memory_bytes=2**20)
    await _filled(LocalSearchIndexService(lambda: store), ctx)
    await file.close()
    _overwrite_pages(path)
    return path


async def test_a_damaged_file_is_replaced_when_it_is_noticed(damaged: Path, key: DataKey, ctx: SecurityContext) -> None:
    # given: opening does not read all of a file
    file = await open_database_file(damaged, key)
    store = EmbeddedStore(Database(MODULE, file), memory_bytes=2**20)
    index = LocalSearchIndexService(lambda: store)
    # when
    outcomes = await asyncio.gather(*(found(index, ctx, "fish") for _ in range(3)), return_exceptions=True)
    # then: every call that saw the damage says so, and one new file is there
    assert {type(outcome) for outcome in outcomes} <= {IndexRebuilt, list}
    assert IndexRebuilt in {type(outcome) for outcome in outcomes}
    assert (await index.state(ctx)).needs_reindexing
    assert damaged.with_name("index.db.set-aside").exists()
    # and: it works
    await put(index, ctx, "a.md", "new fish")
    assert await found(index, ctx, "fish") == ["new [fish]"]
    await file.close()


async def test_a_file_deleted_while_it_is_open_is_replaced_when_it_is_noticed(
    embedded: LocalSearchIndexClient, index_file: DatabaseFile, ctx: SecurityContext
) -> None:
    # given
    await _filled(embedded, ctx)
    await index_file.close()
    index_file.path.unlink()
    # when
    with pytest.raises(IndexRebuilt, match=r"index\.db"):
        await near(embedded, ctx, (1, 0))
    # then
    assert (await embedded.state(ctx)).needs_reindexing
    assert await embedded.generations(ctx) == []
    assert await embedded.revisions(ctx, [document("a.md").id]) == {}
    await put(embedded, ctx, "a.md", "new fish")
    assert await found(embedded, ctx, "fish") == ["new [fish]"]
