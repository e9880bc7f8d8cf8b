"""The environment and the locks: created, repaired, adopted, and honest without a network."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.packages import (
    ensure_bytecode,
    ensure_packages,
    ensure_venv,
    network_failed,
    pip_error,
    pip_progress,
    read_lock,
)

WriteLock = Callable[[Layout, str, dict[str, str]], None]
LOCKS = sorted(Layout.here().root.glob("requirements/*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_a_hash(lock: Path) -> None:
    packages = read_lock(lock)
    assert packages
    assert [package.name for package in packages if not package.hashes] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_holds_an_address(lock: Path) -> None:
    assert re.findall(r"https?://|file://|--(?:extra-)?index-url|--find-links", lock.read_text("utf-8")) == []


def test_the_lock_has_every_package_that_the_project_asks_for() -> None:
    import tomllib

    root = Layout.here().root
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {re.split(r"[\[<>=~!]", line)[0].lower() for line in project["dependencies"]}
    locked = {package.name for name in ("runtime", "engine") for package in read_lock(Layout.here().lock(name))}
    assert asked - locked == set()


def test_a_created_environment_is_kept(prepared: Layout, console: Console, screen: io.StringIO) -> None:
    ensure_venv(prepared, console)
    assert screen.getvalue() == ""


def test_sources_are_compiled_ahead_and_one_that_cannot_be_stops_nothing(
    prepared: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    sources = prepared.root / "src"
    sources.mkdir()
    (sources / "broken.py").write_text("def")
    (sources / "whole.py").write_text("answer = 42")
    ensure_bytecode(prepared)
    assert [path.name.split(".")[0] for path in (sources / "__pycache__").iterdir()] == ["whole"]


def test_a_half_made_environment_is_made_again(layout: Layout, console: Console, screen: io.StringIO) -> None:
    layout.python.parent.mkdir(parents=True)
    layout.python.write_text("not a Python")
    ensure_venv(layout, console)
    assert "Creating the Python environment" in screen.getvalue()
    assert (layout.venv / "pyvenv.cfg").is_file()


def test_packages_that_are_there_already_need_no_network(
    prepared: Layout, write_lock: WriteLock, console: Console, screen: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    (pip_version,) = {path.name.split("-")[1] for path in prepared.venv.rglob("pip-*.dist-info")}
    write_lock(prepared, "there", {f"pip=={pip_version.removesuffix('.dist')}": "0" * 64})
    ensure_packages(prepared, console, "there", "Installing")
    assert screen.getvalue() == ""


def test_without_a_network_the_missing_packages_are_named(
    prepared: Layout, write_lock: WriteLock, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Port 9 of this machine refuses: an index that cannot be reached.
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_RETRIES", "1")
    write_lock(prepared, "absent", {"no-such-package-here==1.0": "0" * 64})
    with pytest.raises(SetupError, match=r"could not be reached.*\. Missing: no-such-package-here==1\.0") as caught:
        ensure_packages(prepared, console, "absent", "Installing")
    assert "run the same command again" in caught.value.action


def test_a_package_that_was_cut_short_is_installed_again(
    prepared: Layout, write_lock: WriteLock, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site_packages,) = {path.parent for path in prepared.venv.rglob("pip-*.dist-info")}
    half = site_packages / "half-1.0.dist-info"
    half.mkdir()
    (half / "METADATA").write_text("Metadata-Version: 2.1\nName: half\nVersion: 1.0\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    write_lock(prepared, "cut", {"half==1.0": "0" * 64})
    with pytest.raises(SetupError, match=r"Missing: half==1\.0"):
        ensure_packages(prepared, console, "cut", "Installing")
    assert not half.exists()


def test_a_refusal_of_pip_is_told_in_its_own_words(tmp_path: Path) -> None:
    failed = CommandFailed(["pip"], 1, ["Collecting x", "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"])
    error = pip_error(failed, "It stopped.", ["x==1"], tmp_path / "pip.log")
    assert "DO NOT MATCH THE HASHES" in str(error)
    assert not network_failed(failed.output)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Collecting httpx==0.28.1 (from -r a.lock (line 3))", "collecting httpx==0.28.1"),
        (
            "Downloading some/where/httpx-0.28.1-py3-none-any.whl (73 kB)",
            "downloading httpx-0.28.1-py3-none-any.whl (73 kB)",
        ),
        ("Installing collected packages: a, b", "unpacking"),
        ("Looking in indexes: an address", None),
    ],
)
def test_progress_shows_packages_and_no_addresses(line: str, shown: str | None) -> None:
    assert pip_progress(line) == shown
