"""A conversation that is answered from documents: what is chosen, what is said meanwhile, and what is cited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import cited, library, profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.links import citation_link
from hyperspot_desktop.viewmodels.chat import ChatViewModel
from modkit.security import SecurityContext
from modules.chat.contract import Conversation
from modules.rag.contract import Citation
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

NOTES = library.demo_id("Notes")
CTX = SecurityContext.local_user()


@pytest.fixture
def chat() -> DemoChat:
    made = DemoChat(pace_s=0.0, script="Sixty days [1].")
    made.citations = cited.citations()[:1]
    return made


@pytest.fixture
def rag() -> DemoRag:
    return DemoRag.full()


@pytest.fixture
def bridge(make_bridge: MakeBridge, chat: DemoChat, rag: DemoRag) -> Bridge:
    return make_bridge(profile.clients(chat=chat, rag=rag))


@pytest.fixture
def page(bridge: Bridge, wait_for: WaitFor) -> ChatViewModel:
    made = ChatViewModel(bridge)
    made.start()
    wait_for(lambda: made.property("collectionChoices"))
    return made


def kinds(page: ChatViewModel) -> list[str]:
    return [row.kind for row in page.rows_now()]


def newest(chat: DemoChat, bridge: Bridge, wait_for: WaitFor) -> Conversation:
    found: list[Conversation] = []
    bridge.call(lambda clients: clients.chat.conversations(clients.ctx), found.extend)
    wait_for(lambda: found)
    return found[0]


def test_collections_are_offered_by_name(page: ChatViewModel) -> None:
    assert [(one["name"], one["chosen"]) for one in page.property("collectionChoices")] == [
        ("Contracts", False),
        ("Notes", False),
        ("Research papers", False),
    ]
    assert page.property("collectionText") == ""
    assert not page.property("documented")


def test_what_is_chosen_before_the_first_message_goes_with_it(
    page: ChatViewModel, chat: DemoChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    page.toggleCollection(str(cited.CONTRACTS))
    assert page.property("collectionText") == "Contracts"
    page.send("What notice?")
    wait_for(lambda: "footer" in kinds(page))
    assert newest(chat, bridge, wait_for).collections == (cited.CONTRACTS,)
    page.newChat()
    assert page.property("collectionText") == ""


def test_a_choice_waits_while_another_conversation_is_looked_at(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    other = chat.seed("other", [("user", "seen")])
    page.toggleCollection(str(NOTES))
    page.open(str(other))
    wait_for(lambda: kinds(page) == ["user"])
    assert page.property("collectionText") == ""
    page.newChat()
    assert page.property("collectionText") == "Notes"


def test_a_choice_in_a_conversation_is_stored_with_it(
    page: ChatViewModel, chat: DemoChat, bridge: Bridge, wait_for: WaitFor
) -> None:
    conversation = chat.seed("x", [("user", "q")])
    page.open(str(conversation))
    wait_for(lambda: kinds(page) == ["user"])
    page.toggleCollection(str(cited.CONTRACTS))
    wait_for(lambda: page.property("collectionText") == "Contracts")
    page.toggleCollection(str(NOTES))
    wait_for(lambda: page.property("collectionText") == "2 collections")
    assert newest(chat, bridge, wait_for).collections == (cited.CONTRACTS, NOTES)
    page.toggleCollection(str(cited.CONTRACTS))
    wait_for(lambda: page.property("collectionText") == "Notes")
    page.chooseNoCollection()
    wait_for(lambda: page.property("collectionText") == "")


def test_a_collection_that_is_gone_is_passed_over(
    page: ChatViewModel, chat: DemoChat, rag: DemoRag, bridge: Bridge, wait_for: WaitFor
) -> None:
    page.ask_about([cited.CONTRACTS, NOTES])
    assert page.property("collectionText") == "2 collections"
    bridge.call(lambda clients: clients.rag.remove(clients.ctx, "Contracts"))
    wait_for(lambda: page.property("collectionText") == "Notes")


def test_a_new_name_is_said(page: ChatViewModel, bridge: Bridge, wait_for: WaitFor) -> None:
    page.ask_about_named("Contracts")
    bridge.call(lambda clients: clients.rag.rename(clients.ctx, "Contracts", "Agreements"))
    wait_for(lambda: page.property("collectionText") == "Agreements")


def test_what_is_done_before_there_is_text_is_said_in_its_place(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    chat.progress, chat.progress_pace_s = (("Searching Contracts", 0, None), ("Read 5 of 13", 5, 13)), 0.05
    said: list[tuple[str, str, int, int]] = []
    page.property("rows").dataChanged.connect(
        lambda *_: said.extend((one.kind, one.notice, one.done, one.total) for one in page.rows_now()[-1:])
    )
    page.ask_about([cited.CONTRACTS])
    page.send("How many?")
    wait_for(lambda: "footer" in kinds(page))
    assert [one for one in said if one[0] == "thinking"] == [
        ("thinking", "Searching Contracts", 0, 0),
        ("thinking", "Read 5 of 13", 5, 13),
    ]


def test_reading_can_be_stopped(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    chat.progress, chat.progress_pace_s = (("Searching Contracts", 0, None),), 600.0
    page.ask_about([cited.CONTRACTS])
    page.send("How many?")
    wait_for(lambda: any(row.notice == "Searching Contracts" for row in page.rows_now()))
    page.stop()
    wait_for(lambda: not page.property("answering"))
    assert page.rows_now()[-1].status == "stopped"


def test_a_finished_answer_links_its_numbers_and_shows_its_sources(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    page.ask_about([cited.CONTRACTS])
    page.send("What notice?")
    wait_for(lambda: "footer" in kinds(page))
    assert kinds(page) == ["user", "paragraph", "sources", "footer"]
    _, text, sources, footer = page.rows_now()
    address = citation_link(text.message_id, 1)
    assert text.html == f'Sixty days <a href="{address}">[1]</a>.'
    (card,) = sources.sources
    assert (card["number"], card["fileName"], card["place"]) == (1, "MSA-2024.pdf", "p. 12")
    assert card["address"] == address
    assert footer.from_documents
    assert page.property("documented")
    assert page.messageText(text.message_id) == "Sixty days [1]."


def test_an_answer_that_found_nothing_says_so_without_cards(
    page: ChatViewModel, chat: DemoChat, wait_for: WaitFor
) -> None:
    chat.script, chat.citations = "Nothing in Contracts answers this.", ()
    page.ask_about([cited.CONTRACTS])
    page.send("What?")
    wait_for(lambda: "footer" in kinds(page))
    assert kinds(page) == ["user", "paragraph", "sources", "footer"]
    assert page.rows_now()[2].sources == ()


def test_a_sentence_of_the_program_has_no_speed(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    conversation = chat.seed("x", [("user", "How many files?"), ("assistant", "31.")])
    chat.cite(conversation, (), (cited.CONTRACTS,))
    page.open(str(conversation))
    wait_for(lambda: "footer" in kinds(page))
    assert page.rows_now()[-1].stats == ""


def test_without_collections_nothing_is_different(page: ChatViewModel, chat: DemoChat, wait_for: WaitFor) -> None:
    page.send("Hello")
    wait_for(lambda: "footer" in kinds(page))
    assert kinds(page) == ["user", "paragraph", "footer"]
    assert page.rows_now()[1].html == "Sixty days [1]."
    assert not page.rows_now()[-1].from_documents
    assert not page.property("documented")


def _placed(file_name: str, page: int | None, headings: tuple[str, ...]) -> Citation:
    return replace(cited.citations()[0], file_name=file_name, page=page, heading_path=headings)


@pytest.mark.parametrize(
    ("file_name", "number", "headings", "place"),
    [
        ("a.pdf", 12, ("x",), "p. 12"),
        ("a.pptx", 3, (), "slide 3"),
        ("a.xlsx", 2, (), "sheet 2"),
        ("a.docx", None, ("11 Fees", "11.4 Refund"), "§ 11.4 Refund"),
        ("law.md", None, ("§ 11",), "§ 11"),
        ("a.txt", None, (), ""),
    ],
)
def test_a_card_says_where_in_the_file(
    page: ChatViewModel,
    chat: DemoChat,
    wait_for: WaitFor,
    file_name: str,
    number: int | None,
    headings: tuple[str, ...],
    place: str,
) -> None:
    conversation = chat.seed("x", [("user", "q"), ("assistant", "a [1]")])
    chat.cite(conversation, (_placed(file_name, number, headings),), ())
    page.open(str(conversation))
    wait_for(lambda: "sources" in kinds(page))
    assert page.rows_now()[2].sources[0]["place"] == place
