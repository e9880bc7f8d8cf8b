"""Imports in the window, on a real profile and from real files."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.portability import DemoPortability
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.viewmodels.importing import ImportViewModel
from modkit.security import SecurityContext
from modules.chat.contract import ConversationTree
from modules.portability.contract import PreviewedCollection
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor
from tests.hyperspot_desktop.viewmodels.exchange_hosts import real_bridge
from tests.modules.portability.exchange_support import SAMPLES, long_tree, members, opened_profile, write_zip

KNOWN, MORE, NEW = (long_tree(4, title=title) for title in ("Known", "More", ""))


async def _archived(folder: Path, path: Path) -> None:
    ctx = SecurityContext.local_user()
    async with opened_profile(folder) as other:
        for tree in (KNOWN, MORE, NEW):
            await other.chat.import_conversation(ctx, tree)
        await other.settings.set(ctx, "look.theme", "dark")
        await other.portability.export_profile(ctx, path)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole profile of another computer."""
    folder = tmp_path_factory.mktemp("elsewhere")
    asyncio.run(_archived(folder / "profile", folder / "all.zip"))
    return folder / "all.zip"


@pytest.fixture
def here() -> list[ConversationTree]:
    return [KNOWN, replace(MORE, messages=MORE.messages[:2], passages={}, traces={})]


@pytest.fixture
def bridge(application: QGuiApplication, tmp_path: Path, here: list[ConversationTree]) -> Iterator[Bridge]:
    with real_bridge(tmp_path / "profile", here) as opened:
        yield opened


@pytest.fixture
def importing(bridge: Bridge) -> ImportViewModel:
    return ImportViewModel(bridge)


def look(importing: ImportViewModel, wait_for: WaitFor, path: Path) -> None:
    importing.look(QUrl.fromLocalFile(str(path)))
    wait_for(lambda: not importing.property("running"))


def said(importing: ImportViewModel) -> list[str]:
    sentences: list[str] = []
    importing.noticed.connect(sentences.append)
    return sentences


def test_the_preview_tells_new_from_known(importing: ImportViewModel, wait_for: WaitFor, archive: Path) -> None:
    look(importing, wait_for, archive)
    assert importing.property("previewTitle") == "3 conversations from HyperSpot"
    assert importing.property("previewDetail") == "1 new conversation  ·  6 new messages  ·  1 setting"
    states = {row.title: (row.kind, row.state_text) for row in importing.rows_now()}
    assert states == {
        "Known": ("known", "Here already"),
        "More": ("more", "2 new messages"),
        "Untitled": ("new", "New"),
    }
    assert (importing.property("fileName"), importing.property("notListed")) == ("all.zip", 0)


def test_an_import_stores_reports_and_is_undone(importing: ImportViewModel, wait_for: WaitFor, archive: Path) -> None:
    look(importing, wait_for, archive)
    imported: list[str] = []
    importing.imported.connect(imported.append)
    importing.store()
    wait_for(lambda: importing.property("doneText") != "")
    assert imported == ["Imported: 1 new conversation, 6 messages."]
    assert not importing.property("hasPreview")
    # when: looked at again
    look(importing, wait_for, archive)
    assert (importing.property("hasNews"), importing.property("doneText")) == (False, "")
    assert importing.property("previewDetail") == "Everything in it is here already."


def test_an_undone_import_says_where_it_went(importing: ImportViewModel, wait_for: WaitFor, archive: Path) -> None:
    look(importing, wait_for, archive)
    sentences = said(importing)
    importing.store()
    wait_for(lambda: importing.property("doneText") != "")
    importing.undo()
    wait_for(lambda: sentences == ["The import was undone. Its conversations are in the trash."])
    assert importing.property("doneText") == ""
    importing.undo()
    look(importing, wait_for, archive)
    assert importing.property("previewDetail") == "0 new conversations  ·  2 new messages  ·  1 setting"


