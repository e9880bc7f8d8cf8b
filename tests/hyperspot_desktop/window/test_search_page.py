"""The Search page in a whole window, offscreen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import Role, names, press, ready, type_text


def asked(make_frame: MakeFrame, wait_for: WaitFor) -> tuple[ViewModels, Frame]:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+3")
    type_text(frame, "written notice")
    wait_for(lambda: view_models.search.property("count") > 3 and not view_models.search.property("loading"))
    return view_models, frame


def test_typing_finds_passages_that_can_be_read_aloud(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = asked(make_frame, wait_for)
    items = names(frame, Role.ListItem)
    assert any(name.startswith("MSA-2024.pdf, Page 12") and "sixty (60) days" in name for name in items)


def test_the_arrow_keys_choose_and_the_place_is_shown(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = asked(make_frame, wait_for)
    QTest.keyClick(frame.window, Qt.Key.Key_Down)
    QTest.keyClick(frame.window, Qt.Key.Key_Down)
    QTest.keyClick(frame.window, Qt.Key.Key_Up)
    assert view_models.search.property("current") == 1
    place = view_models.search.rows_now()[1]
    wait_for(lambda: place.file_name in names(frame, Role.Heading))
    wait_for(lambda: any(place.text in text for text in names(frame, Role.StaticText)))


def test_the_page_of_a_passage_is_drawn_when_it_is_wanted(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = asked(make_frame, wait_for)
    wait_for(lambda: "Page" in names(frame, Role.RadioButton))
    assert view_models.passage_page.property("source") == ""
    press(frame, "Page")
    wait_for(lambda: view_models.passage_page.property("source") != "")
    assert view_models.passage_page.property("marks")


def test_a_small_window_shows_the_place_on_enter_and_escape_goes_back(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = asked(make_frame, wait_for)
    frame.window.resize(900, 600)
    wait_for(lambda: "The passage in its place" not in names(frame, Role.Pane))
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: "The passage in its place" in names(frame, Role.Pane))
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    wait_for(lambda: "The passage in its place" not in names(frame, Role.Pane))
    assert view_models.search.property("query") == "WRITTEN NOTICE".lower()


def test_asking_about_a_passage_begins_a_chat_that_quotes_it(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = asked(make_frame, wait_for)
    press(frame, "Ask about this")
    wait_for(lambda: view_models.app.property("page") == "chat")
    assert view_models.chat.property("draft").startswith("About MSA-2024.pdf:\n> 11.2 Either party")
    assert view_models.chat.property("collectionText") == "Contracts"


def test_a_file_of_the_table_is_searched_alone(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = asked(make_frame, wait_for)
    file_id = next(row.file_id for row in view_models.search.rows_now() if row.file_name == "minutes.md")
    view_models.palette.chosen.emit("file", file_id, "minutes.md")
    wait_for(lambda: view_models.search.property("count") == 1)
    press(frame, "Only in minutes.md; press to search everywhere")
    wait_for(lambda: view_models.search.property("count") > 1)


def test_the_search_box_hands_its_words_over(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+K")
    type_text(frame, "zebra notice")
    wait_for(lambda: [row.kind for row in view_models.palette.rows_now()] == ["search"])
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: view_models.app.property("page") == "search")
    assert view_models.search.property("query") == "zebra notice"


def test_nothing_to_search_leads_to_the_documents(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.empty())
    wait_for(lambda: view_models.documents.property("known"))
    QTest.keySequence(frame.window, "Ctrl+3")
    wait_for(lambda: "Add documents" in names(frame, Role.Button))
    press(frame, "Add documents")
    assert view_models.app.property("page") == "documents"
