"""The Backups page and the look into a backup, against clients in memory and a real bridge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.backups import DemoBackups
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.stage import DemoFailure
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.viewmodels.backup_preview import BackupPreviewViewModel
from hyperspot_desktop.viewmodels.backup_rows import LONGEST_SHOWN, message_row
from hyperspot_desktop.viewmodels.backups import AUTOMATIC, SECOND_FOLDER, BackupsViewModel
from hyperspot_desktop.viewmodels.text import moment_text
from modules.backups.domain import declared
from modules.settings.contract import SettingSpec
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


@pytest.fixture
def demo() -> DemoBackups:
    return DemoBackups.full()


@pytest.fixture
def bridge(make_bridge: MakeBridge, demo: DemoBackups) -> Bridge:
    clients = profile.clients(backups=demo)
    clients.settings.declare(
        [SettingSpec(AUTOMATIC, "bool", True, "", ""), SettingSpec(SECOND_FOLDER, "str", "", "", "")]
    )
    return make_bridge(clients)


@pytest.fixture
def page(bridge: Bridge, wait_for: WaitFor) -> BackupsViewModel:
    made = BackupsViewModel(bridge)
    made.refresh()
    wait_for(lambda: made.property("known"))
    return made


@pytest.fixture
def preview(bridge: Bridge, demo: DemoBackups, wait_for: WaitFor) -> BackupPreviewViewModel:
    made = BackupPreviewViewModel(bridge)
    made.look(demo.backups[0].name, "the newest")
    wait_for(lambda: made.rows_now())
    return made


def test_a_backup_is_listed_with_time_reason_size_counts_and_its_check(
    page: BackupsViewModel, demo: DemoBackups
) -> None:
    first = page.rows_now()[0]
    moment = moment_text(demo.backups[0].created_at, date.today())
    assert (first.title, first.reason) == (moment, "Automatic")
    assert first.detail == "48 MB  ·  128 conversations  ·  4,312 messages"
    assert (first.fate, first.state_text, first.second_copy) == ("good", f"Whole, checked {moment}", True)
    last = page.rows_now()[-1]
    assert (last.fate, last.state_text) == ("damaged", "Damaged: page 17 is not whole")
    unchecked = next(row for row in page.rows_now() if row.fate == "unchecked")
    assert (unchecked.reason, unchecked.state_text) == ("Before an update", "Not checked")
    assert page.property("summary") == f"The newest checked backup is from {moment}."


def test_what_the_window_calls_the_settings_is_what_the_module_declares() -> None:
    assert (declared.AUTOMATIC.key, declared.SECOND_FOLDER.key) == (AUTOMATIC, SECOND_FOLDER)


def test_a_backup_is_made_and_said(page: BackupsViewModel, demo: DemoBackups, wait_for: WaitFor) -> None:
    said: list[str] = []
    page.noticed.connect(said.append)
    before = len(page.rows_now())
    page.create()
    assert page.property("creating")
    page.create()
    wait_for(lambda: len(page.rows_now()) == before + 1)
    assert page.rows_now()[0].reason == "Made by hand"
    assert said == ["The backup is made, and every page of it was checked."]
    assert not page.property("creating")


def test_a_check_is_shown_while_it_runs_and_its_result_is_said(page: BackupsViewModel, wait_for: WaitFor) -> None:
    said: list[str] = []
    page.noticed.connect(said.append)
    unchecked = next(row for row in page.rows_now() if row.fate == "unchecked")
    damaged = page.rows_now()[-1]
    page.verify(unchecked.name)
    assert [row.name for row in page.rows_now() if row.checking] == [unchecked.name]
    wait_for(lambda: all(row.fate != "unchecked" for row in page.rows_now()))
    page.verify(damaged.name)
    wait_for(lambda: len(said) == 2)
    assert said == [
        "The backup is whole: every page of it was read.",
        "The backup is damaged: nothing can be restored from it.",
    ]
    wait_for(lambda: not any(row.checking for row in page.rows_now()))


def test_a_removed_backup_can_be_undone_at_once(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    everything = ViewModels.over(make_bridge(profile.clients()))
    toasts: list[tuple[str, str]] = []
    everything.app.toastShown.connect(lambda *said: toasts.append(said))
    everything.backups.refresh()
    wait_for(lambda: everything.backups.rows_now())
    row = everything.backups.rows_now()[1]
    everything.backups.remove(row.name)
    wait_for(lambda: row.name not in {one.name for one in everything.backups.rows_now()})
    assert toasts == [(f"The backup {row.title}  ·  Automatic is in the trash.", "Undo")]
    assert everything.backups.property("trashed").rowCount() == 1
    everything.app.undo()
    wait_for(lambda: everything.backups.rows_now()[1] == row)


def test_the_trash_gives_back_or_deletes_for_ever(page: BackupsViewModel, demo: DemoBackups, wait_for: WaitFor) -> None:
    first, second = page.rows_now()[:2]
    page.remove(first.name)
    page.remove(second.name)
    wait_for(lambda: page.property("trashed").rowCount() == 2)
    page.takeBack(first.name)
    wait_for(lambda: first.name in {row.name for row in page.rows_now()})
    page.deleteForEver(second.name)
    wait_for(lambda: page.property("trashed").rowCount() == 0)
    assert second.name not in {one.name for one in demo.backups}


def test_restoring_everything_is_a_decision_that_can_be_taken_back(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    everything = ViewModels.over(make_bridge(profile.clients()))
    toasts: list[tuple[str, str]] = []
    everything.app.toastShown.connect(lambda *said: toasts.append(said))
    page = everything.backups
    page.refresh()
    wait_for(lambda: page.rows_now())
    row = page.rows_now()[3]
    page.restoreEverything(row.name)
    wait_for(lambda: page.property("restoreDecided"))
    assert (
        page.property("decisionText")
        == f"At the next start, the backup from {row.title} takes the place of everything."
    )
    assert toasts == [(f"Decided for the next start: the backup from {row.title}.", "Undo")]
    everything.app.undo()
    wait_for(lambda: not page.property("restoreDecided"))
    assert toasts[-1] == ("Everything stays as it is.", "")
    page.undoDecision()
    wait_for(lambda: toasts[-1] == ("There was nothing to take back.", ""))


def test_a_second_folder_and_the_switch_are_settings(page: BackupsViewModel, bridge: Bridge, wait_for: WaitFor) -> None:
    values: list[object] = []

    def ask() -> None:
        bridge.call(lambda clients: clients.settings.get(clients.ctx, SECOND_FOLDER), values.append)

    assert page.property("secondFolder") == str(Path("/media/usb/backups"))
    folder = Path("/media/other").absolute()
    page.chooseSecondFolder(QUrl.fromLocalFile(str(folder)))
    ask()
    wait_for(lambda: values == [str(folder)])
    page.forgetSecondFolder()
    ask()
    wait_for(lambda: values == [str(folder), ""])
    page.setAutomatic(False)
    bridge.call(lambda clients: clients.settings.get(clients.ctx, AUTOMATIC), values.append)
    wait_for(lambda: values[2:] == [False])


def test_another_host_is_asked_again_only_if_somebody_asked_before(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    page = BackupsViewModel(make_bridge(profile.clients()))
    page.start()
    assert page.property("loading")
    page.refresh()
    wait_for(lambda: page.property("known"))
    page._read = None
    page.start()
    wait_for(lambda: page.property("known"))


def test_what_fails_is_said_and_the_list_stays(page: BackupsViewModel, demo: DemoBackups, wait_for: WaitFor) -> None:
    before = page.rows_now()
    demo.failure = DemoFailure("The backup could not be made.")
    page.create()
    wait_for(lambda: page.property("errorSentence") == "The backup could not be made.")
    page.verify(before[0].name)
    wait_for(lambda: not any(row.checking for row in page.rows_now()))
    assert page.rows_now() == before
    assert not page.property("creating")
    # A list that could not be read is said, too, and the next one that can be takes it back.
    page.dismissError()
    page.refresh()
    wait_for(lambda: page.property("errorSentence") != "")
    demo.failure = None
    page.refresh()
    wait_for(lambda: page.property("errorSentence") == "")


def test_the_problem_of_the_last_automatic_backup_is_shown(
    page: BackupsViewModel, demo: DemoBackups, wait_for: WaitFor
) -> None:
    demo.problem = ("The second folder cannot be used: it is not there.", "Connect the drive.")
    demo.backups.clear()
    page.refresh()
    page.refresh()
    wait_for(lambda: page.property("problem") == "The second folder cannot be used: it is not there.")
    assert page.property("problemAction") == "Connect the drive."
    assert page.property("summary") == "There is no checked backup yet."


def test_a_preview_says_what_is_here_now(preview: BackupPreviewViewModel) -> None:
    found = {row.title: row.here_text for row in preview.rows_now()}
    assert found["Regex for ISO dates"] == "Here now"
    assert found["Names for the new product line"] == "In the trash"
    assert found["Recipe: lentil soup for twelve"] == "Not here"
    assert (preview.property("count"), preview.property("missing"), preview.property("title")) == (6, 2, "the newest")
    preview.setProperty("filter", "lentil")
    assert [row.title for row in preview.rows_now()] == ["Recipe: lentil soup for twelve"]


def test_messages_are_read_one_conversation_after_the_other(preview: BackupPreviewViewModel, wait_for: WaitFor) -> None:
    preview.show(preview.rows_now()[1].conversation_id)
    preview.show(preview.rows_now()[0].conversation_id)
    assert preview.property("readingMessages")
    wait_for(lambda: not preview.property("readingMessages"))
    assert preview.property("shownId") == preview.rows_now()[0].conversation_id
    assert [row.who for row in preview.property("messages").rows] == ["You", "Answer"]


def test_the_chosen_ones_come_back_and_can_be_put_into_the_trash_again(
    make_bridge: MakeBridge, wait_for: WaitFor
) -> None:
    chat = DemoChat()
    backups = DemoBackups.full()
    bridge = make_bridge(profile.clients(chat=chat, backups=backups))
    everything = ViewModels.over(bridge)
    toasts: list[tuple[str, str]] = []
    everything.app.toastShown.connect(lambda *said: toasts.append(said))
    preview = everything.backup_preview
    # given: a lost conversation that the backup has, and that is here again once it is restored
    lost = chat.seed("lost", [("user", "Where am I?")])
    inside = backups.inside[1]
    backups.inside[1] = replace(inside, conversation=replace(inside.conversation, id=lost))
    preview.look(backups.backups[0].name, "x")
    wait_for(lambda: preview.rows_now())
    # when
    preview.choose(str(lost), True)
    preview.choose(preview.rows_now()[0].conversation_id, True)
    preview.choose(preview.rows_now()[0].conversation_id, False)
    assert preview.property("chosen") == 1
    preview.restoreChosen()
    wait_for(lambda: toasts)
    # then
    assert toasts == [("1 conversation is back, 2 messages were missing.", "Undo")]
    wait_for(lambda: preview.property("missing") == 1)
    everything.app.undo()
    trashed: list[object] = []
    bridge.call(lambda clients: clients.chat.conversations(clients.ctx, trashed=True), trashed.extend)
    wait_for(lambda: trashed)
    assert preview.property("chosen") == 0


def test_what_is_here_already_is_said_without_an_undo(preview: BackupPreviewViewModel, wait_for: WaitFor) -> None:
    said: list[tuple[str, list[str]]] = []
    preview.restored.connect(lambda *what: said.append(what))
    preview.restore(preview.rows_now()[0].conversation_id)
    wait_for(lambda: said)
    assert said == [("Everything of it was here already.", [])]


def test_all_that_is_not_here_is_chosen_at_once(preview: BackupPreviewViewModel) -> None:
    preview.chooseMissing()
    assert [row.here for row in preview.rows_now() if row.chosen] == ["missing", "trashed", "missing"]
    preview.chooseNone()
    assert preview.property("chosen") == 0
    preview.restoreChosen()
    assert not preview.property("restoring")


def test_a_backup_that_cannot_be_opened_is_said_and_can_be_tried_again(
    bridge: Bridge, demo: DemoBackups, wait_for: WaitFor
) -> None:
    preview = BackupPreviewViewModel(bridge)
    demo.failure = DemoFailure("The backup is not usable.")
    preview.look(demo.backups[0].name, "x")
    assert preview.property("loading")
    wait_for(lambda: preview.property("errorSentence") == "The backup is not usable.")
    demo.failure = None
    preview.again()
    wait_for(lambda: preview.rows_now())
    demo.failure = DemoFailure("The disk is full.")
    preview.show(preview.rows_now()[0].conversation_id)
    wait_for(lambda: preview.property("errorSentence") == "The disk is full.")
    assert preview.property("shownId") == ""
    preview.restore(preview.rows_now()[0].conversation_id)
    wait_for(lambda: not preview.property("restoring"))
    preview.leave()
    assert (preview.rows_now(), preview.property("name"), preview.property("errorSentence")) == ([], "", "")


def test_a_message_of_great_length_is_shown_as_far_as_it_can_be_recognised(demo: DemoBackups) -> None:
    message = next(iter(demo.trees.values())).messages[0]
    shown = message_row(replace(message, content="x" * (LONGEST_SHOWN + 1))).text
    assert shown == "x" * LONGEST_SHOWN + " …"
    assert message_row(replace(message, content="x" * LONGEST_SHOWN)).text == "x" * LONGEST_SHOWN
