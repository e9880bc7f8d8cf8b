"""Whole windows, offscreen: found and driven by the accessibility tree, and silent in Qt's log."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.texts import EVERYTHING, HOSTILE
from hyperspot_desktop.window.guard import DeniedNetwork
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import ACTIVE, Role, names, press, ready, tree, type_text


@pytest.mark.parametrize("page", ["chat", "documents", "search", "models", "activity", "trash", "settings"])
def test_every_control_of_a_page_has_a_name(page: str, make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    view_models.app.setProperty("page", page)
    wait_for(lambda: len(tree(frame)) > 20)
    nameless = [node.role() for node in tree(frame) if node.role() in ACTIVE and not node.text(QAccessible.Text.Name)]
    assert nameless == []


def test_the_side_bar_leads_to_every_page(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    pages = {"Documents": "documents", "Search": "search", "Models": "models", "Activity": "activity"}
    for name, page in {**pages, "Settings": "settings", "New chat": "chat"}.items():
        press(frame, name)
        assert view_models.app.property("page") == page


def test_a_conversation_opens_from_the_side_bar_and_its_answer_can_be_read_aloud(
    make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: "Termination clauses in the MSA" in names(frame, Role.ListItem))
    press(frame, "Termination clauses in the MSA")
    wait_for(lambda: view_models.chat.property("title") == "Termination clauses in the MSA")
    wait_for(lambda: any("60 days' written notice" in text for text in names(frame, Role.StaticText)))


def test_typing_and_enter_send_and_escape_stops(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    chat = DemoChat(pace_s=0.02, script="word " * 500)
    view_models, frame = make_frame(profile.clients(chat=chat))
    wait_for(lambda: ready(view_models) and view_models.app.property("state") == "ready")
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+L")
    type_text(frame, "hello")
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: any(row.kind == "paragraph" for row in view_models.chat.rows_now()))
    assert view_models.chat.rows_now()[0].plain == "hello"
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    wait_for(lambda: not view_models.chat.property("answering"))
    assert view_models.chat.rows_now()[-1].status == "stopped"


def test_shift_enter_breaks_the_line(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+L")
    type_text(frame, "one")
    QTest.keyClick(frame.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_text(frame, "two")
    wait_for(lambda: view_models.chat.property("draft") == "one\ntwo")


@pytest.mark.parametrize(
    ("keys", "page"),
    [
        ("Ctrl+2", "documents"),
        ("Ctrl+3", "search"),
        ("Ctrl+Shift+F", "search"),
        ("Ctrl+4", "models"),
        ("Ctrl+5", "activity"),
        ("Ctrl+,", "settings"),
    ],
)
def test_shortcuts_lead_to_pages(keys: str, page: str, make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    QTest.keySequence(frame.window, keys)
    wait_for(lambda: view_models.app.property("page") == page)


def test_the_search_box_opens_a_message_in_its_chat(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+K")
    wait_for(lambda: view_models.palette.rows_now())
    type_text(frame, "material breach")
    wait_for(lambda: any(row.kind == "message" for row in view_models.palette.rows_now()))
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: view_models.chat.property("title") == "Termination clauses in the MSA")


def test_f1_lists_the_shortcuts(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    QTest.keySequence(frame.window, "F1")
    wait_for(lambda: "Search everything" in names(frame, Role.StaticText))


def test_hostile_markdown_asks_for_nothing(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    chat = DemoChat()
    conversation = chat.seed("hostile", [("user", HOSTILE), ("assistant", HOSTILE), ("assistant", EVERYTHING)])
    DeniedNetwork.refused.clear()
    view_models, frame = make_frame(profile.clients(chat=chat))
    wait_for(lambda: ready(view_models))
    view_models.chat.open(str(conversation))
    wait_for(lambda: len(view_models.chat.rows_now()) > 20)
    frame.window.resize(1000, 4_000)
    wait_for(lambda: any("raw link" in text for text in names(frame, Role.StaticText)))
    assert not frame.window.grabWindow().isNull()
    assert DeniedNetwork.refused == []


def test_the_engine_has_no_network_at_all(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtNetwork import QNetworkRequest

    _, frame = make_frame(profile.clients())
    DeniedNetwork.refused.clear()
    reply = frame.engine.networkAccessManager().get(QNetworkRequest(QUrl("http://127.0.0.1:9/x")))
    wait_for(reply.isFinished)
    assert reply.error() == reply.NetworkError.ProtocolUnknownError
    assert DeniedNetwork.refused == ["http://127.0.0.1:9/x"]


def test_large_text_high_contrast_and_the_smallest_window_show_every_page(
    make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    view_models.app.look(font_scale=2.0, high_contrast=True, theme="light")
    frame.window.resize(900, 600)
    for page in ("chat", "documents", "search", "models", "activity", "trash", "settings"):
        view_models.app.setProperty("page", page)
        assert not frame.window.grabWindow().isNull()


def test_the_first_start_offers_models_and_a_file_of_ones_own(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = make_frame(profile.empty())
    wait_for(lambda: "Use a file I have" in names(frame, Role.Button))
    assert names(frame, Role.Button).count("Download") == 3


def test_lists_without_anything_say_what_to_do(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.empty())
    wait_for(lambda: ready(view_models))
    view_models.app.setProperty("page", "activity")
    wait_for(lambda: "All quiet" in names(frame, Role.StaticText))
    assert "Your conversations will be listed here." in names(frame, Role.StaticText)
