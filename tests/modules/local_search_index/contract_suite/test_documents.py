"""Putting, changing and deleting documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    IndexState,
    InvalidDocument,
    LocalSearchIndexClient,
    NewPassage,
    Place,
    PutReport,
)
from tests.modules.local_search_index.index_support import HOME, WORK, document, found, passages, put


async def test_a_passage_comes_back_as_it_was_put(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    # given
    known = document(title="The lease", language="en", modified_at=datetime(2024, 3, 1, 12, tzinfo=UTC))
    whole = NewPassage("It ends in March.", Place(5, 22, page=3, box=(1.0, 2.0, 3.5, 4.0)), ("Terms", "End"), "table")
    bare = NewPassage("It began in May.", Place(22, 38))
    # when
    await index.put(ctx, known, [whole, bare])
    # then
    first, second = await index.passages(ctx, known.id)
    assert (first.document, first.ordinal, second.ordinal) == (known, 0, 1)
    assert NewPassage(first.text, first.place, first.heading_path, first.kind) == whole
    assert NewPassage(second.text, second.place, second.heading_path, second.kind) == bare


async def test_putting_the_same_again_changes_nothing(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    assert await put(index, ctx, "a.md", "one fish", "two fish") == PutReport(2, 0, 0)
    assert await put(index, ctx, "a.md", "one fish", "two fish") == PutReport(0, 2, 0)
    assert await put(index, ctx, "a.md", "one fish", "two fish", revision="2") == PutReport(0, 2, 0)
    assert len(await found(index, ctx, "fish")) == 2


async def test_a_new_revision_replaces_what_changed_and_keeps_the_rest(
    index: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    # given
    await put(index, ctx, "a.md", "first", "second", "third")
    kept = (await index.passages(ctx, document("a.md").id))[2].id
    # when
    report = await put(index, ctx, "a.md", "third", "fourth", revision="2")
    # then
    assert report == PutReport(added=1, kept=1, removed=2)
    now = await index.passages(ctx, document("a.md").id)
    assert [(one.ordinal, one.text, one.place.page) for one in now] == [(0, "third", 1), (1, "fourth", 2)]
    assert now[0].id == kept
    assert await found(index, ctx, "second") == []


async def test_the_same_text_twice_is_two_passages(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", "again", "again")
    assert await found(index, ctx, "again") == ["[again]", "[again]"]
    assert len({one.id for one in await index.passages(ctx, document("a.md").id)}) == 2


async def test_a_renamed_document_is_found_by_its_new_name_only(
    index: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    await put(index, ctx, "draft.md", "some text")
    assert await index.update(ctx, replace(document("draft.md"), file_name="contract.md", path="/home/contract.md"))
    assert await found(index, ctx, "draft") == []
    assert await found(index, ctx, "contract") == ["some text"]
    assert (await index.passages(ctx, document("draft.md").id))[0].document.path == "/home/contract.md"


async def test_what_is_not_there_cannot_be_updated(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    assert not await index.update(ctx, document())


async def test_revisions_tell_what_is_there(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", "text", revision="abc")
    assert await index.revisions(ctx, [document("a.md").id, document("b.md").id]) == {document("a.md").id: "abc"}


async def test_a_deleted_document_is_found_no_more(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", "fish")
    await put(index, ctx, "b.md", "fish and chips")
    assert await index.delete(ctx, [document("a.md").id]) == 1
    assert await index.delete(ctx, [document("a.md").id]) == 0
    assert await found(index, ctx, "fish") == ["[fish] and chips"]


async def test_a_deleted_collection_takes_its_documents_along(
    index: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    await put(index, ctx, "a.md", "fish")
    await put(index, ctx, "b.md", "fish")
    await put(index, ctx, "c.md", "fish", collection_id=WORK)
    assert await index.delete_collection(ctx, HOME) == 2
    stats = await index.stats(ctx)
    assert (stats.documents, stats.passages, stats.characters) == (1, 1, 4)


async def test_an_empty_document_is_known_too(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "empty.md")
    assert await index.revisions(ctx, [document("empty.md").id]) == {document("empty.md").id: "1"}
    assert await index.passages(ctx, document("empty.md").id) == []


async def test_passages_can_be_read_in_pages(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", "p0", "p1", "p2", "p3", "p4")
    page = await index.passages(ctx, document("a.md").id, start=1, limit=2)
    assert [one.text for one in page] == ["p1", "p2"]
    assert await index.passages(ctx, document("a.md").id, start=5) == []


async def test_stats_count_one_collection_or_all(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", "one", "two")
    await put(index, ctx, "b.md", "three", collection_id=WORK)
    everything, work = await index.stats(ctx), await index.stats(ctx, WORK)
    assert (everything.documents, everything.passages, everything.characters) == (2, 3, 11)
    assert (work.documents, work.passages, work.characters) == (1, 1, 5)


async def test_a_stranger_sees_and_changes_nothing(
    index: LocalSearchIndexClient, ctx: SecurityContext, stranger: SecurityContext
) -> None:
    # given: the same document of two users
    await put(index, ctx, "a.md", "my fish")
    await index.put(stranger, document("a.md"), passages("your fish", "another fish"))
    # then
    assert await found(index, ctx, "fish") == ["my [fish]"]
    assert await found(index, stranger, "my") == []
    assert (await index.stats(ctx)).passages == 1
    # when
    assert await index.delete_collection(stranger, HOME) == 1
    # then
    assert await found(index, ctx, "fish") == ["my [fish]"]
    assert await index.revisions(stranger, [document("a.md").id]) == {}


async def test_a_new_index_asks_to_be_filled_until_that_is_confirmed(
    index: LocalSearchIndexClient, ctx: SecurityContext, stranger: SecurityContext
) -> None:
    state = await index.state(ctx)
    assert (state.needs_reindexing, state.reason != "") == (True, True)
    await index.confirm_reindexing(ctx)
    await index.confirm_reindexing(ctx)
    assert await index.state(ctx) == IndexState(needs_reindexing=False)
    assert (await index.state(stranger)).needs_reindexing


@pytest.mark.parametrize("text", ["", " \n", "\x00", "x" * 200_001])
async def test_blank_and_endless_passages_are_refused(
    index: LocalSearchIndexClient, ctx: SecurityContext, text: str
) -> None:
    with pytest.raises(InvalidDocument, match="Passage 1"):
        await put(index, ctx, "a.md", "fine", text)
    assert await index.revisions(ctx, [document("a.md").id]) == {}


async def test_what_cannot_be_stored_becomes_a_space(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", "one\x00two\x02three\ud800four", path="/home/\udce4.md")
    await put(index, ctx, "a.md", "one\x00two\x02three\ud800four", path="/home/\udce4.md")
    passage = (await index.passages(ctx, document("a.md").id))[0]
    assert (passage.text, passage.document.path) == ("one two three four", "/home/ .md")
    assert await found(index, ctx, "three") == ["one two [three] four"]


async def test_a_date_needs_a_time_zone(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    with pytest.raises(InvalidDocument, match="time zone"):
        await put(index, ctx, "a.md", "text", modified_at=datetime(2024, 1, 1))


async def test_many_documents_are_put_as_if_one_by_one(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    # given: one that stays the same, one that changes
    await put(index, ctx, "same.md", "one fish")
    await put(index, ctx, "changed.md", "two fish", "a boat")
    new = document("new.md", modified_at=datetime(2024, 3, 1, 12, tzinfo=UTC))
    # when
    reports = await index.put_many(
        ctx,
        [
            (new, passages("three fish", "four fish")),
            (document("same.md"), passages("one fish")),
            (document("changed.md", revision="2"), passages("two fish", "a ship")),
        ],
    )
    # then
    assert reports == [PutReport(2, 0, 0), PutReport(0, 1, 0), PutReport(1, 1, 1)]
    assert sorted(await found(index, ctx, "fish")) == ["four [fish]", "one [fish]", "three [fish]", "two [fish]"]
    assert await found(index, ctx, "boat") == []
    assert (await index.passages(ctx, new.id))[0].document == new
    assert await index.put_many(ctx, []) == []


async def test_of_many_documents_none_is_put_when_one_is_refused(
    index: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    with pytest.raises(InvalidDocument):
        await index.put_many(ctx, [(document("a.md"), passages("fish")), (document("b.md"), passages("  "))])
    assert await found(index, ctx, "fish") == []
