"""The program's other verbs, and what it says when something is wrong."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hyperspot_desktop.child_list import CHILD_KINDS
from hyperspot_desktop.instance import HomeLock
from hyperspot_desktop.module_list import MODULES
from tests.support.program import PATIENCE_S, Program, wait_until_imported
from tests.support.starter import environment

pytestmark = pytest.mark.timeout(600)


def test_help_names_every_command(hyperspot: Program) -> None:
    shown = hyperspot.run("--help")
    assert shown.code == 0
    for command in ("chat", "conversations", "models", "jobs", "settings", "backup", "config", "doctor"):
        assert command in shown.out


@pytest.mark.parametrize("words", [(), ("chat", "--nonsense"), ("jobs", "show")])
def test_wrong_words_end_with_usage_and_code_two(hyperspot: Program, words: tuple[str, ...]) -> None:
    refused = hyperspot.type(*words)
    assert refused.code == 2
    assert "usage: hyperspot" in refused.err


def test_the_cli_never_imports_qt() -> None:
    program = (
        "import sys; import hyperspot_desktop.cli.main, hyperspot_desktop.bootstrap; "
        "print([name for name in sys.modules if 'PySide' in name])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_settings_are_read_changed_and_checked(hyperspot: Program) -> None:
    assert hyperspot.run("settings", "set", "appearance.theme", "dark").code == 0
    [theme] = hyperspot.type("settings", "get", "appearance.theme", "--json").json
    assert theme["value"] == "dark"
    wrong = hyperspot.type("settings", "set", "appearance.theme", "purple")
    assert wrong.code == 2
    assert "→" in wrong.err
    assert hyperspot.type("settings", "get", "appearance.thme").code == 3


def test_models_are_listed_shown_and_rated(hyperspot: Program) -> None:
    models = hyperspot.type("models", "list", "--json").json
    assert {model["purpose"] for model in models} == {"chat", "embedding"}
    catalogue = hyperspot.type("models", "catalogue", "--json").json
    assert len(catalogue) >= 12
    shown = hyperspot.type("models", "show", next(one["id"] for one in models if one["purpose"] == "chat"))
    assert "llama" in shown.out
    assert "chat template" in shown.out


def test_a_file_that_is_no_model_is_refused(hyperspot: Program, tmp_path: Path) -> None:
    text = tmp_path / "notes.gguf"
    text.write_text("these are notes")
    refused = hyperspot.type("models", "import", str(text))
    assert refused.code == 2
    assert "→" in refused.err
    assert text.read_text() == "these are notes"


def test_backups_are_made_listed_and_verified(hyperspot: Program) -> None:
    made = hyperspot.run("backup", "create", "--json")
    assert made.code == 0, made.err
    listed = hyperspot.type("backup", "list", "--json").json
    assert made.json["path"] in [backup["path"] for backup in listed]
    assert hyperspot.type("backup", "verify").code == 0
    Path(made.json["path"]).write_bytes(b"\x00" * 4096)
    broken = hyperspot.type("backup", "verify")
    assert broken.code != 0
    assert "→" in broken.out + broken.err


def test_the_recovery_code_is_said_also_beside_json_and_can_be_replaced(fresh: Program) -> None:
    first = fresh.run("models", "list", "--json")
    assert first.json != []
    assert "Recovery code, shown only now:" in first.err
    renewed = fresh.type("recovery-code", "--json").json["recovery_code"]
    assert renewed not in first.err
    assert "Recovery code" not in fresh.type("models", "list").err


def test_a_backup_is_restored_even_over_a_database_that_does_not_open(hyperspot: Program) -> None:
    assert hyperspot.type("settings", "set", "appearance.theme", "light").code == 0
    name = Path(hyperspot.type("backup", "create", "--json").json["path"]).name
    assert hyperspot.type("settings", "set", "appearance.theme", "dark").code == 0
    database = hyperspot.home / "hyperspot.db"
    dark = database.read_bytes()
    unsure = hyperspot.type("backup", "restore", name)
    assert unsure.code == 2
    assert "--yes" in unsure.err
    assert database.read_bytes() == dark
    restored = hyperspot.type("backup", "restore", name, "--yes", "--json")
    assert restored.code == 0, restored.out + restored.err
    assert hyperspot.type("settings", "get", "appearance.theme", "--json").json[0]["value"] == "light"
    kept = Path(restored.json["kept"])
    assert kept.read_bytes() == dark
    # when: the database is ruined, what the error says can be done
    database.write_bytes(b"garbage" * 10_000)
    refused = hyperspot.type("settings", "get", "appearance.theme")
    assert refused.code != 0
    assert "hyperspot backup restore" in refused.err
    assert name in hyperspot.type("backup", "list").out
    again = hyperspot.type("backup", "restore", str(kept), "--yes")
    assert again.code == 0, again.err
    assert "is kept" in again.out
    assert hyperspot.type("settings", "get", "appearance.theme", "--json").json[0]["value"] == "dark"


def test_a_restore_waits_for_nobody_who_holds_the_home_and_names_them(hyperspot: Program) -> None:
    name = Path(hyperspot.type("backup", "create", "--json").json["path"]).name
    before = (hyperspot.home / "hyperspot.db").read_bytes()
    with HomeLock(hyperspot.home, "window"):
        refused = hyperspot.run("backup", "restore", name, "--yes")
    assert refused.code == 4
    assert "the HyperSpot window" in refused.err
    assert (hyperspot.home / "hyperspot.db").read_bytes() == before
    missing = hyperspot.type("backup", "restore", "no-such.db", "--yes")
    assert missing.code == 3
    assert "backup list" in missing.err


def test_doctor_finds_a_healthy_profile_healthy(hyperspot: Program) -> None:
    report = hyperspot.type("doctor", "--json")
    assert report.code == 0, report.out
    findings = {finding["subject"]: finding for finding in report.json}
    assert findings["profile"]["level"] == "ok"
    assert findings["models"]["level"] == "ok"
    assert "sandbox" in findings


def test_doctor_names_a_chosen_model_that_is_not_there(fresh: Program) -> None:
    assert fresh.type("settings", "set", "models.default_chat", "nothing-like-it").code == 0
    report = fresh.type("doctor")
    assert report.code == 0
    assert "models.default_chat is nothing-like-it, and no such chat model is here" in report.out


def test_doctor_says_that_a_file_is_no_home(fresh: Program) -> None:
    fresh.home.parent.mkdir(parents=True)
    fresh.home.write_text("a file")
    report = fresh.type("doctor")
    assert report.code == 1
    assert "is not a folder" in report.out


def test_the_effective_configuration_is_printed_whoever_holds_the_home(hyperspot: Program) -> None:
    shown = hyperspot.run("config")
    assert shown.code == 0
    assert "modules:" in shown.out
    wrong = hyperspot.type("config", "--set", "sever.home_dir=x")
    assert wrong.code == 2
    assert "sever" in wrong.err


def test_a_damaged_database_is_named_and_left_alone(hyperspot: Program, fresh: Program) -> None:
    shutil.copytree(hyperspot.home / "keys", fresh.home / "keys")
    database = fresh.home / "hyperspot.db"
    database.write_bytes(b"garbage" * 1000)
    refused = fresh.type("conversations", "list")
    assert refused.code != 0
    assert "→" in refused.err
    assert database.read_bytes() == b"garbage" * 1000


def test_a_home_that_is_a_file_is_a_sentence(fresh: Program) -> None:
    fresh.home.parent.mkdir(parents=True)
    fresh.home.write_text("a file")
    refused = fresh.type("models", "list")
    assert refused.code == 5
    assert "cannot be written" in refused.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")
def test_output_that_cannot_be_written_is_a_sentence(hyperspot: Program) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            hyperspot.command("models", "list"), stdout=full, stderr=subprocess.PIPE, text=True, env=environment()
        )
    assert done.returncode == 6
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_c_in_the_first_moments_is_silent(hyperspot: Program) -> None:
    process = hyperspot.start("chat", "hi")
    wait_until_imported(process.pid, "_asyncio")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (130, "")


def test_frozen_lists_equal_the_entry_points() -> None:
    from importlib.metadata import entry_points

    modules = {one.name: one.value for one in entry_points(group="hyperspot.modules")}
    children = {one.name: one.value for one in entry_points(group="hyperspot.children")}
    assert modules == MODULES
    assert children == CHILD_KINDS
