"""The self-test finds an installation whole that is whole, and says what is missing of one that is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.resources import resources
from hyperspot_desktop.self_test import imports, pages, profile, run
from hyperspot_desktop.self_test.imports import module_names
from hyperspot_desktop.self_test.pages import check_pages
from hyperspot_desktop.self_test.profile import TemporaryProfile
from hyperspot_desktop.self_test.report import CheckFailed, Outcome, Report, attempt
from hyperspot_desktop.self_test.system import check_keyring, check_sandbox


@pytest.fixture
def checks(tmp_path: Path) -> TemporaryProfile:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return TemporaryProfile(home)


def test_what_is_stored_is_found_after_opening_it_again(checks: TemporaryProfile) -> None:
    assert checks.check_storage() == "created, migrated, closed and read again"


def test_a_note_is_indexed_and_found(checks: TemporaryProfile) -> None:
    assert checks.check_search() == "indexed and found"


@pytest.mark.engine
def test_the_engine_decodes_with_a_model_made_on_the_spot(checks: TemporaryProfile) -> None:
    assert checks.check_engine() == "8 tokens decoded"


def test_samples_are_parsed_and_broken_ones_named(
    checks: TemporaryProfile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = tmp_path / "samples"
    samples.mkdir()
    shutil.copy(resources() / "samples" / "members.csv", samples)
    monkeypatch.setattr(profile, "resources", lambda: tmp_path)
    assert checks.check_documents() == "1 samples"
    (samples / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(CheckFailed, match=r"^broken\.docx: "):
        checks.check_documents()


def test_every_page_compiles(application: QGuiApplication) -> None:
    assert check_pages().endswith(" files")


def test_a_page_that_does_not_compile_is_named(
    application: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "qml").mkdir()
    (tmp_path / "qml" / "Bad.qml").write_text("import QtQuick.Nowhere\nItem {}\n", encoding="utf-8")
    monkeypatch.setattr(pages, "resources", lambda: tmp_path)
    monkeypatch.setattr("hyperspot_desktop.window.frame.load_fonts", lambda: None)
    with pytest.raises(CheckFailed, match=r"^Bad\.qml: .*QtQuick\.Nowhere"):
        check_pages()


def test_all_our_modules_are_looked_at_but_those_of_other_processes() -> None:
    names = set(module_names())
    assert {"modkit.host", "modules.rag.module", "hyperspot_desktop.app", "hyperspot_server.main"} <= names
    assert not any(name.startswith("modules.llm_manager.infra.llama_cpp") for name in names)


def test_a_module_that_cannot_be_imported_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "module_names", lambda: iter(["modkit.host", "modkit.left_out"]))
    with pytest.raises(CheckFailed, match=r"^modkit\.left_out \(ModuleNotFoundError"):
        imports.check_imports()


def test_no_keyring_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    assert check_keyring().startswith("none (")


def test_a_child_can_be_started_and_tells_how_it_is_locked_in(tmp_path: Path) -> None:
    assert check_sandbox(tmp_path).split(":")[0] in ("full", "partial", "none")


def test_whatever_a_check_raises_becomes_its_outcome() -> None:
    def breaks() -> str:
        raise OSError("libsomething.so: cannot open shared object file")

    outcome = attempt("engine", breaks)
    assert (outcome.name, outcome.ok) == ("engine", False)
    assert outcome.detail == "OSError: libsomething.so: cannot open shared object file"


def test_one_check_that_fails_makes_the_exit_code_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = (Outcome("pages", True, "3 files", 0.1), Outcome("engine", False, "it decoded nothing", 0.2))
    monkeypatch.setattr(run, "run_checks", lambda: Report(outcomes))
    assert run.main(["--self-test", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], [check["name"] for check in said["checks"]]) == (False, ["pages", "engine"])


def test_without_json_people_read_a_line_for_each_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "run_checks", lambda: Report((Outcome("pages", True, "3 files", 0.1),)))
    assert run.main(["--self-test"]) == 0
    assert capsys.readouterr().out.splitlines() == ["✓ pages      3 files (0.1 s)", "Everything works."]
