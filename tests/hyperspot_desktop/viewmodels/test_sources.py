"""The inspector's state: which source, where it stands, why it was found, and what is said when it is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from hyperspot_desktop.demo import cited, library, profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.links import citation_link
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.viewmodels.source_text import locate, source_text
from modkit.security import SecurityContext
from modules.rag.contract import Citation, FileState, Surroundings
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class Library(DemoRag):
    """Counts what is asked for, and can have another text than the answers were made from."""

    def __init__(self, shelves: Sequence[library.DemoCollection]) -> None:
        super().__init__(shelves)
        self.rewritten = ""

    async def surroundings(self, ctx: SecurityContext, file_id: UUID, char_start: int, char_end: int) -> Surroundings:
        found = await super().surroundings(ctx, file_id, char_start, char_end)
        return replace(found, before="", passage=self.rewritten, after="") if self.rewritten else found


class Opened:
    """A window's view-models with the cited conversation on the page."""

    def __init__(
        self, make_bridge: MakeBridge, wait_for: WaitFor, rag: DemoRag, citations: tuple[Citation, ...]
    ) -> None:
        chat = DemoChat()
        conversation = chat.seed("MSA", [("user", "What notice?"), ("assistant", "Sixty [1] or thirty [2].")])
        chat.cite(conversation, citations, (cited.CONTRACTS,), cited.trace(("notice",)))
        self.other = chat.seed("other", [("user", "q"), ("assistant", "a")], days_ago=1)
        self.view_models = ViewModels.over(make_bridge(profile.clients(chat=chat, rag=rag)))
        self.sources = self.view_models.sources
        self.wait_for = wait_for
        self.view_models.chat.open(str(conversation))
        wait_for(lambda: self.view_models.chat.property("title") == "MSA")
        answer = self.view_models.chat.last_cited()
        assert answer is not None
        self.answer_id = str(answer.id)

    def show(self, number: int) -> None:
        self.view_models.app.openLink(citation_link(self.answer_id, number))
        self.wait_for(lambda: not self.sources.property("loading"))


@pytest.fixture
def rag() -> Library:
    return Library(library.shelves())


@pytest.fixture
def opened(make_bridge: MakeBridge, wait_for: WaitFor, rag: Library) -> Opened:
    return Opened(make_bridge, wait_for, rag, cited.citations())


def test_a_number_opens_the_pane_on_its_source(opened: Opened) -> None:
    opened.show(1)
    sources = opened.sources
    assert sources.property("shown")
    assert sources.property("fileName") == "MSA-2024.pdf"
    assert sources.property("place") == "Page 12  ·  11.2 Termination for convenience"
    assert sources.property("headings") == "11. Term and termination › 11.2 Termination for convenience"
    assert (sources.property("number"), sources.property("position"), sources.property("count")) == (1, 1, 4)
    assert sources.property("errorSentence") == ""


def test_the_quote_is_marked_in_its_surroundings(opened: Opened) -> None:
    opened.show(1)
    html, plain = opened.sources.property("html"), opened.sources.property("plain")
    assert '<span class="m">11.2 Either party may' in html
    assert '<span class="c">11.1 This Agreement' in html
    assert plain[opened.sources.property("quoteAt") :].startswith("11.2 Either party")


def test_it_says_how_well_and_by_what_it_matched(opened: Opened) -> None:
    opened.show(1)
    assert opened.sources.property("match") == "Match 0.86  ·  keyword + meaning"


def test_a_number_that_cites_nothing_opens_nothing(opened: Opened) -> None:
    opened.view_models.app.openLink(citation_link(opened.answer_id, 9))
    assert not opened.sources.property("shown")
    assert opened.sources.property("number") == 0


def test_one_goes_from_source_to_source(opened: Opened) -> None:
    opened.show(1)
    opened.sources.step(-1)
    assert opened.sources.property("number") == 1
    opened.sources.step(1)
    assert opened.sources.property("number") == 2
    opened.wait_for(lambda: "11.3 Either party" in opened.sources.property("plain"))


def test_an_open_pane_shows_the_first_source_of_the_page_and_lets_go_of_it(opened: Opened) -> None:
    opened.sources.setProperty("shown", True)
    assert opened.sources.property("number") == 1
    opened.view_models.chat.open(str(opened.other))
    opened.wait_for(lambda: opened.view_models.chat.property("title") == "other")
    assert opened.sources.property("number") == 0


