"""Watched folders: what changes in them is noticed by itself, also after a restart and after they were away."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID

import pytest
from watchfiles import Change

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient
from modules.rag.contract import CollectionNotFound, FileState, Source, SourceNotFound
from modules.rag.domain.indexing.ingestion import Ingestion
from modules.rag.infra.notices import WatchfilesNotices, interesting
from modules.rag.infra.storage.repository import SqlRagStore
from tests.modules.rag.conftest import Open
from tests.modules.rag.rag_support import Workplace

INDEXED = FileState.WITHOUT_VECTORS


async def watched(work: Workplace, *paths: Path) -> Workplace:
    await work.done(await work.rag.add(work.ctx, "C", paths or (work.docs,), watch=True))
    return work


async def become(work: Workplace, expected: dict[str, FileState]) -> None:
    """Return when the files are in these states."""
    changes = work.rag.watch(work.ctx)
    while await work.states() != expected:
        await anext(changes)


async def test_what_changes_in_a_watched_folder_is_noticed(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    await watched(work)
    [overview] = await work.rag.overview(work.ctx)
    assert [source.watched for source in overview.sources] == [True]
    (docs / "sub").mkdir()
    (docs / "sub" / "two.txt").write_text("The second is about pears.")
    await become(work, {"one.txt": INDEXED, "sub/two.txt": INDEXED})
    (docs / "one.txt").rename(docs / "three.txt")
    await become(work, {"three.txt": INDEXED, "sub/two.txt": INDEXED})
    (docs / "three.txt").unlink()
    await become(work, {"three.txt": FileState.REMOVED, "sub/two.txt": INDEXED})


async def test_a_watched_file_that_is_replaced_is_read_again(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    await watched(work, docs / "one.txt")
    before = (await work.files())["one.txt"].content_hash
    (docs / "new").write_text("Now it is about quinces.")
    (docs / "new").replace(docs / "one.txt")
    changes = work.rag.watch(work.ctx)
    while (await work.files())["one.txt"].content_hash == before:
        await anext(changes)
    assert list(await work.states()) == ["one.txt"]


async def test_what_changed_while_nobody_watched_is_found_at_start(open_workplace: Open, docs: Path) -> None:
    async with open_workplace() as work:
        await watched(work)
    (docs / "one.txt").write_text("The first is about apples.")
    async with open_workplace() as work:
        await become(work, {"one.txt": INDEXED})


async def test_a_folder_that_is_not_watched_is_left_alone_at_start(open_workplace: Open, docs: Path) -> None:
    async with open_workplace() as work:
        await work.index()
        before = len(await work.hub.get(JobsClient).list(work.ctx))
    async with open_workplace() as work:
        assert len(await work.hub.get(JobsClient).list(work.ctx)) == before


async def test_watching_can_be_switched_off_and_on(open_workplace: Open, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    async with open_workplace() as work:
        await watched(work)
        await work.rag.set_watched(work.ctx, "C", docs, False)
        [overview] = await work.rag.overview(work.ctx)
        assert [source.watched for source in overview.sources] == [False]
        assert await work.states() == {"one.txt": INDEXED}
    (docs / "two.txt").write_text("The second is about pears.")
    async with open_workplace() as work:
        before = len(await work.hub.get(JobsClient).list(work.ctx))
    async with open_workplace() as work:
        assert len(await work.hub.get(JobsClient).list(work.ctx)) == before
        await work.rag.set_watched(work.ctx, "C", docs, True)
        await become(work, {"one.txt": INDEXED, "two.txt": INDEXED})


async def test_only_what_was_added_can_be_watched(work: Workplace, docs: Path) -> None:
    await watched(work)
    with pytest.raises(SourceNotFound):
        await work.rag.set_watched(work.ctx, "C", docs / "other", True)


async def test_a_watched_folder_goes_away_and_comes_back(work: Workplace, docs: Path) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    await watched(work)
    docs.rename(docs.with_name("elsewhere"))
    await become(work, {"one.txt": FileState.AWAY})
    docs.with_name("elsewhere").rename(docs)
    await become(work, {"one.txt": INDEXED})
    (docs / "two.txt").write_text("The second is about pears.")
    await become(work, {"one.txt": INDEXED, "two.txt": INDEXED})


async def test_where_nobody_tells_of_changes_one_looks(
    open_workplace: Open, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def told_nothing(self: WatchfilesNotices, source: Path) -> AsyncGenerator[bool, None]:
        yield False

    monkeypatch.setattr(WatchfilesNotices, "changes", told_nothing)
    monkeypatch.setenv("HYPERSPOT_MODULES__RAG__CONFIG__WATCH_POLL_S", "0.1")
    async with open_workplace() as work:
        await watched(work)
        (docs / "one.txt").write_text("The first is about apples.")
        await become(work, {"one.txt": INDEXED})


async def test_a_collection_in_the_trash_is_not_watched(work: Workplace, docs: Path) -> None:
    await watched(work)
    [collection] = await work.rag.collections(work.ctx)
    await work.rag.remove(work.ctx, "C")
    (docs / "one.txt").write_text("The first is about apples.")
    await work.rag.restore(work.ctx, collection.id)
    await become(work, {"one.txt": INDEXED})
    (docs / "two.txt").write_text("The second is about pears.")
    await become(work, {"one.txt": INDEXED, "two.txt": INDEXED})


async def test_watching_goes_on_when_the_sources_cannot_be_looked_up_once(
    open_workplace: Open, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [HyperSpotError("The database is busy.")]
    sources_of = SqlRagStore.watched_sources

    async def fails_once(self: SqlRagStore) -> list[tuple[SecurityContext, Source]]:
        if failures:
            raise failures.pop()
        return await sources_of(self)

    async with open_workplace() as work:
        await watched(work)
    monkeypatch.setattr(SqlRagStore, "watched_sources", fails_once)
    (docs / "one.txt").write_text("The first is about apples.")
    async with open_workplace() as work:
        await become(work, {"one.txt": INDEXED})
        # The first may have been found by a job that the end of the program had interrupted.
        (docs / "two.txt").write_text("The second is about pears.")
        await become(work, {"one.txt": INDEXED, "two.txt": INDEXED})
    assert not failures


async def test_a_collection_restored_before_its_absence_was_noticed_is_watched(
    work: Workplace, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "one.txt").write_text("The first is about apples.")
    await watched(work)
    looked_in_vain, is_back = asyncio.Event(), asyncio.Event()
    sources_of, look = SqlRagStore.watched_sources, Ingestion.look

    async def when_it_is_back(self: SqlRagStore) -> list[tuple[SecurityContext, Source]]:
        await is_back.wait()
        return await sources_of(self)

    async def look_and_tell(self: Ingestion, ctx: SecurityContext, collection_id: UUID) -> UUID:
        try:
            return await look(self, ctx, collection_id)
        except CollectionNotFound:
            looked_in_vain.set()
            raise

    # What was looked up before tells that it is watched now.
    (docs / "two.txt").write_text("The second is about pears.")
    await become(work, {"one.txt": INDEXED, "two.txt": INDEXED})
    monkeypatch.setattr(SqlRagStore, "watched_sources", when_it_is_back)
    monkeypatch.setattr(Ingestion, "look", look_and_tell)
    [collection] = await work.rag.collections(work.ctx)
    await work.rag.remove(work.ctx, "C")
    (docs / "three.txt").write_text("The third is about plums.")
    await looked_in_vain.wait()
    await work.rag.restore(work.ctx, collection.id)
    is_back.set()
    expected = {"one.txt": INDEXED, "two.txt": INDEXED, "three.txt": INDEXED}
    await become(work, expected)
    (docs / "four.txt").write_text("The fourth is about quinces.")
    await become(work, {**expected, "four.txt": INDEXED})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.txt", True),
        ("sub/a.txt", True),
        (".hidden/a.txt", False),
        (".a.txt.swp", False),
        ("node_modules/lib.js", False),
        (".gitignore", True),
        ("sub/.ignore", True),
        (".git/.ignore", False),
        ("home/hyperspot.db", False),
        ("homework.txt", True),
    ],
)
def test_hidden_and_excluded_files_are_no_change(tmp_path: Path, path: str, expected: bool) -> None:
    wanted = interesting(tmp_path, tmp_path / "home")
    assert wanted(Change.modified, str(tmp_path / path)) is expected


async def test_listening_ends_when_the_folder_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    changes = WatchfilesNotices(check_s=0.05).changes(folder)
    listening = asyncio.ensure_future(_all(changes))
    shutil.rmtree(folder)
    await listening


async def _all(changes: AsyncGenerator[bool, None]) -> list[bool]:
    return [told async for told in changes]
