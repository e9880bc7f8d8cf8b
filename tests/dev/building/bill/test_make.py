"""The whole way from a program's folder to its bill, around packages of this environment."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from devtools.building.bill.make import Probe, ask_environment, list_components
from devtools.building.places import Places
from devtools.errors import SetupError
from devtools.layout import Layout

_PLACES = Places(Layout.here())


@pytest.fixture(scope="module")
def probe() -> Probe:
    asked = ask_environment(_PLACES, None)
    return dataclasses.replace(asked, modules=["hyperspot_desktop.window", "asyncio", "httpx", "httpx._client"])


@pytest.fixture
def program(tmp_path: Path, probe: Probe) -> Path:
    """Something of each sort: of ourselves, of a package, of Python, of Qt, and a library of the system."""
    inside = tmp_path / "_internal"
    (inside / "lxml").mkdir(parents=True)
    (tmp_path / "hyperspot-desktop").touch()
    for library in (probe.packages / "lxml").glob("etree.*.so"):
        shutil.copy(library, inside / "lxml")
    (inside / "base_library.zip").touch()
    return tmp_path


def test_everything_that_is_there_is_listed(program: Path, probe: Probe) -> None:
    components, gaps = list_components(_PLACES, program, probe, program / "none")
    assert gaps == []
    assert [one.name for one in components] == ["CPython", "httpx", "lxml"]
    inside = {part.name: str(*part.taken) for one in components if one.name == "lxml" for part in one.parts}
    assert inside["libxml2"] == "MIT"
    assert inside["libiconv"] == "LGPL-2.1-or-later"


def test_a_stray_file_stops_the_build_and_is_named(program: Path, probe: Probe) -> None:
    (program / "_internal" / "libstray.so.1").touch()
    with pytest.raises(SetupError, match=r"_internal/libstray\.so\.1 belongs to no known component"):
        list_components(_PLACES, program, probe, program / "none", strict=True)


def test_where_the_list_was_not_tried_a_stray_file_is_only_told(program: Path, probe: Probe) -> None:
    (program / "_internal" / "stray.dll").touch()
    components, gaps = list_components(_PLACES, program, probe, program / "none", strict=False)
    assert len(components) == 3
    assert gaps == ["_internal/stray.dll belongs to no known component"]


def test_what_is_under_the_gpl_stops_every_build_and_is_named(program: Path, probe: Probe) -> None:
    library = program / "_internal" / "PySide6" / "Qt" / "lib" / "libQt6Lottie.so.6"
    library.parent.mkdir(parents=True)
    library.touch()
    with pytest.raises(SetupError, match=r"libQt6Lottie\.so\.6\) is under GPL-3\.0-only, which may not be shipped"):
        list_components(_PLACES, program, probe, program / "none", strict=False)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="the libraries of a Debian system")
def test_a_library_of_the_system_comes_with_its_packages_version_and_text(program: Path, probe: Probe) -> None:
    (program / "_internal" / "libz.so.1").touch()
    components, gaps = list_components(_PLACES, program, probe, program / "none")
    assert gaps == []
    zlib = next(one for one in components if one.name == "zlib")
    assert zlib.purl.startswith("pkg:deb/")
    assert "zlib1g" in zlib.purl
    assert "Mark Adler" in zlib.texts[0].content
