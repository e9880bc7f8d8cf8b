"""The Search page's state: answers as one types, filters, and the passage that is selected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.viewmodels.passage import PassageViewModel
from hyperspot_desktop.viewmodels.search import SearchViewModel
from hyperspot_desktop.viewmodels.search_filters import Filters, query_of
from hyperspot_desktop.viewmodels.search_rows import marked, reasons_of, unmarked
from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.rag.contract import Findings, Query
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class Shaken(HyperSpotError):
    code = "shaken"
    action = "Wait."


class ListeningRag(DemoRag):
    """Remembers what was searched."""

    def __init__(self, shelves: Sequence[object] = ()) -> None:
        super().__init__(DemoRag.full().shelves)
        self.queries: list[Query] = []

    async def search(self, ctx: SecurityContext, query: Query) -> Findings:
        self.queries.append(query)
        return await super().search(ctx, query)


@pytest.fixture
def rag(application: QGuiApplication) -> ListeningRag:
    return ListeningRag()


@pytest.fixture
def search(rag: ListeningRag, make_bridge: MakeBridge) -> SearchViewModel:
    return SearchViewModel(make_bridge(profile.clients(rag=rag)))


def ask(search: SearchViewModel, text: str, wait_for: WaitFor) -> list[str]:
    search.setProperty("query", text)
    wait_for(lambda: not search.property("loading"))
    return [row.file_name for row in search.rows_now()]


def test_words_answer_first_and_their_meaning_a_moment_later(
    search: SearchViewModel, rag: ListeningRag, wait_for: WaitFor
) -> None:
    ask(search, "termination not", wait_for)
    assert [(query.mode.value, query.typing) for query in rag.queries] == [("keyword", True), ("hybrid", True)]


def test_letters_that_follow_quickly_are_one_search(
    search: SearchViewModel, rag: ListeningRag, wait_for: WaitFor
) -> None:
    for end in range(2, 7):
        search.setProperty("query", "notice"[:end])
    wait_for(lambda: not search.property("loading"))
    assert {query.text for query in rag.queries} == {"notice"}


def test_a_row_says_where_the_passage_stands_and_why_it_was_found(search: SearchViewModel, wait_for: WaitFor) -> None:
    ask(search, "sixty written notice", wait_for)
    row = search.rows_now()[0]
    assert row.file_name == "MSA-2024.pdf"
    assert row.place == "Page 12  ·  11. Term and termination › 11.2 Termination for convenience"
    assert row.reasons == ("words: sixty, written, notice", "meaning 0.82")
    assert "<b>notice</b>" in row.html
    assert row.collection == "Contracts"


def test_a_phrase_is_a_reason() -> None:
    assert reasons_of(("written", "notice"), True, None) == ("exact phrase", "words: written, notice")


def test_nothing_from_a_document_becomes_markup() -> None:
    snippet = "<img src='http://x/'> \x02&notice\x03 <b>bold</b>"
    assert marked(snippet) == "&lt;img src='http://x/'&gt; <b>&amp;notice</b> &lt;b&gt;bold&lt;/b&gt;"
    assert unmarked(snippet) == "<img src='http://x/'> &notice <b>bold</b>"


def test_nothing_found_is_said_only_after_an_answer(search: SearchViewModel, wait_for: WaitFor) -> None:
    assert not search.property("nothingFound")
    assert ask(search, "kangaroo", wait_for) == []
    assert search.property("nothingFound")
    ask(search, "", wait_for)
    assert not search.property("nothingFound")


def test_one_letter_searches_nothing(search: SearchViewModel, rag: ListeningRag, wait_for: WaitFor) -> None:
    ask(search, "n", wait_for)
    assert rag.queries == []


@pytest.mark.parametrize(
    ("what", "value", "expected"),
    [
        ("kind", "table", ["Pricing.xlsx"]),
        ("collection", "Notes", []),
        ("language", "de", []),
        ("age", "day", ["MSA-2024.pdf", "MSA-2024.pdf", "Amendment-2.docx"]),
    ],
)
def test_filters_narrow_and_are_cleared(
    what: str, value: str, expected: list[str], search: SearchViewModel, wait_for: WaitFor
) -> None:
    everything = ask(search, "notice", wait_for)
    search.narrow(what, value)
    wait_for(lambda: not search.property("loading"))
    assert [row.file_name for row in search.rows_now()] == expected
    assert search.property("filtered")
    search.widen()
    wait_for(lambda: [row.file_name for row in search.rows_now()] == everything)
    assert not search.property("filtered")


def test_one_file_is_searched(search: SearchViewModel, wait_for: WaitFor) -> None:
    ask(search, "notice", wait_for)
    row = next(row for row in search.rows_now() if row.file_name == "minutes.md")
    search.searchInFile(row.file_id, row.file_name)
    wait_for(lambda: [row.file_name for row in search.rows_now()] == ["minutes.md"])
    assert search.property("fileName") == "minutes.md"
    search.searchInFile("", "")
    wait_for(lambda: search.property("count") > 1)


def test_a_collection_that_is_gone_filters_no_more(search: SearchViewModel) -> None:
    search.know_collections(["Contracts", "Notes"])
    assert [choice["text"] for choice in search.property("collectionChoices")] == [
        "All collections",
        "Contracts",
        "Notes",
    ]
    search.narrow("collection", "Notes")
    search.know_collections(["Contracts"])
    assert search.property("collection") == ""


def test_the_mode_decides_what_is_asked(search: SearchViewModel, rag: ListeningRag, wait_for: WaitFor) -> None:
    search.setProperty("mode", "vector")
    ask(search, "notice period", wait_for)
    assert {query.mode.value for query in rag.queries} == {"vector"}
    search.setProperty("mode", "keyword")
    wait_for(lambda: not search.property("loading"))
    assert rag.queries[-1].mode.value == "keyword"
    search.setProperty("mode", "nonsense")
    assert search.property("mode") == "keyword"


def test_the_best_stays_selected_until_another_one_is(search: SearchViewModel, wait_for: WaitFor) -> None:
    ask(search, "notice", wait_for)
    assert search.property("current") == 0
    search.setProperty("current", 2)
    kept = search.rows_now()[2].passage_id
    search.find()
    wait_for(lambda: not search.property("loading"))
    assert search.rows_now()[search.property("current")].passage_id == kept


def test_further_results_follow_below(
    search: SearchViewModel, wait_for: WaitFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hyperspot_desktop.viewmodels import search as module

    monkeypatch.setattr(module, "SHOWN", 3)
    assert len(ask(search, "notice", wait_for)) == 3
    assert search.property("more")
    search.loadMore()
    wait_for(lambda: search.property("count") > 3)
    ids = [row.passage_id for row in search.rows_now()]
    assert len(set(ids)) == len(ids)


def test_a_search_that_fails_says_why(search: SearchViewModel, rag: ListeningRag, wait_for: WaitFor) -> None:
    rag.failure = Shaken("It shakes.")
    ask(search, "notice", wait_for)
    assert search.property("errorSentence") == "It shakes."
    rag.failure = None
    search.find()
    wait_for(lambda: search.property("count") > 0)
    assert search.property("errorSentence") == ""


def test_an_age_is_a_first_moment() -> None:
    query = query_of("x", "hybrid", Filters(age="week", kind="pdf"), offset=0, limit=5, typing=False)
    assert query.filter.modified_from is not None
    assert 6 < (datetime.now(UTC) - query.filter.modified_from).days + 1 <= 8
    assert query.filter.types == ("pdf",)


@pytest.fixture
def passage(rag: ListeningRag, make_bridge: MakeBridge) -> PassageViewModel:
    return PassageViewModel(make_bridge(profile.clients(rag=rag)))


def test_the_selected_passage_shows_where_it_stands(
    search: SearchViewModel, passage: PassageViewModel, wait_for: WaitFor
) -> None:
    search.selected.connect(passage.show)
    ask(search, "sixty written notice", wait_for)
    wait_for(lambda: passage.property("hasPages"))
    plain = passage.property("plain")
    assert plain.index("11.1") < plain.index("11.2 Either") < plain.index("11.3")
    assert plain[passage.property("quoteAt") :].startswith("11.2 Either")
    assert '<span class="m">11.2' in passage.property("html")
    assert passage.page == 12


def test_a_place_that_cannot_be_read_keeps_the_passage_and_says_why(
    search: SearchViewModel, passage: PassageViewModel, rag: ListeningRag, wait_for: WaitFor
) -> None:
    ask(search, "sixty written notice", wait_for)
    rag.failure = Shaken("It shakes.")
    passage.show(search.rows_now()[0])
    wait_for(lambda: passage.property("errorSentence") == "It shakes.")
    assert passage.property("plain").startswith("11.2 Either")


def test_asking_about_a_passage_hands_it_over(
    search: SearchViewModel, passage: PassageViewModel, wait_for: WaitFor
) -> None:
    asked: list[tuple[str, str, str]] = []
    passage.asked.connect(lambda *what: asked.append(what))
    passage.askAbout()
    ask(search, "sixty written notice", wait_for)
    passage.show(search.rows_now()[0])
    passage.askAbout()
    assert [(collection, file_name) for collection, file_name, _ in asked] == [("Contracts", "MSA-2024.pdf")]
    assert asked[0][2].startswith("11.2 Either party")


def test_why_it_was_found_follows_the_whole_answer(
    search: SearchViewModel, passage: PassageViewModel, wait_for: WaitFor
) -> None:
    search.selected.connect(passage.show)
    search.setProperty("query", "sixty written notice")
    wait_for(lambda: passage.property("reasons") == "words: sixty, written, notice")
    wait_for(lambda: passage.property("reasons") == "words: sixty, written, notice  ·  meaning 0.82")
