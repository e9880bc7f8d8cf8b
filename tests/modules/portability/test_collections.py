"""Collections in an archive: they come back with their ids, and an archive that lies about them is refused."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from hyperspot_desktop.demo.rag import DemoRag
from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.portability.contract import ArchiveDamaged, NewerFormat, PreviewedCollection
from modules.rag.contract import EvalQuestion, Expected, QuestionSet
from tests.modules.portability.exchange_support import Profile, long_tree, members, opened_profile, rewritten

LEASES = (
    QuestionSet("leases", "Contracts", (EvalQuestion("When does it end?", (Expected("lease.md", "31 May"),)),)),
    QuestionSet("prices", "Contracts", (EvalQuestion("How much?", (Expected("msa.pdf"), Expected("lease.md"))),)),
)


@pytest.fixture
async def shelves(ctx: SecurityContext) -> DemoRag:
    """Two collections with sources, one of them with question sets."""
    rag = DemoRag.full()
    for one in LEASES:
        await rag.save_question_set(ctx, one)
    return rag


@pytest.fixture
async def archive(shelves: DemoRag, ctx: SecurityContext, tmp_path: Path) -> Path:
    async with opened_profile(tmp_path / "elsewhere", rag=shelves) as elsewhere:
        await elsewhere.chat.import_conversation(ctx, long_tree(2))
        await elsewhere.portability.export_profile(ctx, tmp_path / "a.zip")
    return tmp_path / "a.zip"


@pytest.fixture
def empty() -> DemoRag:
    return DemoRag()


@pytest.fixture
async def here(empty: DemoRag, tmp_path: Path) -> AsyncIterator[Profile]:
    async with opened_profile(tmp_path / "here", rag=empty) as opened:
        yield opened


async def test_collections_are_the_same_after_a_round_trip(
    here: Profile, empty: DemoRag, shelves: DemoRag, ctx: SecurityContext, archive: Path, tmp_path: Path
) -> None:
    report = await here.portability.import_history(ctx, archive)
    await here.portability.export_profile(ctx, tmp_path / "b.zip")
    assert report.collections == len(shelves.shelves) > 1
    assert archive.read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert [one.questions for one in await empty.question_sets(ctx, "Contracts")] == [one.questions for one in LEASES]
    assert {one.id for one in await empty.collections(ctx)} == {one.id for one in await shelves.collections(ctx)}


async def test_the_preview_names_what_a_collection_would_read(
    here: Profile, shelves: DemoRag, ctx: SecurityContext, archive: Path
) -> None:
    preview = await here.portability.preview(ctx, archive)
    shelf = shelves.shelves[0]
    paths = tuple(sorted(str(source.path) for source in shelf.sources))
    assert PreviewedCollection(shelf.collection.name, paths) in preview.collections


async def test_a_collection_that_is_here_or_in_the_trash_is_left_alone(
    here: Profile, empty: DemoRag, ctx: SecurityContext, archive: Path
) -> None:
    await here.portability.import_history(ctx, archive)
    await empty.remove(ctx, "Contracts")
    assert (await here.portability.preview(ctx, archive)).collections == ()
    assert (await here.portability.import_history(ctx, archive)).collections == 0


async def test_the_undo_puts_collections_into_the_trash(
    here: Profile, empty: DemoRag, ctx: SecurityContext, archive: Path
) -> None:
    report = await here.portability.import_history(ctx, archive)
    assert report.undo_id is not None
    await empty.remove(ctx, "Contracts")
    await here.portability.undo_import(ctx, report.undo_id)
    assert await empty.collections(ctx) == []
    assert len(await empty.overview(ctx, trashed=True)) == report.collections


async def test_a_failure_after_the_collections_takes_them_out_again(
    here: Profile, empty: DemoRag, ctx: SecurityContext, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0
    adopt = empty.adopt

    async def adopt_one(*given: Any) -> Any:
        nonlocal made
        made += 1
        if made > 1:
            raise HyperSpotError("The disk is full.")
        return await adopt(*given)

    monkeypatch.setattr(empty, "adopt", adopt_one)
    with pytest.raises(HyperSpotError, match="full"):
        await here.portability.import_history(ctx, archive)
    assert empty.shelves == []
    assert await here.chat.conversations(ctx) == []


async def test_a_question_set_that_is_refused_is_no_reason_to_lose_the_collection(
    here: Profile, empty: DemoRag, ctx: SecurityContext, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(ctx: SecurityContext, question_set: QuestionSet) -> None:
        raise HyperSpotError("No.")

    monkeypatch.setattr(empty, "save_question_set", refuse)
    assert (await here.portability.import_history(ctx, archive)).collections == 3


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (lambda document: {**document, "format": "x"}, ArchiveDamaged, "does not hold collections"),
        (lambda document: {**document, "version": 2}, NewerFormat, "has version 2"),
        (lambda document: {**document, "version": "one"}, ArchiveDamaged, "version"),
        (
            lambda document: {**document, "collections": document["collections"][:1] * 2},
            ArchiveDamaged,
            "lists a collection twice",
        ),
        (
            lambda document: {
                **document,
                "collections": [{**document["collections"][0], "sources": [{"path": "../etc", "watched": True}]}],
            },
            ArchiveDamaged,
            "no absolute path",
        ),
        (lambda document: [], ArchiveDamaged, "does not hold collections"),
    ],
)
async def test_collections_that_are_none_import_nothing(
    here: Profile,
    ctx: SecurityContext,
    archive: Path,
    change: Callable[[Any], Any],
    error: type[Exception],
    sentence: str,
) -> None:
    def replace(files: dict[str, Any]) -> None:
        files["collections.json"] = change(json.loads(files["collections.json"]))

    rewritten(archive, replace)
    with pytest.raises(error, match=sentence):
        await here.portability.import_history(ctx, archive)
    assert await here.chat.conversations(ctx) == []


async def test_where_there_are_no_collections_the_archive_is_imported_without_them(
    other: Profile, ctx: SecurityContext, archive: Path
) -> None:
    assert (await other.portability.preview(ctx, archive)).collections == ()
    report = await other.portability.import_history(ctx, archive)
    assert (len(report.created), report.collections) == (1, 0)
    assert "collections.json" in members(archive)