def test_a_broken_archive_says_what_is_wrong_and_stores_nothing(
    importing: ImportViewModel, wait_for: WaitFor, archive: Path, tmp_path: Path
) -> None:
    files = members(archive)
    name = next(one for one in files if one.startswith("conversations/"))
    write_zip(tmp_path / "broken.zip", {**files, name: files[name].replace(b"Line", b"Lime")})
    look(importing, wait_for, tmp_path / "broken.zip")
    assert "is not what its checksum says" in importing.property("errorSentence")
    assert not importing.property("hasPreview")
    importing.discard()
    assert importing.property("errorSentence") == ""


def test_what_another_program_left_out_is_said_before_and_after(importing: ImportViewModel, wait_for: WaitFor) -> None:
    look(importing, wait_for, SAMPLES / "chatgpt.json")
    assert importing.property("previewTitle").endswith("from ChatGPT")
    notes = importing.property("previewNotes")
    assert notes
    importing.store()
    wait_for(lambda: importing.property("doneText") != "")
    assert importing.property("doneNotes") == notes


def test_one_thing_of_this_computer_is_taken_at_a_time(importing: ImportViewModel, tmp_path: Path) -> None:
    sentences = said(importing)
    here = QUrl.fromLocalFile(str(tmp_path))
    importing.lookAt([])
    importing.lookAt([here, here])
    importing.lookAt([QUrl("https://example.org/a.zip")])
    assert sentences == [
        "Drop one file or folder at a time.",
        "Only files and folders of this computer can be imported.",
    ]
    assert not importing.property("running")


def test_an_import_says_how_far_it_is_and_the_preview_is_there_again_when_it_is_cancelled(
    make_bridge: MakeBridge, wait_for: WaitFor, tmp_path: Path
) -> None:
    made = ImportViewModel(make_bridge(profile.clients(portability=DemoPortability(held=True))))
    look(made, wait_for, tmp_path)
    made.store()
    wait_for(lambda: made.property("progressText") == "128 of 340 conversations")
    assert (made.property("step"), made.property("progressKnown")) == ("storing", True)
    made.store()
    made.look(QUrl.fromLocalFile(str(tmp_path)))
    made.cancel()
    assert (made.property("running"), made.property("hasPreview")) == (False, True)


def test_the_toast_of_an_import_takes_it_back(make_bridge: MakeBridge, wait_for: WaitFor, tmp_path: Path) -> None:
    everything = ViewModels.over(make_bridge(profile.clients()))
    toasts: list[tuple[str, str]] = []
    everything.app.toastShown.connect(lambda sentence, undo: toasts.append((sentence, undo)))
    look(everything.importing, wait_for, tmp_path)
    everything.importing.store()
    wait_for(lambda: toasts)
    assert toasts == [("Imported: 5 new conversations, 103 messages.", "Undo")]
    everything.app.undo()
    wait_for(lambda: len(toasts) == 2)
    assert everything.importing.property("doneText") == ""


def test_what_an_undo_leaves_is_said(make_bridge: MakeBridge, wait_for: WaitFor, tmp_path: Path) -> None:
    made = ImportViewModel(make_bridge(profile.clients(portability=DemoPortability(kept=2))))
    sentences = said(made)
    look(made, wait_for, tmp_path)
    made.store()
    wait_for(lambda: made.property("doneText") != "")
    made.undo()
    wait_for(lambda: sentences == ["The import was undone. You have written in 2 conversations since: they stay."])


def test_collections_are_named_with_what_they_would_read_and_said_again_in_another_language(
    make_bridge: MakeBridge, wait_for: WaitFor, tmp_path: Path
) -> None:
    collections = (PreviewedCollection("Leases", ("/home/me/leases", "/mnt/nas")),)
    made = ImportViewModel(make_bridge(profile.clients(portability=DemoPortability(collections=collections))))
    look(made, wait_for, tmp_path)
    changes: list[bool] = []
    made.previewChanged.connect(lambda: changes.append(True))
    made.say_again()
    assert changes == [True]
    assert made.property("previewCollections") == ["Collection Leases: /home/me/leases, /mnt/nas"]
    assert made.property("previewDetail").endswith("1 collection")
