"""The frozen program laid out as a bundle."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

import pytest

from devtools.building.macos.bundle import lay_out
from devtools.building.macos.macho import is_macho, macho_files
from devtools.building.macos.stand_in import make_stand_in
from devtools.errors import SetupError

INFO: dict[str, Any] = {"CFBundleExecutable": "hyperspot-desktop", "CFBundleIconFile": "hyperspot.icns"}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return make_stand_in(tmp_path / "program")


def made(program: Path) -> Path:
    bundle, icon = program.parent / "HyperSpot.app", program.parent / "any.icns"
    icon.write_bytes(b"icns")
    lay_out(program, bundle, INFO, icon, 1_700_000_000)
    return bundle


def test_the_program_finds_every_file_where_it_looked_for_it_before(program: Path) -> None:
    bundle = made(program)
    frameworks = bundle / "Contents" / "Frameworks"
    inside = program / "_internal"
    for file in (one for one in inside.rglob("*") if one.is_file()):
        assert (frameworks / file.relative_to(inside)).read_bytes() == file.read_bytes(), file
    assert is_macho(bundle / "Contents" / "MacOS" / "hyperspot-desktop")


def test_code_and_data_lie_apart_and_folders_of_code_have_no_dots(program: Path) -> None:
    contents = made(program) / "Contents"
    real = [one for one in (contents / "Frameworks").rglob("*") if one.is_file() and not one.is_symlink()]
    outside_frameworks = [one for one in real if ".framework" not in str(one)]
    assert outside_frameworks
    assert all(is_macho(one) for one in outside_frameworks)
    assert list(macho_files(contents / "Resources")) == []
    folders = [one for one in (contents / "Frameworks").rglob("*") if one.is_dir() and not one.is_symlink()]
    dotted = {one.name for one in folders if "." in one.name}
    assert dotted == {"QtCore.framework"}
    assert (contents / "Frameworks" / "engines" / "llama__dot__cpp" / "libllama.dylib").is_file()


def test_qt_finds_its_libraries_also_from_beside_its_data(program: Path) -> None:
    contents = made(program) / "Contents"
    description = (contents / "Frameworks/PySide6/Qt/qml/QtQuick/qmldir").resolve()
    assert contents / "Resources" in description.parents
    assert is_macho(description.parent / "libqtquick2plugin.dylib")


def test_a_framework_stays_as_it_is(program: Path) -> None:
    framework = made(program) / "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework"
    assert (framework / "Versions" / "Current").readlink() == Path("A")
    assert plistlib.loads((framework / "Resources" / "Info.plist").read_bytes())["CFBundleExecutable"] == "QtCore"
    assert (framework.parents[3] / "QtCore").resolve() == framework / "Versions" / "A" / "QtCore"


def test_the_programs_of_the_terminal_are_the_same_executable(program: Path) -> None:
    contents = made(program) / "Contents"
    for name in ("hyperspot", "hyperspot-server"):
        assert (contents / "Resources" / "bin" / name).resolve() == contents / "MacOS" / "hyperspot-desktop"


def test_every_file_bears_the_time_of_the_build(program: Path) -> None:
    assert {one.lstat().st_mtime for one in made(program).rglob("*")} == {1_700_000_000.0}


@pytest.mark.parametrize("target", ["/usr/lib/libz.dylib", "../../../outside", "gone"])
def test_a_link_that_leads_out_of_the_bundle_is_refused(program: Path, target: str) -> None:
    (program.parent / "outside").touch()
    (program / "_internal" / "libz.dylib").symlink_to(target)
    with pytest.raises(SetupError, match=r"libz\.dylib leads to .*, which is not in the bundle"):
        made(program)


def test_without_its_executable_there_is_no_bundle(program: Path) -> None:
    (program / "hyperspot-desktop").unlink()
    with pytest.raises(SetupError, match="There is no hyperspot-desktop"):
        made(program)
