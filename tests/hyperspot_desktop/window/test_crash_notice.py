"""After a run that ended badly: what the window says, what it saves, and where it goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject, QObject, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtTest import QTest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import OpenHost
from hyperspot_desktop.crash.care import CrashCare
from hyperspot_desktop.crash.last_run import BadEnd
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.stage import DemoFailure
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.crash_watch import CrashWatch
from hyperspot_desktop.window.frame import Frame
from hyperspot_desktop.window.keeping import Keeping
from tests.hyperspot_desktop.conftest import MakeBridge, MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import Role, names, press, ready, tree

SAVE, AWAY = "Save report…", "Put the note on the last run away"
PROMPT = "Dear Dr Osei, my diagnosis is"


def list_of(frame: Frame) -> QObject:
    """The list of messages."""
    node = next(one for one in tree(frame) if one.text(QAccessible.Text.Name) == "Messages")
    found = node.object()
    assert isinstance(found, QObject)
    return found


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("crashed", "HyperSpot crashed when it last ran; nothing that was saved is lost."),
        ("stopped", "HyperSpot was stopped before it could end when it last ran; nothing that was saved is lost."),
    ],
)
def test_the_notice_says_what_happened_and_goes_when_it_was_read(
    kind: str, sentence: str, make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    assert SAVE not in names(frame, Role.Button)
    view_models.crash.tell(kind, "the report")  # type: ignore[arg-type]  # one of the two, from the parameters
    wait_for(lambda: SAVE in names(frame, Role.Button))
    assert any(name.startswith(sentence) for name in names(frame, Role.AlertMessage))
    press(frame, AWAY)
    wait_for(lambda: SAVE not in names(frame, Role.Button))
    assert view_models.crash.property("report") == ""


def test_the_report_is_read_before_it_is_saved(make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    view_models.crash.tell("crashed", "the report\nof two lines\n")
    wait_for(lambda: SAVE in names(frame, Role.Button))
    press(frame, SAVE)
    wait_for(lambda: "Report on the last run" in names(frame, Role.EditableText))
    assert {"Save…", "Close"} <= set(names(frame, Role.Button))
    # the file dialog is the system's own
    view_models.crash.saveTo(QUrl.fromLocalFile(str(tmp_path / "report.txt")))
    wait_for(lambda: (tmp_path / "report.txt").exists() and "Save…" not in names(frame, Role.Button))
    assert (tmp_path / "report.txt").read_text() == "the report\nof two lines\n"
    assert SAVE in names(frame, Role.Button)


def test_the_report_is_left_by_keyboard(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    view_models.crash.tell("crashed", "the report")
    wait_for(lambda: SAVE in names(frame, Role.Button))
    QMetaObject.invokeMethod(frame.window, "openReport")
    wait_for(lambda: "Save…" in names(frame, Role.Button))
    QTest.keyClick(frame.window, Qt.Key.Key_Escape)
    wait_for(lambda: "Save…" not in names(frame, Role.Button))


def test_a_place_that_takes_no_report_is_said(make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path) -> None:
    view_models, _ = make_frame(profile.clients())
    view_models.crash.tell("crashed", "the report")
    view_models.crash.saveTo(QUrl.fromLocalFile(str(tmp_path / "missing" / "report.txt")))
    wait_for(lambda: view_models.crash.property("problemSentence") == "The report could not be saved there.")
    assert view_models.crash.property("problemAction") == "Choose another place."
    assert view_models.crash.property("report") == "the report"


def test_a_suggested_file_is_a_text_of_today(make_frame: MakeFrame) -> None:
    view_models, _ = make_frame(profile.clients())
    url = view_models.crash.property("suggestedFile")
    assert Path(url.toLocalFile()).name.startswith("hyperspot-report-")


# Where it goes on.


@pytest.fixture
def long_chat() -> DemoChat:
    chat = DemoChat()
    chat.seed("long", [("user", f"question {number} " + "words " * 60) for number in range(90)])
    return chat


def top_message(view_models: ViewModels) -> str:
    return view_models.chat.conversation_to_reopen()[1]


def test_a_conversation_is_read_on_where_it_was_left(
    long_chat: DemoChat, make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    # given: a conversation that is scrolled up to messages that are not loaded at first
    view_models, _ = make_frame(profile.clients(chat=long_chat))
    wait_for(lambda: ready(view_models))
    conversation = view_models.conversations.rows_now()[0].conversation_id
    view_models.chat.open(conversation)
    wait_for(lambda: view_models.chat.rows_now())
    wanted = str(long_chat.branch(view_models.chat._conversation.id)[20].id)  # type: ignore[union-attr]  # it is shown
    view_models.chat.openAt(conversation, wanted)
    wait_for(lambda: top_message(view_models).startswith(wanted))
    place = top_message(view_models)
    # when: another window opens it there
    again, other = make_frame(profile.clients(chat=long_chat))
    again.chat.reopen(conversation, place)
    wait_for(lambda: again.chat.rowOf(wanted) >= 0)
    # then
    messages = list_of(other)

    def seen() -> str:
        again.chat._place = ""
        QMetaObject.invokeMethod(messages, "notePlace")
        return top_message(again)

    wait_for(lambda: seen() == place)


def test_a_conversation_that_was_at_its_end_is_opened_there(
    long_chat: DemoChat, make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    view_models, frame = make_frame(profile.clients(chat=long_chat))
    wait_for(lambda: ready(view_models))
    view_models.chat.reopen(view_models.conversations.rows_now()[0].conversation_id, "")
    wait_for(lambda: view_models.chat.rows_now())
    QMetaObject.invokeMethod(list_of(frame), "notePlace")
    assert list_of(frame).property("following")
    assert top_message(view_models) == ""


@pytest.mark.parametrize("place", ["x", "x:y:z", ":::", "0192c3a4-0000-7000-8000-000000000000:3:10"])
def test_a_place_that_is_gone_or_damaged_is_the_end(
    place: str, make_bridge: MakeBridge, wait_for: WaitFor, long_chat: DemoChat
) -> None:
    view_models = ViewModels.over(make_bridge(profile.clients(chat=long_chat)))
    moved: list[int] = []
    view_models.chat.placeWanted.connect(lambda row, above: moved.append(row))
    view_models.conversations.start()
    wait_for(lambda: view_models.conversations.rows_now())
    view_models.chat.reopen(view_models.conversations.rows_now()[0].conversation_id, place)
    wait_for(lambda: view_models.chat.rows_now() and not view_models.chat._wanted_message)
    assert moved == []


def test_a_start_that_fails_forgets_no_conversation(application: QGuiApplication, wait_for: WaitFor) -> None:
    async def fail() -> OpenHost:
        raise DemoFailure("The profile is damaged.")

    bridge = Bridge(fail)
    try:
        chat = ViewModels.over(bridge).chat
        wanted = ("0192c3a4-0000-7000-8000-000000000000", "0192c3a4-0000-7000-8000-000000000001:2:30")
        chat.reopen(*wanted)
        bridge.start()
        wait_for(lambda: bridge.state == "failed" and not chat.property("loading"))
        assert chat.conversation_to_reopen() == wanted
    finally:
        assert bridge.dispose()


def test_nothing_of_a_private_chat_is_reopened(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    chat = ViewModels.over(make_bridge(profile.clients())).chat
    chat.newPrivateChat()
    wait_for(lambda: chat.property("private"))
    assert chat.conversation_to_reopen() == ("", "")


def test_a_new_page_is_kept_while_the_window_runs(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    kept: list[object] = []
    keeping = Keeping(frame.window, lambda: kept.append(view_models.app.property("page")))
    keeping.follow(view_models)
    wait_for(lambda: ready(view_models))
    view_models.app.setProperty("page", "models")
    wait_for(lambda: kept and kept[-1] == "models")
    keeping.stop()
    view_models.app.setProperty("page", "chat")
    assert not keeping._timer.isActive()


# The window's part of the watch.


@pytest.fixture
def care(home: Path) -> CrashCare:
    made = CrashCare(home)
    made.recorder.folder.mkdir(parents=True)
    return made


@pytest.fixture
def watch(care: CrashCare, make_bridge: MakeBridge) -> Iterator[CrashWatch]:
    told: list[BadEnd] = []
    made = CrashWatch(care, QQmlApplicationEngine(), make_bridge(profile.clients()), told.append)
    made.told_of = told  # type: ignore[attr-defined]  # for the test to look at
    yield made
    made.stop()
    care.close()


def test_an_error_in_qml_is_noted_by_kind_and_place(watch: CrashWatch, care: CrashCare) -> None:
    error = QQmlError()
    error.setUrl(QUrl.fromLocalFile("/home/ada/qml/hyperspot/pages/ChatList.qml"))
    error.setLine(84)
    error.setDescription(f"TypeError: Cannot read property '{PROMPT}' of null")
    watch._note_qml([error])
    notes = care.recorder.notes_path.read_text()
    assert "TypeError at hyperspot/pages/ChatList.qml:84" in notes
    assert PROMPT not in notes
    assert "ada" not in notes


def test_a_window_that_runs_answers_its_watch(watch: CrashWatch, care: CrashCare, wait_for: WaitFor) -> None:
    answered: list[int] = []
    thread = threading.Thread(target=lambda: watch._asked.emit(lambda: answered.append(threading.get_ident())))
    thread.start()
    wait_for(lambda: answered)
    thread.join()
    assert answered == [threading.get_ident()]


def test_a_bad_end_is_told_when_the_profile_is_open_and_again_after_the_lock(
    care: CrashCare, application: QGuiApplication, wait_for: WaitFor
) -> None:
    bridge = Bridge(lambda: profile.opened(profile.clients()))
    told: list[BadEnd] = []
    watch = CrashWatch(care, QQmlApplicationEngine(), bridge, told.append)
    care.bad_end = BadEnd("crashed", "the report")
    try:
        bridge.start()
        wait_for(lambda: told)
        watch.tell_again()
        assert told == [care.bad_end] * 2
        watch.read()
        watch.tell_again()
        assert len(told) == 2
    finally:
        assert bridge.dispose()


def test_an_error_that_no_module_foresaw_is_noted_without_its_words(
    watch: CrashWatch, care: CrashCare, wait_for: WaitFor
) -> None:
    async def fail(_: object) -> None:
        raise LookupError(PROMPT)

    failures: list[object] = []
    watch._bridge.call(fail, failed=failures.append)
    wait_for(lambda: failures)
    notes = care.recorder.notes_path.read_text()
    assert "Error in a call of the window\nLookupError" in notes
    assert PROMPT not in notes
