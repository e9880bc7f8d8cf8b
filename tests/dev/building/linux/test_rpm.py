"""The rpm, around a small program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.building.linux.rpm import make_rpm, required_sonames
from devtools.building.places import NAME, Places
from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not all(shutil.which(tool) for tool in ("rpmbuild", "objdump")),
    reason="`dev.py build rpm` installs rpm, on Linux",
)


@pytest.fixture(scope="module")
def package(places: Places, program: Path, console: Console) -> Path:
    return make_rpm(places, console, program)


def asked(package: Path, *what: str) -> list[str]:
    command: list[str | Path] = ["rpm", "--query", *what, "--package", package]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_it_holds_the_program_its_names_and_what_desktops_want_to_know(package: Path) -> None:
    listed = asked(package, "--list")
    assert [path for path in listed if not path.startswith("/opt/")] == [
        "/usr/bin/hyperspot",
        "/usr/bin/hyperspot-desktop",
        "/usr/bin/hyperspot-server",
        "/usr/share/applications/hyperspot.desktop",
        f"/usr/share/doc/{NAME}",
        f"/usr/share/doc/{NAME}/README",
        "/usr/share/icons/hicolor/scalable/apps/hyperspot.svg",
        f"/usr/share/licenses/{NAME}",
        f"/usr/share/licenses/{NAME}/copyright",
        "/usr/share/metainfo/org.hyperspot.Desktop.metainfo.xml",
        "/usr/share/mime/packages/hyperspot-gguf.xml",
    ]
    assert f"/opt/{NAME}/_internal/engines/a name with spaces.txt" in listed
    assert asked(package, "--licensefiles") == [f"/usr/share/licenses/{NAME}/copyright"]


def test_it_asks_for_the_libraries_of_the_system_and_offers_none(package: Path) -> None:
    requires = asked(package, "--requires")
    assert "libexpat.so.1()(64bit)" in requires
    assert any(one.startswith("libc.so.6(GLIBC_2.") and one.endswith(")(64bit)") for one in requires)
    assert "libc.so.6" in required_sonames(package)
    assert not any("libours" in one for one in [*requires, *asked(package, "--provides")])


def test_nothing_runs_when_it_is_installed_or_removed(package: Path) -> None:
    assert asked(package, "--scripts", "--triggers", "--filetriggers") == []


def test_packing_twice_gives_the_same_bytes(
    places: Places, program: Path, console: Console, package: Path, age: Callable[[], None]
) -> None:
    first = package.read_bytes()
    age()
    assert make_rpm(places, console, program).read_bytes() == first


def test_who_answers_for_it_is_said_letter_by_letter(
    places: Places, program: Path, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_MAINTAINER", "100%{name} Ä <a@example.org>")
    made = make_rpm(places, console, program)
    assert asked(made, "--queryformat", "%{PACKAGER}") == ["100%{name} Ä <a@example.org>"]


def test_a_fault_of_the_recipe_is_said(places: Places, program: Path, console: Console, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(places.layout.root, checkout, ignore=shutil.ignore_patterns("resources", "build"))
    (checkout / "resources").symlink_to(places.layout.root / "resources")
    recipe = checkout / "packaging" / "linux" / f"{NAME}.spec"
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("/usr/bin/hyperspot\n", "/usr/bin/hyper\n"), "utf-8")
    with pytest.raises(SetupError, match="The rpm could not be made"):
        make_rpm(Places(Layout(checkout)), console, program)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="rpm enters another root as root only")
def test_installed_it_is_compared_byte_by_byte_and_removed_without_a_trace(
    package: Path, program: Path, tmp_path: Path
) -> None:
    root = tmp_path / "root"
    root.mkdir()

    def rpm(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = ["rpm", "--root", root, "--dbpath", "/database", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert rpm("--initdb").returncode == 0
    assert rpm("--install", "--nodeps", package).returncode == 0
    assert rpm("--verify", "--nodeps", NAME).stdout == ""
    library = "_internal/libours.so.1"
    assert (root / "opt" / NAME / library).read_bytes() == (program / library).read_bytes()
    icon = root / "usr/share/icons/hicolor/scalable/apps/hyperspot.svg"
    icon.write_bytes(icon.read_bytes().replace(b"svg", b"SVG", 1))
    assert [line.split()[-1] for line in rpm("--verify", "--nodeps", NAME).stdout.splitlines()] == [
        "/usr/share/icons/hicolor/scalable/apps/hyperspot.svg"
    ]
    assert rpm("--erase", "--nodeps", NAME).returncode == 0
    shutil.rmtree(root / "database")
    assert [path for path in root.rglob("*") if not path.is_dir()] == []
    assert not (root / "opt" / NAME).exists()