def test_a_closed_pane_asks_for_nothing(opened: Opened, rag: Library) -> None:
    assert opened.sources.property("number") == 0
    assert "surroundings" not in rag.calls


def test_copying_gives_the_quote_and_where_it_stands(opened: Opened) -> None:
    copied: list[str] = []
    opened.sources.textCopied.connect(copied.append)
    opened.show(1)
    opened.sources.copy()
    assert copied[0].startswith("11.2 Either party may terminate")
    assert copied[0].endswith("\n(MSA-2024.pdf, Page 12, 11.2 Termination for convenience)")


def test_what_the_pointer_rests_on_is_shown_without_asking_anybody(opened: Opened, rag: Library) -> None:
    card = opened.sources.card(citation_link(opened.answer_id, 4))
    assert (card["fileName"], card["number"]) == ("Amendment-2.docx", 4)
    assert card["quote"].startswith("The notice period in section 11.2")
    assert opened.sources.card("https://example.org") == {}
    assert opened.sources.card(citation_link(opened.answer_id, 9)) == {}


def test_without_the_file_the_passage_that_was_kept_is_shown(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    opened = Opened(make_bridge, wait_for, DemoRag([library.papers()]), cited.citations())
    opened.show(2)
    assert opened.sources.property("plain").startswith("11.3 Either party")
    assert opened.sources.property("errorSentence") == "This file is not indexed."
    assert not opened.sources.property("hasPages")


def test_an_error_that_nobody_foresaw_hides_nothing(opened: Opened, rag: Library) -> None:
    rag.failure = RuntimeError("boom")
    opened.show(2)
    assert opened.sources.property("plain").startswith("11.3 Either party")
    assert opened.sources.property("errorCode") == "internal"
    rag.failure = None
    opened.sources.again()
    opened.wait_for(lambda: not opened.sources.property("loading"))
    assert opened.sources.property("errorSentence") == ""


def test_of_a_changed_file_the_passage_that_was_kept_is_shown(opened: Opened, rag: Library) -> None:
    rag.rewritten = "Something else altogether."
    opened.show(2)
    assert opened.sources.property("plain").startswith("11.3 Either party")
    assert opened.sources.property("note").startswith("The file has changed since.")


def test_a_file_that_is_away_is_said_to_be(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    shelf = library.contracts()
    shelf.files = [replace(file, state=FileState.AWAY) for file in shelf.files]
    opened = Opened(make_bridge, wait_for, DemoRag([shelf]), cited.citations())
    opened.show(1)
    assert opened.sources.property("note").startswith("The file is away now.")
    assert "11.2 Either party" in opened.sources.property("plain")


def _surroundings(before: str, passage: str, after: str = "") -> Surroundings:
    file = library.contracts().files[0]
    return Surroundings(file, None, (), before, passage, after, len(before), len(before) + len(passage))


def _citation(text: str, quote: str, offset: int) -> Citation:
    return replace(
        cited.citations()[0], text=text, quote=quote, char_start=100, quote_start=100 + offset, char_end=100 + len(text)
    )


def test_a_quote_is_found_though_its_lines_are_broken_elsewhere() -> None:
    citation = _citation("One two\nthree. Four.", "two three.", 4)
    located = locate(citation, _surroundings("Before. ", "One two\nthree. Four.", " After."))
    assert (located.before, located.quote, located.after) == ("Before. ", "two\nthree.", " After.")
    assert not located.moved


def test_a_quote_beside_the_passage_is_still_found() -> None:
    located = locate(_citation("One.", "Two.", 50), _surroundings("Two. ", "One."))
    assert (located.before, located.quote, located.passage_end) == ("", "Two.", " One.")


def test_a_passage_without_a_quote_is_marked_whole() -> None:
    located = locate(_citation("All of it.", "", 0), _surroundings("", "All of it."))
    assert located.quote == "All of it."


def test_what_stands_in_a_document_is_never_markup() -> None:
    hostile = "<img src='http://tracker.invalid/x.png'> & <b>bold</b>"
    text = source_text(locate(_citation(hostile, hostile, 0), _surroundings(hostile, hostile)))
    assert "<img" not in text.html
    assert "<b>" not in text.html
    assert text.plain == hostile * 2


def test_the_place_of_the_quote_is_counted_as_qt_counts() -> None:
    text = source_text(locate(_citation("Quote.", "Quote.", 0), _surroundings("\N{GRINNING FACE} ", "Quote.")))
    assert text.quote_at == 3
