"""The list that a real build goes by, with the packages of this environment: it must not take a build to find gaps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing

from devtools.building.bill.assemble import Assembler
from devtools.building.bill.components import Component, Entry, Listing, read_listing
from devtools.building.bill.document import Product, document
from devtools.building.bill.installed import packages
from devtools.building.bill.make import Probe, ask_environment
from devtools.building.bill.mapping import Mapped, Mapper
from devtools.building.bill.spdx import parse, taken
from devtools.building.bill.texts import TextPlaces
from devtools.building.places import Places
from devtools.layout import Layout
from devtools.packages import read_lock

_PLACES = Places(Layout.here())
_NOT_SHIPPED = frozenset({"gguf", "onnx"})
_PRODUCT = Product("hyperspot-desktop", "1.2.3", "LicenseRef-proprietary", 1_700_000_000, "0" * 40)


@pytest.fixture(scope="module")
def listing() -> Listing:
    return read_listing(_PLACES.layout.root / "packaging" / "components.toml")


@pytest.fixture(scope="module")
def probe() -> Probe:
    return ask_environment(_PLACES, None)


@pytest.fixture(scope="module")
def assembler(listing: Listing, probe: Probe) -> Assembler:
    installed = packages([probe.packages])
    places = TextPlaces(_PLACES.layout.root, _PLACES.licences, probe.packages, probe.python, installed)
    return Assembler(listing, installed, probe.versions, places, lambda _library: None)


@pytest.fixture(scope="module")
def components(listing: Listing, assembler: Assembler) -> list[Component]:
    """All that might be in the program, but for libraries of the system and tools of packaging."""
    locked = {package.name for package in read_lock(_PLACES.layout.lock("runtime"))}
    installed = {name: ["_internal/one.so"] for name in packages([_site(assembler)]) if name in locked - _NOT_SHIPPED}
    entries: dict[str, list[str]] = {entry.name: [] for entry in listing.entries if _is_everywhere(entry)}
    return assembler.components(Mapped(packages=installed, entries=entries))


def _site(assembler: Assembler) -> Path:
    return assembler.places.site


def _is_everywhere(entry: Entry) -> bool:
    shipped = not entry.within and not entry.of_the_system and not entry.licence.startswith("GPL-3.0")
    return shipped and entry.name != "PyInstaller"


def test_nothing_that_is_locked_has_a_gap(components: list[Component], assembler: Assembler) -> None:
    assert len(components) > 60
    assert (assembler.problems, assembler.refused) == ([], [])


def test_the_bill_holds_against_the_formats_own_schema(components: list[Component]) -> None:
    text = document(_PRODUCT, components)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace('"libpng (in Qt)"', "1")) is not None


def test_a_bill_with_gaps_says_that_it_is_incomplete_and_holds_too(components: list[Component]) -> None:
    unknown = Component("unknown", "", "", "")
    text = document(_PRODUCT, [*components, unknown], complete=False)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert json.loads(text)["compositions"][0]["aggregate"] == "incomplete"


def test_the_same_program_has_the_same_bill(components: list[Component]) -> None:
    text = document(_PRODUCT, components)
    assert document(_PRODUCT, list(components)) == text
    other = document(_PRODUCT, components[1:])
    assert json.loads(other)["serialNumber"] != json.loads(text)["serialNumber"]


def test_every_component_has_a_version_and_a_licence_that_spdx_knows(components: list[Component]) -> None:
    licensing = get_spdx_licensing()
    everything = [part for one in components for part in (one, *one.parts)]
    assert [one.name for one in everything if not one.version] == []
    wrong = {
        one.licence
        for one in everything
        if [key for key in licensing.validate(one.licence).invalid_symbols if not key.startswith("LicenseRef-")]
    }
    assert wrong == set()


def test_the_texts_of_what_obliges_us_are_there(components: list[Component]) -> None:
    texts = {one.name: " ".join(text.content for text in one.texts) for one in components}
    assert "GNU LESSER GENERAL PUBLIC LICENSE\n                       Version 3" in texts["Qt"]
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3" in texts["Qt"]
    qt = next(one for one in components if one.name == "Qt")
    assert "https://download.qt.io/official_releases/qt/" in qt.notice
    assert "use yours instead" in qt.notice


def test_the_list_lets_nothing_under_the_gpl_pass(listing: Listing) -> None:
    for name in ("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later", "AGPL-3.0-or-later"):
        assert taken(parse(name), listing.allowed) is None
    assert not any("AGPL" in name for name in listing.allowed)


@pytest.mark.parametrize(
    "path",
    [
        "lib/libQt6VirtualKeyboard.so.6",
        "lib/libQt6QuickTimeline.so.6",
        "lib/libQt6Lottie.so.6",
        "lib/libQt6WaylandCompositor.so.6",
        "qml/QtQuick/Timeline/qmldir",
        "plugins/wayland-graphics-integration-server/libqt-wayland-compositor-wayland-egl.so",
    ],
)
def test_qt_modules_that_are_under_the_gpl_alone_would_stop_a_build(listing: Listing, path: str) -> None:
    owner = Mapper(listing, {}).owner_of_file(f"_internal/PySide6/Qt/{path}")
    assert isinstance(owner, Entry)
    assert owner.licence == "GPL-3.0-only"


@pytest.mark.parametrize("path", ["lib/libQt6WaylandClient.so.6", "lib/libQt6Quick.so.6", "qml/QtQuick/qmldir"])
def test_the_others_are_under_the_lgpl(listing: Listing, path: str) -> None:
    owner = Mapper(listing, {}).owner_of_file(f"_internal/PySide6/Qt/{path}")
    assert isinstance(owner, Entry)
    assert owner.licence == "LGPL-3.0-only"


@pytest.mark.parametrize("name", ["readline", "_gdbm"])
def test_modules_of_python_that_link_what_is_under_the_gpl_would_stop_a_build(listing: Listing, name: str) -> None:
    owner = Mapper(listing, {}).owner_of_file(
        f"_internal/python3.11/lib-dynload/{name}.cpython-311-x86_64-linux-gnu.so"
    )
    assert isinstance(owner, Entry)
    assert taken(parse(owner.licence), listing.allowed) is None
