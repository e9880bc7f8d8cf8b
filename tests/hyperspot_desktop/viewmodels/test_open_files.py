"""What may be handed to another program, and what is said when it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyperspot_desktop.demo import profile
from hyperspot_desktop.links import opens_as_document
from hyperspot_desktop.viewmodels.app import AppViewModel
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor


class Heard:
    """What the window would do and say."""

    def __init__(self, app: AppViewModel) -> None:
        self.opened: list[str] = []
        self.said: list[str] = []
        app.fileOpened.connect(self.opened.append)
        app.toastShown.connect(lambda sentence, undo: self.said.append(sentence))


@pytest.fixture
def app(make_bridge: MakeBridge) -> AppViewModel:
    return AppViewModel(make_bridge(profile.empty()))


def test_a_document_that_is_there_is_opened(app: AppViewModel, tmp_path: Path, wait_for: WaitFor) -> None:
    heard = Heard(app)
    file = tmp_path / "lease.PDF"
    file.touch()
    app.openFile(str(file))
    wait_for(lambda: heard.opened == [str(file)])


def test_what_could_run_is_only_shown_in_its_folder(app: AppViewModel, tmp_path: Path, wait_for: WaitFor) -> None:
    heard = Heard(app)
    file = tmp_path / "setup.sh"
    file.touch()
    app.openFile(str(file))
    wait_for(lambda: heard.opened == [str(tmp_path)])
    assert heard.said == ["Files of this type are not opened from here: their folder is shown."]


def test_a_folder_shows_itself(app: AppViewModel, tmp_path: Path, wait_for: WaitFor) -> None:
    heard = Heard(app)
    app.showInFolder(str(tmp_path))
    wait_for(lambda: heard.opened == [str(tmp_path)])


def test_what_is_gone_is_said(app: AppViewModel, tmp_path: Path, wait_for: WaitFor) -> None:
    heard = Heard(app)
    app.openFile(str(tmp_path / "gone.pdf"))
    wait_for(lambda: heard.said)
    assert heard.said == ["gone.pdf is not there now. It may have been moved, or its drive taken away."]
    assert heard.opened == []


@pytest.mark.parametrize("name", ["a.exe", "a.desktop", "a.bat", "a.js", "a.py", "a.docm", "a.lnk", "a", "a.pdf.scr"])
def test_no_program_passes_for_a_document(name: str) -> None:
    assert not opens_as_document(name)
