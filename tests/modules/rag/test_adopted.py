"""Collections that were made elsewhere arrive as they were."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from modules.rag.contract import Collection, InvalidName
from tests.modules.rag.rag_support import Workplace

MADE = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)


async def test_an_adopted_collection_keeps_its_id_and_its_sources_and_can_be_read(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    elsewhere = Collection(uuid4(), "Leases", MADE)
    assert await work.rag.adopt(work.ctx, elsewhere, {docs: False}) == elsewhere
    [overview] = await work.rag.overview(work.ctx)
    assert overview.collection == elsewhere
    assert [(source.path, source.watched) for source in overview.sources] == [(docs, False)]
    assert (await work.done(await work.rag.refresh(work.ctx, "Leases")))["read"] == 1


async def test_a_known_collection_is_not_adopted_again_and_a_taken_name_gets_a_number(work: Workplace) -> None:
    first, second = Collection(uuid4(), "C", MADE), Collection(uuid4(), "C", MADE)
    await work.rag.adopt(work.ctx, first, {})
    assert await work.rag.adopt(work.ctx, second, {}) == Collection(second.id, "C (2)", MADE)
    await work.rag.remove(work.ctx, "C")
    assert await work.rag.adopt(work.ctx, first, {}) is None
    assert [one.name for one in await work.rag.collections(work.ctx)] == ["C (2)"]


async def test_a_watched_source_that_is_not_there_is_kept(work: Workplace) -> None:
    gone = Path("/nowhere/to be found")
    await work.rag.adopt(work.ctx, Collection(uuid4(), "Gone", MADE), {gone: True})
    [overview] = await work.rag.overview(work.ctx)
    assert [(source.path, source.watched) for source in overview.sources] == [(gone, True)]


async def test_a_name_that_is_none_is_refused(work: Workplace) -> None:
    with pytest.raises(InvalidName):
        await work.rag.adopt(work.ctx, Collection(UUID(int=1), "two\nlines", MADE), {})
