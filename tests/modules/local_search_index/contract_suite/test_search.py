"""Searching by words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    InvalidSearch,
    LocalSearchIndexClient,
    SearchMode,
    SearchRequest,
    Stage,
)
from tests.modules.local_search_index.index_support import WORK, document, files, found, passages, put, shown


@pytest.fixture
async def notes(index: LocalSearchIndexClient, ctx: SecurityContext) -> LocalSearchIndexClient:
    await put(
        index,
        ctx,
        "notes.md",
        "The lease of the flat ends in March.",
        "Several leases were signed at the Café.",
        "Call getUserName() before os.path.join and HTTPServer.",
        "東京都に行きました。電車は速い。",
        "नमस्ते हिन्दी में",
        "ภาษาไทยง่าย",
        "The night train; a train at night.",
    )
    return index


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("flat", ["The lease of the [flat] ends in March."]),
        ("FLAT march", ["The lease of the [flat] ends in [March]."]),
        ("cafe", ["Several leases were signed at the [Café]."]),
        ("sign*", ["Several leases were [signed] at the Café."]),
        ('"ends in march"', ["The lease of the flat [ends in March]."]),
        ('"march ends"', []),
        ('"night train"', ["The [night train]; a train at night."]),
        ("getUserName", ["Call [getUserName]() before os.path.join and HTTPServer."]),
        ("get_user_name", ["Call [getUserName]() before os.path.join and HTTPServer."]),
        ("getusername", ["Call [getUserName]() before os.path.join and HTTPServer."]),
        ("user", ["Call get[User]Name() before os.path.join and HTTPServer."]),
        ("path.join", ["Call getUserName() before os.[path.join] and HTTPServer."]),
        ("httpserver", ["Call getUserName() before os.path.join and [HTTPServer]."]),
        ("東京", ["[東京]都に行きました。電車は速い。"]),
        ("京都", ["東[京都]に行きました。電車は速い。"]),
        ("速", ["東京都に行きました。電車は[速]い。"]),
        ("हिन्दी", ["नमस्ते [हिन्दी] में"]),
        ("ไทย", ["ภาษา[ไทย]ง่าย"]),
        ("nowhere", []),
        ("", []),
        ("!!! ???", []),
    ],
)
async def test_words_phrases_prefixes_identifiers_and_scripts(
    notes: LocalSearchIndexClient, ctx: SecurityContext, query: str, hits: list[str]
) -> None:
    assert await found(notes, ctx, query) == hits


async def test_words_that_go_on_come_after_exact_ones(notes: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    assert await found(notes, ctx, "lease") == [
        "The [lease] of the flat ends in March.",
        "Several [leases] were signed at the Café.",
    ]


async def test_a_question_finds_passages_with_some_of_its_words(
    notes: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    answer = await notes.search(ctx, SearchRequest(text="When does the lease on my flat end?"))
    assert shown(answer.hits[0]) == "The [lease] of the [flat] [ends] in March."
    assert answer.any_word
    assert answer.hits[0].why.words == ("lease", "flat", "end")


async def test_a_question_without_spaces_finds_passages_with_some_of_it(
    notes: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    assert [one.passage.ordinal for one in (await notes.search(ctx, SearchRequest(text="電車は何時ですか"))).hits] == [
        3
    ]


async def test_a_quoted_phrase_must_occur_whatever_else_does(
    notes: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    assert await found(notes, ctx, '"night train" nowhere') == ["The [night train]; a train at night."]
    assert await found(notes, ctx, '"train night" flat') == []


async def test_the_whole_query_as_a_phrase_is_a_ranking_of_its_own(
    index: LocalSearchIndexClient, ctx: SecurityContext
) -> None:
    await put(index, ctx, "a.md", "train night train night train night", "the night train is late, they said once more")
    first = (await index.search(ctx, SearchRequest(text="the night train"))).hits[0]
    assert first.passage.ordinal == 1
    assert (first.why.phrase, [one.stage for one in first.stages]) == (True, [Stage.PHRASE, Stage.KEYWORD])


async def test_an_unfinished_word_is_found_while_typing(notes: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    assert (await found(notes, ctx, "the fla", typing=True))[0] == "[The] lease of [the] [flat] ends in March."
    assert len(await found(notes, ctx, "sig", typing=True)) == 1
    assert await found(notes, ctx, "si", typing=False) == []


async def test_headings_and_names_count(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await index.put(
        ctx, document("rental-2024.md", title="Agreement"), passages("Nothing", headings=["Terms", "Deposit"])
    )
    assert await found(index, ctx, "deposit nothing") == ["[Nothing]"]
    assert await found(index, ctx, "rental agreement 2024 nothing") == ["[Nothing]"]


async def test_hits_come_in_pages(index: LocalSearchIndexClient, ctx: SecurityContext) -> None:
    await put(index, ctx, "a.md", *(f"fish number {number}" for number in range(25)))
    pages = [await index.search(ctx, SearchRequest(text="fish", k=10, offset=offset)) for offset in (0, 10, 20)]
    assert [(len(page.hits), page.more) for page in pages] == [(10, True), (10, True), (5, False)]
    assert len({hit.passage.id for page in pages for hit in page.hits}) == 25


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, {"a.md", "b.pdf", "c.txt"}),
        ({"collection_ids": (WORK,)}, {"b.pdf"}),
        ({"document_ids": (document("a.md").id, document("c.txt").id)}, {"a.md", "c.txt"}),
        ({"types": ("pdf", "txt")}, {"b.pdf", "c.txt"}),
        ({"languages": ("de",)}, {"c.txt"}),
        ({"file_name": "A.M"}, {"a.md"}),
        ({"path_prefix": "/office/"}, {"b.pdf"}),
        ({"path_prefix": "/OFFICE/"}, set()),
        ({"modified_from": datetime(2024, 1, 1, tzinfo=UTC)}, {"b.pdf"}),
        ({"modified_before": datetime(2024, 1, 1, tzinfo=UTC)}, {"c.txt"}),
        ({"types": ("pdf",), "languages": ("de",)}, set()),
    ],
)
async def test_filters_choose_documents(
    index: LocalSearchIndexClient, ctx: SecurityContext, where: dict[str, Any], expected: set[str]
) -> None:
    first, later = datetime(2023, 5, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)
    await put(index, ctx, "a.md", "fish")
    await put(index, ctx, "b.pdf", "fish", collection_id=WORK, path="/office/b.pdf", modified_at=later)
    await put(index, ctx, "c.txt", "fish", language="de", modified_at=first)
    assert await files(index, ctx, "fish", **where) == expected


@pytest.mark.parametrize(
    "request_", [{"k": 0}, {"k": 201}, {"offset": -1}, {"offset": 2_000}, {"mode": SearchMode.VECTOR}]
)
async def test_impossible_requests_are_refused(
    index: LocalSearchIndexClient, ctx: SecurityContext, request_: dict[str, Any]
) -> None:
    with pytest.raises(InvalidSearch):
        await index.search(ctx, SearchRequest(text="fish", **request_))
