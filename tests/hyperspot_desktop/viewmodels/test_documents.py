"""The Documents page's state and verbs, against collections in memory and a real bridge."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import OpenHost
from hyperspot_desktop.demo import library, profile
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.viewmodels.documents import DocumentsViewModel
from hyperspot_desktop.viewmodels.pace import PaceViewModel
from modkit.errors import HyperSpotError
from modules.rag.contract import FileState, IndexingPace, Pace
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class Shaken(HyperSpotError):
    code = "shaken"
    action = "Wait."


@pytest.fixture
def rag() -> DemoRag:
    return DemoRag.full()


@pytest.fixture
def bridge(rag: DemoRag, make_bridge: MakeBridge) -> Bridge:
    return make_bridge(profile.clients(rag=rag))


@pytest.fixture
def page(bridge: Bridge, wait_for: WaitFor) -> DocumentsViewModel:
    documents = DocumentsViewModel(bridge)
    documents.start()
    wait_for(lambda: documents.property("known") and not documents.table.property("loading"))
    return documents


def card(page: DocumentsViewModel, name: str) -> str:
    return next(card.collection_id for card in page.cards_now() if card.name == name)


def files(page: DocumentsViewModel) -> list[str]:
    return [row.name for row in page.table.rows_now()]


def said(page: DocumentsViewModel) -> list[str]:
    sentences: list[str] = []
    page.noticed.connect(sentences.append)
    return sentences


def test_collections_say_how_much_is_in_them_and_what_is_done_with_them(page: DocumentsViewModel) -> None:
    assert [(one.name, one.detail, one.status, one.status_text) for one in page.cards_now()] == [
        ("Contracts", "128 files  ·  4,210 passages", "ready", "Up to date"),
        ("Notes", "402 files  ·  1,133 passages", "ready", "Up to date"),
        ("Research papers", "61 files  ·  9,874 passages", "working", "Indexing  43 / 61"),
    ]
    assert page.cards_now()[0].trouble_text == "2 need attention"
    assert page.property("currentName") == "Contracts"


def test_the_table_shows_the_selected_collection(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    assert page.table.property("count") == 128
    page.select(card(page, "Notes"))
    wait_for(lambda: page.table.property("count") == 402)
    assert page.property("currentName") == "Notes"


def test_a_name_narrows_the_table(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    page.table.setProperty("text", "msa")
    wait_for(lambda: files(page) == ["MSA-2024.pdf"])


def test_a_state_narrows_the_table_and_its_chip_is_lit(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    page.table.chooseState("could_not_be_read")
    wait_for(lambda: files(page) == ["broken.pdf"])
    chips = page.property("states").rows
    assert [chip.label for chip in chips if chip.chosen] == ["Could not be read"]


def test_columns_sort_and_the_same_again_turns_round(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    page.table.sortBy("passages")
    wait_for(lambda: files(page)[0] == "MSA-2024.pdf")
    page.table.sortBy("passages")
    wait_for(lambda: files(page)[0] != "MSA-2024.pdf")
    page.table.sortBy("changed")
    wait_for(lambda: files(page)[0] == "scan-0017.pdf")
    assert (page.table.property("order"), page.table.property("descending")) == ("changed", True)


def test_ten_thousand_files_are_fetched_where_they_are_looked_at(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    rag = DemoRag(library.huge())
    documents = DocumentsViewModel(make_bridge(profile.clients(rag=rag)))
    documents.start()
    wait_for(lambda: documents.table.property("count") == 10_000)
    rows = documents.table.property("rows")
    assert rows.row(7_000).name == ""
    wait_for(lambda: rows.row(7_000).name != "")
    assert len(files(documents)) == 200


def test_what_changes_on_its_own_shows(
    page: DocumentsViewModel, rag: DemoRag, bridge: Bridge, wait_for: WaitFor
) -> None:
    shelf = rag.shelves[0]
    shelf.files.append(library.demo_file(shelf.sources[0], "AAA.pdf", 4, library.ago()))
    bridge.on_host(lambda: rag.publish("files", shelf))
    wait_for(lambda: files(page)[0] == "AAA.pdf")
    wait_for(lambda: page.cards_now()[0].files == 129)


def test_a_collection_goes_to_the_trash_and_comes_back(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    gone: list[str] = []
    page.collectionTrashed.connect(lambda collection_id, name: gone.append(collection_id))
    page.remove(card(page, "Notes"))
    wait_for(lambda: len(page.cards_now()) == 2)
    page.restore(gone[0])
    wait_for(lambda: page.property("currentName") == "Notes")


def test_removing_the_selected_collection_selects_another(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    page.remove(card(page, "Contracts"))
    wait_for(lambda: page.property("currentName") == "Notes" and page.table.property("count") == 402)


def test_a_new_name_keeps_the_selection_and_the_lines(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    page.rename(card(page, "Contracts"), " Agreements ")
    wait_for(lambda: page.property("currentName") == "Agreements")
    page.table.chooseState("could_not_be_read")
    wait_for(lambda: files(page) == ["broken.pdf"])


def test_a_name_that_is_taken_is_refused_aloud(page: DocumentsViewModel, wait_for: WaitFor) -> None:
    page.rename(card(page, "Contracts"), "Notes")
    wait_for(lambda: page.property("errorAction") == "Choose another name.")
    page.dismissError()
    assert page.property("errorSentence") == ""


@pytest.mark.parametrize(
    ("verb", "called"), [("lookForChanges", "refresh"), ("readAgain", "rebuild"), ("retryAll", "retry")]
)
def test_verbs_on_a_collection_say_that_they_began(
    verb: str, called: str, page: DocumentsViewModel, rag: DemoRag, wait_for: WaitFor
) -> None:
    sentences = said(page)
    getattr(page, verb)(card(page, "Contracts"))
    wait_for(lambda: sentences)
    assert "Contracts" in sentences[0]
    assert called in rag.calls


def test_watching_is_switched_on_for_what_was_added(page: DocumentsViewModel, rag: DemoRag, wait_for: WaitFor) -> None:
    page.keepWatching(card(page, "Research papers"))
    wait_for(lambda: all(one.watched for one in page.cards_now()))


def test_one_file_is_tried_again(page: DocumentsViewModel, rag: DemoRag, wait_for: WaitFor) -> None:
    broken = next(file for file in rag.shelves[0].files if file.path.name == "broken.pdf")
    page.retryFile(str(broken.id))
    wait_for(lambda: FileState.UNREADABLE not in rag.shelves[0].overview().counts)
    wait_for(lambda: page.cards_now()[0].trouble_text == "1 needs attention")


def test_a_list_that_cannot_be_read_says_why_and_can_be_tried_again(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    rag = DemoRag.full()
    rag.failure = Shaken("It shakes.")
    documents = DocumentsViewModel(make_bridge(profile.clients(rag=rag)))
    documents.start()
    wait_for(lambda: documents.property("errorCode") == "shaken")
    assert not documents.property("loading")
    rag.failure = None
    documents.refresh()
    wait_for(lambda: documents.property("count") == 3 and documents.property("errorSentence") == "")


def test_files_that_cannot_be_listed_say_why(page: DocumentsViewModel, rag: DemoRag, wait_for: WaitFor) -> None:
    rag.failure = Shaken("It shakes.")
    page.table.sortBy("type")
    wait_for(lambda: page.table.property("errorSentence") == "It shakes.")
    rag.failure = None
    page.table.reload()
    wait_for(lambda: page.table.property("errorSentence") == "")


def test_a_drive_that_is_gone_is_said_on_its_card(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    documents = DocumentsViewModel(make_bridge(profile.clients(rag=DemoRag(library.three_files()))))
    documents.start()
    wait_for(lambda: documents.property("known"))
    assert [(one.status, one.status_text) for one in documents.cards_now()] == [
        ("away", "Away: its folder is not there now")
    ]


def test_why_nothing_is_read_stands_on_the_card(
    page: DocumentsViewModel, rag: DemoRag, bridge: Bridge, wait_for: WaitFor
) -> None:
    bridge.on_host(lambda: rag.hold(IndexingPace(Pace.GENTLE, waits_for="On battery.")))
    wait_for(lambda: page.cards_now()[2].status_text == "On battery.")
    bridge.on_host(lambda: rag.hold(IndexingPace(Pace.GENTLE, paused=True)))
    wait_for(lambda: page.cards_now()[2].status_text == "Paused  43 / 61")


@pytest.fixture
def pace(bridge: Bridge, wait_for: WaitFor) -> PaceViewModel:
    made = PaceViewModel(bridge)
    made.start()
    wait_for(lambda: made.property("pace") == "balanced")
    return made


def test_the_pace_is_chosen_and_paused(pace: PaceViewModel, wait_for: WaitFor) -> None:
    pace.choose("gentle")
    wait_for(lambda: pace.property("pace") == "gentle")
    pace.togglePause()
    wait_for(lambda: pace.property("paused"))
    pace.togglePause()
    wait_for(lambda: not pace.property("paused"))


def test_the_pace_follows_what_others_change(
    pace: PaceViewModel, rag: DemoRag, bridge: Bridge, wait_for: WaitFor
) -> None:
    bridge.on_host(lambda: rag.hold(IndexingPace(Pace.FULL, waits_for="An answer is being written.")))
    wait_for(lambda: pace.property("waitsFor") == "An answer is being written.")
    assert pace.property("pace") == "full"


def test_a_pace_that_cannot_be_changed_says_so(pace: PaceViewModel, rag: DemoRag, wait_for: WaitFor) -> None:
    rag.failure = Shaken("It shakes.")
    pace.choose("full")
    wait_for(lambda: pace.property("errorSentence") == "It shakes.")
    assert pace.property("pace") == "balanced"


@pytest.fixture
def test_a_bridge_without_collections_has_no_current_one(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    documents = DocumentsViewModel(make_bridge(profile.empty()))
    documents.start()
    wait_for(lambda: documents.property("known"))
    assert (documents.property("count"), documents.property("currentId"), documents.table.property("count")) == (
        0,
        "",
        0,
    )


def test_what_belongs_to_a_collection_is_listed_taken_out_and_taken_back(
    page: DocumentsViewModel, rag: DemoRag, wait_for: WaitFor
) -> None:
    removed: list[tuple[str, str, bool]] = []
    page.sourceRemoved.connect(lambda *what: removed.append(what))
    page.inspect(card(page, "Contracts"))
    sources = page.property("sources")
    assert [(row.name, row.state_text) for row in sources.rows] == [("Contracts", "Changes are noticed")]
    path = sources.rows[0].path
    page.removeSource(path)
    wait_for(lambda: not sources.rows)
    assert removed == [("Contracts", path, True)]
    page.add_source("Contracts", path, watch=False)
    wait_for(lambda: [row.watched for row in sources.rows] == [False])
    page.setWatched(path, True)
    wait_for(lambda: [row.watched for row in sources.rows] == [True])
    page.setWatched(path, False)
    wait_for(lambda: [row.watched for row in sources.rows] == [False])


def test_texts_are_said_again_in_another_language(page: DocumentsViewModel, rag: DemoRag, wait_for: WaitFor) -> None:
    calls = rag.calls.count("files")
    page.say_again()
    wait_for(lambda: rag.calls.count("files") > calls)


def test_a_window_of_the_list_that_fails_is_tried_again(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    rag = DemoRag(library.huge())
    documents = DocumentsViewModel(make_bridge(profile.clients(rag=rag)))
    documents.start()
    wait_for(lambda: documents.table.property("count") == 10_000)
    rag.failure = Shaken("It shakes.")
    rows = documents.table.property("rows")
    rows.row(9_000)
    wait_for(lambda: documents.table.property("errorSentence") == "It shakes.")
    rag.failure = None
    rows.row(9_000)
    wait_for(lambda: rows.row(9_000).name != "" and documents.table.property("errorSentence") == "")


def test_a_chat_is_asked_for_about_a_collection(page: DocumentsViewModel) -> None:
    asked: list[tuple[str, str]] = []
    page.asked.connect(lambda *what: asked.append(what))
    page.askAbout(card(page, "Notes"))
    assert asked == [(card(page, "Notes"), "Notes")]


def test_a_second_start_after_a_host_that_did_not_open_reads_everything(
    application: QGuiApplication, wait_for: WaitFor
) -> None:
    async def refuse() -> OpenHost:
        raise Shaken("The profile is locked.")

    bridge = Bridge(refuse)
    documents = DocumentsViewModel(bridge)
    documents.start()
    bridge.start()
    wait_for(lambda: bridge.state == "failed")
    bridge.restart(lambda: profile.opened(profile.clients()))
    documents.start()
    wait_for(lambda: documents.property("count") == 3)
    assert bridge.dispose()
