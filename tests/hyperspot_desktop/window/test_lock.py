"""A locked window: nothing of the content is on it, above it or behind it, and it all comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QMetaObject, Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtQml import QQmlComponent
from PySide6.QtTest import QTest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.keys import CODE, DemoKeys
from hyperspot_desktop.demo.stage import DemoFailure
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from hyperspot_desktop.window.locking import Locking
from modules.chat.contract import Conversation
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import Role, names, press, ready, tree, type_text

PASSPHRASE = "abcd efgh"
Text = QAccessible.Text
WORDS = b"""
import QtQuick
import QtQuick.Controls.Basic

QtObject {
    property ApplicationWindow root
    property string words
    onRootChanged: if (root) words = below(root.contentItem).join("\\n")

    function below(thing: var): var {
        if (!thing)
            return [];
        let found = typeof thing.text === "string" && thing.text !== "" ? [thing.text] : [];
        if (thing instanceof Popup)
            found = found.concat(below(thing.contentItem));
        if (thing instanceof Loader && !(thing.item instanceof Item))
            found = found.concat(below(thing.item));
        if (thing instanceof Item)
            for (const part of thing.data)
                found = found.concat(below(part));
        return found;
    }
}
"""
TITLE = "Termination clauses in the MSA"


class FullDisk(DemoChat):
    """Reads what there is, and takes nothing new."""

    async def create(self, *args: Any, **more: Any) -> Conversation:
        raise DemoFailure("The disk is full.")


class Lockable:
    """A window over a demo profile with a passphrase, as the program keeps it."""

    def __init__(self, view_models: ViewModels, frame: Frame, bridge: Bridge) -> None:
        self.frame = frame
        self.first = view_models
        self.locking = Locking(bridge, frame, lambda fresh: None)
        view_models.lock.lockedChanged.connect(self._moved)

    @property
    def shown(self) -> ViewModels:
        return self.frame.view_models

    def _moved(self) -> None:
        if self.shown.lock.property("locked"):
            self.locking.begin()
        elif self.locking.end():
            self.shown.start()


MakeLockable = Callable[..., Lockable]


@pytest.fixture
def make_lockable(make_frame: MakeFrame, wait_for: WaitFor) -> MakeLockable:
    def make(clients: Clients | None = None) -> Lockable:
        demo = clients or profile.clients(keys=DemoKeys(passphrase=PASSPHRASE))
        view_models, frame = make_frame(demo)
        bridge = view_models.app.parent()
        assert isinstance(bridge, Bridge)
        wait_for(lambda: ready(view_models) and view_models.keys.property("known"))
        return Lockable(view_models, frame, bridge)

    return make


def open_everything(window: Lockable, wait_for: WaitFor) -> None:
    """A conversation, a draft, words in a search field, a page of documents, a box above them."""
    shown = window.shown
    shown.chat.open(shown.conversations.rows_now()[0].conversation_id)
    wait_for(lambda: shown.chat.property("title") == TITLE and shown.chat.rows_now())
    shown.chat.setProperty("draft", "a draft about notice periods")
    shown.app.setProperty("page", "documents")
    wait_for(lambda: len(tree(window.frame)) > 60)
    shown.app.setProperty("page", "chat")
    QMetaObject.invokeMethod(window.frame.window, "openPalette")
    wait_for(lambda: shown.palette.rows_now())
    shown.palette.setProperty("query", "notice")
    wait_for(lambda: any(row.kind == "message" for row in shown.palette.rows_now()))


def texts(frame: Frame) -> str:
    """Every text that any object of the window holds, visible or not."""
    component = QQmlComponent(frame.engine)
    component.setData(WORDS, QUrl.fromLocalFile("/words.qml"))
    reader = component.create()
    assert reader is not None, component.errorString()
    reader.setProperty("root", frame.window)
    return str(reader.property("words"))


def fields(frame: Frame) -> list[str]:
    """What one can write into; Qt gives a field for secrets no name of its own, only a description."""
    shown = [node for node in tree(frame) if node.role() == Role.EditableText]
    return [node.text(Text.Name) or node.text(Text.Description) for node in shown]


def test_a_locked_window_holds_nothing_of_what_it_showed(make_lockable: MakeLockable, wait_for: WaitFor) -> None:
    window = make_lockable()
    open_everything(window, wait_for)
    assert TITLE in texts(window.frame)
    assert "notice" in texts(window.frame)
    held = window.first.going()
    window.first.lock.lock()
    wait_for(lambda: window.locking.cleared)
    words = texts(window.frame)
    assert TITLE not in words
    assert "notice" not in words
    assert window.frame.window.title() == "HyperSpot"
    assert [one for one in held if shiboken6.isValid(one)] == []
    assert [one.__dict__ for one in held] == [{}] * len(held)
    assert window.shown.conversations.rows_now() == []


def test_a_screen_reader_finds_the_lock_screen_alone(make_lockable: MakeLockable, wait_for: WaitFor) -> None:
    window = make_lockable()
    open_everything(window, wait_for)
    window.first.lock.lock()
    wait_for(lambda: window.locking.cleared)
    wait_for(lambda: names(window.frame, Role.Button) == ["Unlock", "Quit"])
    wait_for(lambda: fields(window.frame) == ["Passphrase or recovery code"])
    assert names(window.frame, Role.ListItem) == []


def test_the_keyboard_alone_locks_and_unlocks(make_lockable: MakeLockable, wait_for: WaitFor) -> None:
    window = make_lockable()
    window.frame.window.requestActivate()
    QTest.keySequence(window.frame.window, "Ctrl+Shift+L")
    wait_for(lambda: window.locking.cleared)
    wait_for(lambda: "HyperSpot is locked" in names(window.frame, Role.Heading))
    type_text(window.frame, "abcd")
    QTest.keyClick(window.frame.window, Qt.Key.Key_Return)
    wait_for(lambda: "The passphrase is wrong." in names(window.frame, Role.AlertMessage))
    type_text(window.frame, PASSPHRASE)
    QTest.keyClick(window.frame.window, Qt.Key.Key_Return)
    wait_for(lambda: not window.shown.lock.property("locked"))
    wait_for(lambda: TITLE in names(window.frame, Role.ListItem))


@pytest.mark.parametrize("keys", ["Ctrl+K", "Ctrl+2", "Ctrl+,", "F1", "Ctrl+N"])
def test_no_shortcut_reaches_behind_the_lock(keys: str, make_lockable: MakeLockable, wait_for: WaitFor) -> None:
    window = make_lockable()
    window.frame.window.requestActivate()
    window.first.lock.lock()
    wait_for(lambda: window.locking.cleared)
    wait_for(lambda: names(window.frame, Role.Button) == ["Unlock", "Quit"])
    QTest.keySequence(window.frame.window, keys)
    assert window.shown.app.property("page") == "chat"
    assert names(window.frame, Role.Button) == ["Unlock", "Quit"]


def test_what_was_being_written_is_stored_first(make_lockable: MakeLockable, wait_for: WaitFor) -> None:
    window = make_lockable()
    window.shown.chat.setProperty("draft", "words without a conversation")
    window.first.lock.lock()
    wait_for(lambda: window.locking.cleared and window.locking.draft_id)
    draft_id = window.locking.draft_id
    window.shown.lock.unlock(PASSPHRASE)
    wait_for(lambda: not window.shown.lock.property("locked"))
    window.shown.chat.reopen(draft_id)
    wait_for(lambda: window.shown.chat.property("draft") == "words without a conversation")


def test_what_cannot_be_stored_stays_covered_and_comes_back(make_lockable: MakeLockable, wait_for: WaitFor) -> None:
    chat = FullDisk()
    window = make_lockable(profile.clients(chat=chat, keys=DemoKeys(passphrase=PASSPHRASE)))
    window.shown.chat.setProperty("draft", "words that no disk takes")
    window.first.lock.lock()
    wait_for(lambda: window.first.chat.property("errorSentence") == "The disk is full.")
    wait_for(lambda: names(window.frame, Role.Button) == ["Unlock", "Quit"])
    assert not window.locking.cleared
    window.shown.lock.unlock(CODE)
    wait_for(lambda: not window.shown.lock.property("locked"))
    assert window.shown is window.first
    assert window.shown.chat.property("draft") == "words that no disk takes"


def test_an_answer_is_written_to_its_end_behind_the_lock(make_lockable: MakeLockable, wait_for: WaitFor) -> None:
    chat = DemoChat(pace_s=0.002, script="word " * 40)
    window = make_lockable(profile.clients(chat=chat, keys=DemoKeys(passphrase=PASSPHRASE)))
    window.shown.chat.send("a question that must not be lost")
    window.first.lock.lock()
    wait_for(lambda: window.locking.cleared)
    window.shown.lock.unlock(PASSPHRASE)
    wait_for(lambda: window.shown.conversations.rows_now())
    window.shown.chat.open(window.shown.conversations.rows_now()[0].conversation_id)
    wait_for(lambda: len(window.shown.chat.rows_now()) >= 2 and not window.shown.chat.property("answering"))
    assert window.shown.chat.rows_now()[0].plain == "a question that must not be lost"


@pytest.mark.parametrize("put_off", [True, False])
def test_a_code_that_was_put_off_stays_so_and_one_that_was_shown_is_shown_again(
    put_off: bool, make_lockable: MakeLockable, wait_for: WaitFor
) -> None:
    window = make_lockable(profile.clients(keys=DemoKeys(passphrase=PASSPHRASE, code_kept=False, fresh=True)))
    wait_for(lambda: window.shown.app.property("recoveryCode") == CODE)
    {True: window.shown.keys.putOffCode, False: window.shown.app.copyRecoveryCode}[put_off]()
    window.first.lock.lock()
    wait_for(lambda: window.locking.cleared)
    assert CODE not in texts(window.frame)
    window.shown.lock.unlock(PASSPHRASE)
    wait_for(lambda: not window.shown.lock.property("locked") and window.shown.keys.property("known"))
    wait_for(lambda: window.shown.app.property("recoveryCode") == {True: "", False: CODE}[put_off])


def test_without_a_passphrase_the_wish_to_lock_leads_to_one(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients(keys=DemoKeys()))
    wait_for(lambda: ready(view_models) and view_models.keys.property("known"))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+Shift+L")
    wait_for(lambda: {"Passphrase", "The same again"} <= set(fields(frame)))
    type_text(frame, PASSPHRASE)
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    type_text(frame, PASSPHRASE)
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: "Lock now" in names(frame, Role.Button))
    press(frame, "Lock now")
    wait_for(lambda: view_models.lock.property("locked"))


def test_the_recovery_code_can_be_put_off_and_is_reminded_of(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients(keys=DemoKeys(code_kept=False, fresh=True)))
    wait_for(lambda: f"Recovery code: {CODE}" in names(frame, Role.StaticText))
    press(frame, "I have kept it")
    wait_for(lambda: view_models.keys.property("codeKept") and "I have kept it" not in names(frame, Role.Button))
    view_models.keys.newCode()
    wait_for(lambda: "I have kept it" in names(frame, Role.Button))
    assert "Show a new one" in names(frame, Role.Button)
