"""The chat with documents as a person meets it: pill, cards, pane, drawer, page and the way back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMetaObject, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from hyperspot_desktop.demo import cited, profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from hyperspot_desktop.window.guard import DeniedNetwork
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import ACTIVE, names, press, ready, tree

Role = QAccessible.Role
CARD = "Source 1: MSA-2024.pdf"
PANE = "Source"


def opened(make_frame: MakeFrame, wait_for: WaitFor, *, width: int = 1280) -> tuple[ViewModels, Frame]:
    """The newest conversation, which cites documents, is on the page."""
    view_models, frame = make_frame(profile.clients())
    frame.window.resize(width, 820)
    wait_for(lambda: ready(view_models))
    view_models.chat.open(view_models.conversations.rows_now()[0].conversation_id)
    wait_for(lambda: CARD in names(frame, Role.Button))
    return view_models, frame


def has_pane(frame: Frame) -> bool:
    return PANE in names(frame, Role.Pane)


def find(frame: Frame, role: Role, name: str) -> QAccessibleInterface:
    return next(one for one in tree(frame) if one.role() == role and one.text(QAccessible.Text.Name) == name)


def edges(frame: Frame, role: Role, name: str) -> tuple[int, int]:
    """Left and right, in the window."""
    place = find(frame, role, name).rect()
    left = place.left() - frame.window.x()
    return left, left + place.width()


def do(frame: Frame, role: Role, name: str, verb: str = "click") -> None:
    item = find(frame, role, name).object()
    assert isinstance(item, QObject)
    QMetaObject.invokeMethod(item, verb)


def over_link(frame: Frame, text: str) -> QPoint:
    """Move the pointer along the first line of a text, until it is on a link."""
    node = next(one for one in tree(frame) if text in one.text(QAccessible.Text.Name))
    line = node.rect().translated(-frame.window.x(), -frame.window.y())
    for x in range(line.left(), line.right(), 4):
        place = QPoint(x, line.top() + 10)
        QTest.mouseMove(frame.window, place)
        if node.object().property("hoveredLink"):
            return place
    raise AssertionError("there is no link in the line")


def test_a_number_shows_its_source_under_the_pointer_and_opens_it(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = opened(make_frame, wait_for)
    place = over_link(frame, "60 days' written notice")
    card = "MSA-2024.pdf, p. 12: 11.2 Either party may terminate"
    wait_for(lambda: any(name.startswith(card) for name in names(frame, Role.ToolTip)))
    QTest.mouseClick(frame.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    wait_for(lambda: has_pane(frame) and view_models.sources.property("number") == 1)


def test_a_card_opens_the_pane_beside_the_answer(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = opened(make_frame, wait_for)
    assert not has_pane(frame)
    press(frame, CARD)
    wait_for(lambda: any("11.2 Either party may" in text for text in names(frame, Role.StaticText)))
    assert edges(frame, Role.Pane, PANE) == (980, 1280)
    assert edges(frame, Role.List, "Messages")[1] == 980
    assert "MSA-2024.pdf" in names(frame, Role.Heading)
    assert "Match 0.86  ·  keyword + meaning" in names(frame, Role.StaticText)


def test_every_control_of_pane_sheet_and_cards_has_a_name(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = opened(make_frame, wait_for)
    press(frame, CARD)
    wait_for(lambda: "Open the file" in names(frame, Role.Button))
    press(frame, "How this was found")
    wait_for(lambda: "Search again" in names(frame, Role.Button))
    nameless = [node.role() for node in tree(frame) if node.role() in ACTIVE and not node.text(QAccessible.Text.Name)]
    assert nameless == []


def test_ctrl_i_shows_and_hides_the_pane(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = opened(make_frame, wait_for)
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+I")
    wait_for(lambda: has_pane(frame) and view_models.sources.property("number") == 1)
    QTest.keySequence(frame.window, "Ctrl+I")
    wait_for(lambda: not has_pane(frame))


def test_a_chat_without_documents_has_neither_pane_nor_button(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = opened(make_frame, wait_for)
    press(frame, CARD)
    wait_for(lambda: has_pane(frame))
    view_models.chat.open(view_models.conversations.rows_now()[1].conversation_id)
    wait_for(lambda: not has_pane(frame))
    assert not [name for name in names(frame, Role.Button) if "the source" in name]


def test_in_a_narrow_window_the_pane_is_a_drawer_that_escape_closes(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = opened(make_frame, wait_for, width=900)
    frame.window.requestActivate()
    press(frame, CARD)
    wait_for(lambda: has_pane(frame) and edges(frame, Role.Pane, PANE) == (600, 900))
    assert edges(frame, Role.List, "Messages")[1] == 900
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    wait_for(lambda: not has_pane(frame))


def test_the_page_itself_is_shown_and_can_be_made_large(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = opened(make_frame, wait_for)
    press(frame, CARD)
    wait_for(lambda: "Page" in names(frame, Role.RadioButton))
    view_models.sources.setProperty("asPage", True)
    wait_for(lambda: view_models.page.property("source") and "Page 12" in names(frame, Role.Graphic))
    wait_for(lambda: "Page 12 of 48" in names(frame, Role.StaticText))
    press(frame, "Show the page large")
    wait_for(lambda: "Page 12 of MSA-2024.pdf" in names(frame, Role.Dialog))
    assert not frame.window.grabWindow().isNull()


def test_the_pill_chooses_collections_by_keyboard(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models) and view_models.chat.property("collectionChoices"))
    press(frame, "New chat")
    wait_for(lambda: "Answer from documents" in names(frame, Role.ButtonMenu))
    do(frame, Role.ButtonMenu, "Answer from documents")
    offered = {"No documents", "Contracts", "Notes", "Research papers", "Add documents…"}
    wait_for(lambda: offered <= set(names(frame, Role.MenuItem)))
    for _ in range(2):
        QTest.keyClick(frame.window, Qt.Key.Key_Down)
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: view_models.chat.property("collectionText") == "Contracts")
    wait_for(lambda: "Answers from: Contracts" in names(frame, Role.ButtonMenu))


def test_the_tab_key_leads_from_the_message_to_the_pill(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models) and view_models.chat.property("collectionChoices"))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+L")
    QTest.keyClick(frame.window, Qt.Key.Key_Tab)
    assert find(frame, Role.ButtonMenu, "Answer from documents").state().focused
    QTest.keyClick(frame.window, Qt.Key.Key_Space)
    wait_for(lambda: "Contracts" in names(frame, Role.MenuItem))


def test_add_documents_leads_to_the_documents_page(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    do(frame, Role.ButtonMenu, "Answer from documents")
    wait_for(lambda: "Add documents…" in names(frame, Role.MenuItem))
    do(frame, Role.MenuItem, "Add documents…", "triggered")
    assert view_models.app.property("page") == "documents"


def test_another_search_is_made_from_the_sheet(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = opened(make_frame, wait_for)
    press(frame, "How this was found")
    wait_for(lambda: view_models.retrieval.property("known") and "Search again" in names(frame, Role.Button))
    press(frame, "Search again")
    wait_for(lambda: view_models.retrieval.property("tried"))
    wait_for(lambda: "Back to the answer's" in names(frame, Role.Button))
    assert any(" came in, " in text for text in names(frame, Role.StaticText))


def test_the_context_menu_of_a_card_leads_to_the_file(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = opened(make_frame, wait_for)
    middle = find(frame, Role.Button, CARD).rect().center() - QPoint(frame.window.x(), frame.window.y())
    QTest.mouseClick(frame.window, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, middle)
    wait_for(lambda: {"Open the file", "Show in its folder"} <= set(names(frame, Role.MenuItem)))


def test_names_and_quotes_of_documents_are_never_markup(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    hostile = "<img src='http://tracker.invalid/x.png'>![x](http://tracker.invalid/y.png)"
    chat = DemoChat()
    conversation = chat.seed("hostile", [("user", "q"), ("assistant", "a [1]")])
    kept = replace(cited.citations()[0], text=hostile, quote=hostile, file_id=conversation)
    citation = replace(kept, file_name=hostile, heading_path=(hostile,))
    chat.cite(conversation, (citation,), ())
    DeniedNetwork.refused.clear()
    view_models, frame = make_frame(profile.clients(chat=chat))
    wait_for(lambda: ready(view_models))
    view_models.chat.open(str(conversation))
    wait_for(lambda: f"Source 1: {hostile}" in names(frame, Role.Button))
    press(frame, f"Source 1: {hostile}")
    wait_for(lambda: names(frame, Role.StaticText).count(hostile) >= 1)
    assert not frame.window.grabWindow().isNull()
    assert DeniedNetwork.refused == []


def test_large_text_in_the_smallest_window_shows_the_drawer(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = opened(make_frame, wait_for)
    view_models.app.look(font_scale=2.0, high_contrast=True, theme="light")
    frame.window.resize(900, 600)
    press(frame, CARD)
    wait_for(lambda: has_pane(frame))
    assert not frame.window.grabWindow().isNull()
