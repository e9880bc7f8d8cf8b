"""A model that is opened with the program: from a command line, by a second start, and as macOS says it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtQuick import QQuickItem

from hyperspot_desktop import app
from hyperspot_desktop.control import activate
from hyperspot_desktop.self_test.tiny_model import write_tiny_model
from hyperspot_desktop.window.opening import Opening
from hyperspot_desktop.window.program import Program
from hyperspot_desktop.window.real_host import Profile
from tests.hyperspot_desktop.conftest import WaitFor

NO_FRONT = "This plugin does not support raise()"
"""Offscreen there is no front to bring a window to."""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_tiny_model(tmp_path / "größe 1.gguf")


@pytest.fixture
def program(
    application: QGuiApplication,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    quiet_qt: list[str],
) -> Iterator[Program]:
    """The real one over a new profile, with its window open and its profile not yet."""
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    (tmp_path / "no models").mkdir()
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", str(tmp_path / "no models"))
    made = Program(application, Profile(home))
    made.window.show()
    yield made
    made.put_away()
    quiet_qt[:] = [said for said in quiet_qt if said != NO_FRONT]


def offered(program: Program) -> list[str]:
    """The paths of files that the window offers to import."""

    def below(item: QQuickItem) -> Iterator[QQuickItem]:
        yield item
        for child in item.childItems():
            yield from below(child)

    found = [item.property("importPath") for item in below(program.window.contentItem()) if item.isVisible()]
    return [path for path in found if path]


def ready(program: Program, wait_for: WaitFor) -> None:
    program.start()
    wait_for(lambda: program.view_models.app.property("state") == "ready")


def test_a_file_of_the_command_line_is_offered_once_the_profile_is_open(
    program: Program, model: Path, wait_for: WaitFor
) -> None:
    program.open_file(str(model))
    assert offered(program) == []
    ready(program, wait_for)
    wait_for(lambda: offered(program) == [str(model)])
    # and can be used as any that was chosen
    program.view_models.models.importFile(str(model), False)
    wait_for(lambda: program.view_models.models.property("hasChatModel"))


def test_a_second_start_gives_its_file_to_the_window_that_is_open(
    program: Program, home: Path, model: Path, wait_for: WaitFor
) -> None:
    ready(program, wait_for)
    assert asyncio.run(activate(home, str(model)))
    wait_for(lambda: offered(program) == [str(model)])


def test_a_second_start_without_a_file_changes_no_page(program: Program, home: Path, wait_for: WaitFor) -> None:
    ready(program, wait_for)
    page = program.view_models.app.property("page")
    assert asyncio.run(activate(home))
    program.view_models.models.inspectFile(QUrl())
    wait_for(lambda: program.view_models.models.property("errorCode") != "")
    assert program.view_models.app.property("page") == page


def test_macos_says_it_with_an_event(application: QGuiApplication, model: Path) -> None:
    opened: list[str] = []
    opening = Opening(application, opened.append)
    opening.listen(application)
    opening.may(True)
    QCoreApplication.sendEvent(application, QFileOpenEvent(str(model)))
    opening.stop()
    QCoreApplication.sendEvent(application, QFileOpenEvent(str(model)))
    assert opened == [str(model)]


def test_a_file_that_is_no_model_is_refused_in_the_window(program: Program, tmp_path: Path, wait_for: WaitFor) -> None:
    (tmp_path / "notes.gguf").write_text("no model", encoding="utf-8")
    ready(program, wait_for)
    program.open_file(str(tmp_path / "notes.gguf"))
    wait_for(lambda: program.view_models.models.property("errorCode") == "invalid_model_file")
    assert "not a GGUF model file" in program.view_models.models.property("errorSentence")
    assert program.view_models.app.property("page") == "models"
    assert offered(program) == []


def test_behind_the_lock_a_file_waits(application: QGuiApplication) -> None:
    given: list[str] = []
    opening = Opening(application, given.append)
    opening.may(False)
    opening.open("/models/first.gguf")
    opening.open("/models/second.gguf")
    opening.open("")
    assert given == []
    opening.may(True)
    opening.may(True)
    assert given == ["/models/second.gguf"]
    opening.stop()


def test_a_path_is_meant_from_where_the_command_was_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path
) -> None:
    asked: list[str] = []

    def take(_home: Path, file: str) -> bool:
        asked.append(file)
        return True

    monkeypatch.setattr(app, "_shown_elsewhere", take)
    monkeypatch.chdir(tmp_path)
    assert app.main(["--home", str(home), "model.gguf"]) == 0
    assert app.main(["--home", str(home)]) == 0
    assert asked == [str(tmp_path / "model.gguf"), ""]
