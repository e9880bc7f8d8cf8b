"""Files and folders on their way into a collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.viewmodels import adding as module
from hyperspot_desktop.viewmodels.adding import AddingViewModel
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.viewmodels.offer import make_offer
from modkit.errors import HyperSpotError
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class Shaken(HyperSpotError):
    code = "shaken"
    action = "Wait."


@pytest.fixture
def rag() -> DemoRag:
    return DemoRag.full()


@pytest.fixture
def adding(rag: DemoRag, make_bridge: MakeBridge) -> AddingViewModel:
    made = AddingViewModel(make_bridge(profile.clients(rag=rag)))
    made.know_current("Contracts")
    return made


def said(adding: AddingViewModel) -> list[str]:
    sentences: list[str] = []
    adding.noticed.connect(sentences.append)
    return sentences


def offer(adding: AddingViewModel, wait_for: WaitFor, *paths: Path) -> None:
    adding.offer([QUrl.fromLocalFile(str(path)) for path in paths])
    wait_for(lambda: adding.property("offerTitle") != "")


def test_a_folder_is_offered_under_its_own_name_and_added(
    adding: AddingViewModel, rag: DemoRag, tmp_path: Path, wait_for: WaitFor
) -> None:
    folder = tmp_path / "Invoices"
    folder.mkdir()
    offer(adding, wait_for, folder)
    assert adding.property("offerTitle") == "Add the folder Invoices"
    assert (adding.property("offerName"), adding.property("offerHasFolder")) == ("Invoices", True)
    added: list[str] = []
    adding.added.connect(added.append)
    adding.addOffered(" Invoices ", True)
    wait_for(lambda: added == ["Invoices"])
    assert [(source.path, source.watched) for source in rag.shelves[-1].sources] == [(folder, True)]


def test_files_go_where_the_user_is(adding: AddingViewModel, tmp_path: Path, wait_for: WaitFor) -> None:
    paths = (tmp_path / "one.pdf", tmp_path / "two.pdf")
    paths[0].touch()
    paths[1].touch()
    offer(adding, wait_for, *paths)
    assert adding.property("offerTitle") == "Add 2 files"
    assert (adding.property("offerName"), adding.property("offerHasFolder")) == ("Contracts", False)


def test_what_was_added_is_selected_on_the_page(make_bridge: MakeBridge, tmp_path: Path, wait_for: WaitFor) -> None:
    everything = ViewModels.over(make_bridge(profile.clients()))
    everything.start()
    wait_for(lambda: everything.documents.property("known"))
    offer(everything.adding, wait_for, tmp_path)
    everything.adding.addOffered("Inbox", False)
    wait_for(lambda: everything.documents.property("currentName") == "Inbox")


def test_a_refused_name_says_why_and_the_offer_stays(
    adding: AddingViewModel, tmp_path: Path, wait_for: WaitFor
) -> None:
    offer(adding, wait_for, tmp_path)
    adding.addOffered("  ", False)
    wait_for(lambda: adding.property("offerProblem").startswith("This cannot be the name"))
    assert adding.property("offerTitle") != ""


def test_only_files_of_this_computer_are_taken(adding: AddingViewModel) -> None:
    sentences = said(adding)
    adding.offer([QUrl("https://example.org/a.pdf")])
    assert sentences == ["Only files and folders of this computer can be added."]


def test_what_is_gone_is_not_offered(adding: AddingViewModel, tmp_path: Path, wait_for: WaitFor) -> None:
    sentences = said(adding)
    adding.offer([QUrl.fromLocalFile(str(tmp_path / "nothing.pdf"))])
    wait_for(lambda: sentences == ["It is not there any more."])


def test_copied_files_are_pasted_and_an_empty_clipboard_says_so(
    adding: AddingViewModel, tmp_path: Path, wait_for: WaitFor
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    sentences = said(adding)
    adding.paste()
    assert sentences == ["The clipboard holds no files. Copy some in your file manager first."]
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    clipboard.setMimeData(copied)
    adding.paste()
    wait_for(lambda: adding.property("offerHasFolder"))


def test_offers_count_what_is_in_them(tmp_path: Path) -> None:
    first, second, file = tmp_path / "a", tmp_path / "b", tmp_path / "c.pdf"
    first.mkdir()
    second.mkdir()
    file.touch()
    assert make_offer([first, second]).title == "Add 2 folders"
    assert make_offer([first, file]).title == "Add 2 files and folders"
    assert make_offer([file, file]).title == "Add c.pdf"
    assert make_offer([file]).collection("") == tmp_path.name


def test_the_samples_are_added_where_there_are_some(
    adding: AddingViewModel, rag: DemoRag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_for: WaitFor
) -> None:
    monkeypatch.setattr(module, "resources", lambda: tmp_path)
    assert not adding.property("hasSamples")
    (tmp_path / "samples").mkdir()
    assert adding.property("hasSamples")
    adding.addSamples()
    wait_for(lambda: rag.shelves[-1].collection.name == "Sample documents")


def test_samples_that_cannot_be_added_say_why(adding: AddingViewModel, rag: DemoRag, wait_for: WaitFor) -> None:
    rag.failure = Shaken("It shakes.")
    sentences = said(adding)
    adding.addSamples()
    wait_for(lambda: sentences == ["It shakes. Wait."])
