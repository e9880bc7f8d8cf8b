"""Exports from the window, on a real profile and into real files."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.portability import DemoPortability
from hyperspot_desktop.viewmodels.exporting import ExportViewModel
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor
from tests.hyperspot_desktop.viewmodels.exchange_hosts import real_bridge
from tests.modules.portability.exchange_support import long_tree

LEASE, PETS = long_tree(4, title="Lease: flat?"), long_tree(2, title="Pets")


@pytest.fixture
def bridge(application: QGuiApplication, tmp_path: Path) -> Iterator[Bridge]:
    with real_bridge(tmp_path / "profile", (LEASE, PETS)) as opened:
        yield opened


@pytest.fixture
def exporting(bridge: Bridge, wait_for: WaitFor) -> ExportViewModel:
    made = ExportViewModel(bridge)
    made.load()
    wait_for(lambda: made.property("total") == 2)
    return made


def export(exporting: ExportViewModel, wait_for: WaitFor, place: Path) -> None:
    exporting.exportTo(QUrl.fromLocalFile(str(place)))
    wait_for(lambda: not exporting.property("running"))


def test_all_conversations_go_into_a_new_folder(exporting: ExportViewModel, wait_for: WaitFor, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert exporting.property("wantsFolder")
    export(exporting, wait_for, tmp_path / "out")
    export(exporting, wait_for, tmp_path / "out")
    first, second = sorted((tmp_path / "out").iterdir())
    assert (len(list(first.glob("*.md"))), len(list(second.glob("*.md")))) == (2, 2)
    assert exporting.property("donePath") == str(second)
    assert exporting.property("doneText").startswith("2 conversations written, ")


@pytest.mark.parametrize(
    ("format_", "begins"), [("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("json", b"{"), ("markdown", b"# Lease")]
)
def test_one_conversation_is_one_file(
    exporting: ExportViewModel, wait_for: WaitFor, tmp_path: Path, format_: str, begins: bytes
) -> None:
    exporting.chooseOnly(str(LEASE.conversation.id))
    exporting.setProperty("format", format_)
    assert not exporting.property("wantsFolder")
    assert exporting.property("suggestedName") == f"Lease  flat.{exporting.property('suffix')}"
    export(exporting, wait_for, tmp_path / "one")
    assert (tmp_path / "one").read_bytes().startswith(begins)


def test_a_file_that_the_dialog_asked_about_is_replaced(
    exporting: ExportViewModel, wait_for: WaitFor, tmp_path: Path
) -> None:
    (tmp_path / "one.json").write_text("old")
    exporting.chooseOnly(str(PETS.conversation.id))
    exporting.setProperty("format", "json")
    export(exporting, wait_for, tmp_path / "one.json")
    assert json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))["conversation"]["title"] == "Pets"


def test_the_whole_profile_is_one_archive(exporting: ExportViewModel, wait_for: WaitFor, tmp_path: Path) -> None:
    exporting.setProperty("scope", "profile")
    assert (exporting.property("wantsFolder"), exporting.property("suffix")) == (False, "zip")
    suggested = Path(exporting.property("suggestedFile").toLocalFile())
    assert suggested.name == exporting.property("suggestedName")
    assert suggested.parent == Path(exporting.property("suggestedFolder").toLocalFile())
    export(exporting, wait_for, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert "manifest.json" in archive.namelist()
    exporting.dismiss()
    assert exporting.property("doneText") == ""


def test_some_are_chosen_by_the_filter(exporting: ExportViewModel) -> None:
    exporting.setProperty("scope", "chosen")
    assert not exporting.property("possible")
    exporting.setProperty("filter", "pet")
    assert [row.title for row in exporting.rows_now()] == ["Pets"]
    exporting.chooseShown(True)
    exporting.setProperty("filter", "")
    assert (exporting.property("chosenCount"), exporting.property("possible")) == (1, True)
    assert {row.title: row.chosen for row in exporting.rows_now()} == {"Lease: flat?": False, "Pets": True}
    exporting.choose(str(LEASE.conversation.id), True)
    exporting.chooseShown(False)
    assert exporting.property("chosenCount") == 0


def test_a_place_that_cannot_be_written_says_why(exporting: ExportViewModel, wait_for: WaitFor, tmp_path: Path) -> None:
    exporting.setProperty("scope", "profile")
    export(exporting, wait_for, tmp_path / "missing" / "all.zip")
    assert "cannot be written" in exporting.property("errorSentence")
    assert exporting.property("doneText") == ""


def test_what_is_no_choice_changes_nothing(exporting: ExportViewModel, tmp_path: Path) -> None:
    exporting.setProperty("scope", "nonsense")
    exporting.setProperty("format", "docx")
    assert (exporting.property("scope"), exporting.property("format")) == ("all", "markdown")
    exporting.exportTo(QUrl("https://example.org/a"))
    assert not exporting.property("running")


def test_an_export_says_how_far_it_is_and_can_be_cancelled(
    make_bridge: MakeBridge, wait_for: WaitFor, tmp_path: Path
) -> None:
    made = ExportViewModel(make_bridge(profile.clients(portability=DemoPortability(held=True))))
    made.load()
    wait_for(lambda: made.property("total") == 7)
    made.exportTo(QUrl.fromLocalFile(str(tmp_path)))
    wait_for(lambda: made.property("progressText") == "128 of 340 conversations")
    assert made.property("progress") == pytest.approx(128 / 340)
    made.cancel()
    assert (made.property("step"), made.property("errorSentence"), made.property("doneText")) == ("", "", "")


def test_a_name_is_found_for_a_title_that_is_none(make_bridge: MakeBridge, wait_for: WaitFor) -> None:
    chat = DemoChat()
    conversation = chat.seed("...", [("user", "Hello")])
    made = ExportViewModel(make_bridge(profile.clients(chat=chat)))
    made.chooseOnly(str(conversation))
    wait_for(lambda: made.property("total") == 1)
    assert made.property("suggestedName") == "Conversation.md"


def test_a_profile_without_exchange_says_so(make_bridge: MakeBridge, wait_for: WaitFor, tmp_path: Path) -> None:
    made = ExportViewModel(make_bridge(replace(profile.clients(), portability=None)))
    made.setProperty("scope", "profile")
    made.exportTo(QUrl.fromLocalFile(str(tmp_path / "a.zip")))
    wait_for(lambda: made.property("errorSentence").startswith("Conversations cannot be exported"))
