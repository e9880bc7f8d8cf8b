"""The Documents page in a whole window, offscreen: walked by its names, driven by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import library, profile
from hyperspot_desktop.demo.jobs import DemoJobs
from hyperspot_desktop.demo.models import DemoModels
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from modules.rag.contract import FileState
from tests.hyperspot_desktop.conftest import MakeFrame, WaitFor
from tests.hyperspot_desktop.window.walking import Role, names, press, ready, type_text


def shown(make_frame: MakeFrame, wait_for: WaitFor, clients: Clients) -> tuple[ViewModels, Frame]:
    view_models, frame = make_frame(clients)
    wait_for(lambda: ready(view_models))
    frame.window.requestActivate()
    QTest.keySequence(frame.window, "Ctrl+2")
    wait_for(lambda: "Documents" in names(frame, Role.Heading))
    return view_models, frame


def test_collections_and_files_can_be_read_aloud(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    _, frame = shown(make_frame, wait_for, profile.clients())
    items = names(frame, Role.ListItem)
    assert "Contracts, 128 files  ·  4,210 passages, Up to date, 2 need attention" in items
    wait_for(lambda: "Amendment-2.docx, Word, 6 pages, Indexed, 2 min ago" in names(frame, Role.ListItem))
    assert [name for name in names(frame, Role.ColumnHeader) if name] == [
        "Name",
        "Type",
        "Passages",
        "Status",
        "Changed",
    ]


def test_a_card_selects_its_collection(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    press(frame, "Notes, 402 files  ·  1,133 passages, Up to date")
    wait_for(lambda: view_models.files.property("count") == 402)
    assert "Files of Notes" in names(frame, Role.List)


def test_a_chip_and_a_column_arrange_the_table(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    press(frame, "Passages")
    wait_for(lambda: view_models.files.property("order") == "passages")
    press(frame, "Could not be read  1")
    wait_for(lambda: view_models.files.property("count") == 1)
    wait_for(lambda: any(name.startswith("broken.pdf, PDF, Could not") for name in names(frame, Role.ListItem)))


def test_the_list_is_walked_by_keys_and_enter_opens(make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path) -> None:
    real = tmp_path / "Plan.pdf"
    real.touch()
    shelf = library.demo_collection("Mine")
    shelf.sources = ()
    rag = DemoRag([shelf])
    shelf.files = [library.demo_file(library.contracts().sources[0], str(real), 3, library.ago())]
    view_models, frame = shown(make_frame, wait_for, profile.clients(rag=rag))
    opened: list[str] = []
    view_models.app.fileOpened.connect(opened.append)
    wait_for(lambda: view_models.files.property("count") == 1)
    press(frame, "Plan.pdf, PDF, Indexed, now")
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: opened == [str(real)])


def test_an_empty_profile_offers_what_to_do(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.empty())
    wait_for(lambda: view_models.documents.property("known"))
    QTest.keySequence(frame.window, "Ctrl+2")
    wait_for(lambda: "No documents yet" in names(frame, Role.StaticText))
    assert {"Add files", "Watch a folder"} <= set(names(frame, Role.Button))


def test_pasted_files_ask_for_their_collection_and_are_added(
    make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path
) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    QGuiApplication.clipboard().setMimeData(copied)
    QTest.keySequence(frame.window, "Ctrl+V")
    wait_for(lambda: f"Add the folder {tmp_path.name}" in names(frame, Role.Dialog))
    type_text(frame, "inbox")
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: view_models.documents.property("currentName") == "inbox")
    wait_for(lambda: not names(frame, Role.Dialog))


def test_dropped_files_ask_for_their_collection(make_frame: MakeFrame, wait_for: WaitFor, tmp_path: Path) -> None:
    _, frame = shown(make_frame, wait_for, profile.clients())
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    where, copy = QPoint(700, 400), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QGuiApplication.sendEvent(frame.window, QDragEnterEvent(where, copy, held, buttons, keys))
    wait_for(lambda: "Drop files and folders to add them" in names(frame, Role.StaticText))
    QGuiApplication.sendEvent(frame.window, QDropEvent(where.toPointF(), copy, held, buttons, keys))
    wait_for(lambda: f"Add the folder {tmp_path.name}" in names(frame, Role.Dialog))


def test_a_removed_collection_comes_back_with_ctrl_z(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    view_models.documents.remove(view_models.documents.cards_now()[1].collection_id)
    wait_for(lambda: view_models.documents.property("count") == 2)
    wait_for(lambda: "Notes is in the trash. Your files were not touched." in names(frame, Role.StaticText))
    QTest.keySequence(frame.window, "Ctrl+Z")
    wait_for(lambda: view_models.documents.property("count") == 3)


def test_removed_collections_stand_in_the_trash_and_come_back(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    view_models.documents.remove(view_models.documents.cards_now()[1].collection_id)
    view_models.palette.chosen.emit("command", "page:trash", "")
    wait_for(lambda: any("Collection of 402 files" in name for name in names(frame, Role.ListItem)))
    press(frame, "Restore")
    wait_for(lambda: view_models.documents.property("count") == 3)
    wait_for(lambda: "The trash is empty" in names(frame, Role.StaticText))


def test_the_trash_is_emptied_only_when_one_says_so_twice(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    view_models.documents.remove(view_models.documents.cards_now()[1].collection_id)
    view_models.app.setProperty("page", "trash")
    wait_for(lambda: "Empty the trash" in names(frame, Role.Button))
    press(frame, "Empty the trash")
    wait_for(lambda: "Delete everything for ever" in names(frame, Role.Button))
    assert view_models.trash.property("count") == 1
    press(frame, "Delete everything for ever")
    wait_for(lambda: view_models.trash.property("count") == 0)
    wait_for(lambda: view_models.documents.property("count") == 2)


def test_ten_thousand_lines_scroll_and_come_from_where_one_looks(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients(rag=DemoRag(library.huge())))
    wait_for(lambda: view_models.files.property("count") == 10_000)
    wait_for(lambda: any(name.startswith("Budget") for name in names(frame, Role.ListItem)))
    press(frame, next(name for name in names(frame, Role.ListItem) if name.startswith("Budget")))
    QTest.keyClick(frame.window, Qt.Key.Key_End)
    wait_for(lambda: any(name.startswith("Survey 2026") for name in names(frame, Role.ListItem)))


@pytest.mark.parametrize("command", ["add-files", "watch-folder", "pause-indexing"])
def test_the_search_box_has_the_commands_of_documents(command: str, make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, _ = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    view_models.palette.reset()
    assert command in [row.target for row in view_models.palette.rows_now() if row.kind == "command"]


def test_the_search_box_leads_to_a_collection_and_pauses_indexing(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, _ = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    view_models.palette.chosen.emit("collection", view_models.documents.cards_now()[1].collection_id, "")
    wait_for(lambda: view_models.documents.property("currentName") == "Notes")
    assert view_models.app.property("page") == "documents"
    view_models.palette.chosen.emit("command", "pause-indexing", "")
    wait_for(lambda: view_models.pace.property("paused"))


def test_the_pace_is_chosen_on_the_activity_page(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = make_frame(profile.clients())
    wait_for(lambda: ready(view_models))
    QTest.keySequence(frame.window, "Ctrl+5")
    wait_for(lambda: "Gentle" in names(frame, Role.RadioButton))
    press(frame, "Gentle")
    wait_for(lambda: view_models.pace.property("pace") == "gentle")


def test_a_missing_search_model_is_said_and_leads_to_the_models(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    shelf = library.demo_collection("Mine")
    shelf.files = [
        library.demo_file(shelf.sources[0], "a.pdf", 3, library.ago(), state=FileState.WITHOUT_VECTORS),
    ]
    jobs = DemoJobs()
    clients = profile.clients(rag=DemoRag([shelf]), models=DemoModels.nothing_installed(jobs), jobs=jobs)
    view_models, frame = shown(make_frame, wait_for, clients)
    assert view_models.documents.cards_now()[0].status_text == "By words only"
    press(frame, "Choose a search model")
    wait_for(lambda: view_models.app.property("page") == "models")


def test_the_menu_of_a_collection_looks_for_changes_and_lists_what_belongs_to_it(
    make_frame: MakeFrame, wait_for: WaitFor
) -> None:
    rag = DemoRag.full()
    _, frame = shown(make_frame, wait_for, profile.clients(rag=rag))
    press(frame, "More about Contracts")
    wait_for(lambda: "Look for changes" in names(frame, Role.MenuItem))
    press(frame, "Look for changes")
    wait_for(lambda: "refresh" in rag.calls)
    press(frame, "More about Contracts")
    wait_for(lambda: "What belongs to it" in names(frame, Role.MenuItem))
    press(frame, "What belongs to it")
    wait_for(lambda: "What belongs to Contracts" in names(frame, Role.Dialog))
    wait_for(lambda: "Take Contracts out of the collection" in names(frame, Role.Button))


def test_a_collection_is_renamed_in_its_card(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    press(frame, "More about Contracts")
    wait_for(lambda: "Rename" in names(frame, Role.MenuItem))
    press(frame, "Rename")
    wait_for(lambda: "New name of Contracts" in names(frame, Role.EditableText))
    type_text(frame, "deals")
    QTest.keyClick(frame.window, Qt.Key.Key_Return)
    wait_for(lambda: view_models.documents.property("currentName") == "deals")


def test_the_menu_key_of_a_line_copies_the_reason_and_tries_again(make_frame: MakeFrame, wait_for: WaitFor) -> None:
    view_models, frame = shown(make_frame, wait_for, profile.clients())
    view_models.files.chooseState("could_not_be_read")
    wait_for(lambda: view_models.files.property("count") == 1)
    wait_for(lambda: not any(name.startswith("Budget") for name in names(frame, Role.ListItem)))
    wait_for(lambda: any(name.startswith("broken.pdf") for name in names(frame, Role.ListItem)))
    press(frame, next(name for name in names(frame, Role.ListItem) if name.startswith("broken.pdf")))
    QTest.keyClick(frame.window, Qt.Key.Key_Menu)
    wait_for(lambda: "Copy the reason" in names(frame, Role.MenuItem))
    press(frame, "Copy the reason")
    assert QGuiApplication.clipboard().text() == "The file is cut off in the middle."
    QTest.keyClick(frame.window, Qt.Key.Key_Menu)
    wait_for(lambda: "Try again" in names(frame, Role.MenuItem))
    press(frame, "Try again")
    wait_for(lambda: view_models.documents.cards_now()[0].trouble_text == "1 needs attention")
