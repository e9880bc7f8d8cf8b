"""The time and the permissions that all built files bear, and what they may weigh."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.building.budget import biggest, hold, size_of
from devtools.building.places import epoch, settle
from devtools.errors import SetupError
from devtools.layout import Layout


def test_the_time_of_a_build_is_what_the_caller_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert epoch(Layout(tmp_path)) == "1700000000"


def test_without_a_repository_the_time_is_still_the_same_every_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert epoch(Layout(tmp_path)) == epoch(Layout(tmp_path))
    assert epoch(Layout(tmp_path)).isdigit()


def test_everything_in_a_tree_gets_one_time_and_plain_permissions(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    (tmp_path / "folder" / "data").touch(mode=0o600)
    (tmp_path / "program").touch()
    (tmp_path / "program").chmod(0o700)
    (tmp_path / "libone.so.1").touch()
    (tmp_path / "libone.so.1").chmod(0o755)
    settle(tmp_path, 1_700_000_000)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {"folder": 0o755, "data": 0o644, "program": 0o755, "libone.so.1": 0o644}
    assert {path.stat().st_mtime for path in tmp_path.rglob("*")} == {1_700_000_000.0}


def test_sizes_count_every_file_once(tmp_path: Path) -> None:
    inside = tmp_path / "_internal" / "big"
    inside.mkdir(parents=True)
    (inside / "one").write_bytes(bytes(300))
    (tmp_path / "program").write_bytes(bytes(100))
    (tmp_path / "alias").symlink_to("program")
    assert size_of(tmp_path) == 400
    assert biggest(tmp_path)[:2] == [("big", 300), ("program", 100)]


def test_what_weighs_too_much_stops_the_build() -> None:
    hold("The package", 75_000_000, 75_000_000)
    with pytest.raises(SetupError, match=r"80\.0 MB, more than the 75 MB"):
        hold("The package", 80_000_000, 75_000_000)
