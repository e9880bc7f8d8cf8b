"""The installer for Windows: compiled here, around a program that stands for the real one.

That it installs and removes what it should is tried by ``dev.py build nsis --test``, on a Windows made by Wine.
"""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from devtools.building.places import Places
from devtools.building.windows.authenticode import OsslSignCode
from devtools.building.windows.nsis import Recipe, compile_installer, version_order
from devtools.building.windows.pe import is_signed, pe_files
from devtools.building.windows.stand_in import fill_stand_in
from devtools.console import Step
from devtools.errors import SetupError
from devtools.layout import Layout
from tests.dev.building.windows.test_authenticode import throw_away_certificate

ROOT = Path(__file__).parents[4]
needs_makensis = pytest.mark.skipif(
    shutil.which("makensis") is None, reason="makensis is installed by dev.py build nsis"
)


class PlacesElsewhere(Places):
    """Builds in a folder of its own, from the checkout's scripts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Layout(ROOT))
        object.__setattr__(self, "_folder", folder)

    @property
    def root(self) -> Path:
        return Path(vars(self)["_folder"])


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return PlacesElsewhere(tmp_path)


@pytest.fixture
def program(places: Places) -> Path:
    return fill_stand_in(places, Step(""), places.root / "stand-in", "1.2.3")


@needs_makensis
def test_two_builds_are_the_same_whenever_and_wherever_they_are_made(places: Places, program: Path) -> None:
    first, second = places.root / "first.exe", places.root / "other folder" / "second.exe"
    second.parent.mkdir()
    compile_installer(places, Step(""), Recipe(program, "1.2.3", first), None)
    moved = program.rename(places.root / "moved $program")
    compile_installer(places, Step(""), Recipe(moved, "1.2.3", second), None)
    assert first.read_bytes() == second.read_bytes()
    assert [file.name for file in pe_files(first.parent) if file == first] == ["first.exe"]


@needs_makensis
def test_another_program_makes_another_installer(places: Places, program: Path) -> None:
    first, second = places.root / "first.exe", places.root / "second.exe"
    compile_installer(places, Step(""), Recipe(program, "1.2.3", first), None)
    (program / "_internal" / "only-in-1.2.3.txt").write_text("changed", encoding="utf-8")
    compile_installer(places, Step(""), Recipe(program, "1.2.3", second), None)
    assert first.read_bytes() != second.read_bytes()


@needs_makensis
@pytest.mark.skipif(shutil.which("osslsigncode") is None, reason="installed by dev.py build nsis --test")
def test_the_program_its_libraries_and_the_installer_are_signed(
    places: Places, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    throw_away_certificate(places.root, "ours")
    pkcs12, authorities = places.root / "ours.p12", places.root / "ours.pem"
    # makensis has the uninstaller signed by another process, which is told by its environment.
    monkeypatch.setenv("HYPERSPOT_SIGN", "osslsigncode")
    monkeypatch.setenv("HYPERSPOT_SIGN_PKCS12", str(pkcs12))
    monkeypatch.setenv("HYPERSPOT_SIGN_PASSWORD", "secret")
    chosen = OsslSignCode(pkcs12, "secret", authorities)
    made = places.root / "signed.exe"
    compile_installer(places, Step(""), Recipe(program, "1.2.3", made), chosen)
    assert is_signed(made)
    packed = list(pe_files(places.root / "nsis" / "program"))
    assert [file.name for file in packed if not is_signed(file)] == []
    assert len(packed) == 4
    assert [file.name for file in pe_files(program) if is_signed(file)] == []


@needs_makensis
def test_an_uninstaller_that_cannot_be_signed_stops_the_build(
    places: Places, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoSigner:
        def sign(self, files: object) -> None: ...

        def verify(self, files: object) -> None: ...

    monkeypatch.delenv("HYPERSPOT_SIGN", raising=False)
    with pytest.raises(SetupError, match="makensis failed"):
        compile_installer(places, Step(""), Recipe(program, "1.2.3", places.root / "made.exe"), NoSigner())


def test_versions_are_ordered_as_python_orders_them() -> None:
    versions = ["0.9", "0.10.dev1", "0.10a1", "0.10b1", "0.10rc1", "0.10rc2", "0.10", "0.10.post1", "0.10.1", "1"]
    orders = [tuple(map(int, version_order(version).split("."))) for version in versions]
    assert all(earlier < later for earlier, later in pairwise(orders))
    assert version_order("0.10") == version_order("0.10.0")
    with pytest.raises(SetupError, match=r"one\.two"):
        version_order("one.two")
