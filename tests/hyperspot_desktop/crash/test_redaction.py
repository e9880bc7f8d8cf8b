"""A report names neither the user nor the user's folders, and holds no secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyperspot_desktop.crash.redaction import redact_report


@pytest.fixture
def ada(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user of that name."""
    monkeypatch.setattr(Path, "home", classmethod(lambda cls: cls("/home/ada")))
    monkeypatch.setattr("getpass.getuser", lambda: "ada.l")
    monkeypatch.setattr("platform.node", lambda: "analytical-engine")
    return Path("/home/ada")


def test_folders_names_and_secrets_are_taken_out(ada: Path) -> None:
    text = (
        "/home/ada/.hyperspot/logs /home/ada/Documents /srv/ada/x ada.l on analytical-engine "
        "password=hunter2 hf_abcdefghijklmnopqrst"
    )
    shown = redact_report(text, ada / ".hyperspot")
    assert shown.startswith("<profile>/logs ~/Documents /srv/<user>/x <user> on <computer> ")
    assert "hunter2" not in shown
    assert "hf_" not in shown


def test_names_inside_other_words_stay(ada: Path) -> None:
    assert redact_report("adaptive /home/adamant", ada / "h") == "adaptive /home/adamant"


def test_a_computer_without_a_user_is_no_error(ada: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)
    assert redact_report("/home/ada/x", ada / "h") == "~/x"
