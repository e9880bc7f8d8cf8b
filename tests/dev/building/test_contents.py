"""What goes into the frozen program."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from hyperspot_desktop.child_list import CHILD_KINDS
from hyperspot_desktop.module_list import MODULES
from hyperspot_desktop.self_test.imports import module_names
from modules.file_parser.infra.code_grammars import GRAMMARS


@pytest.fixture(scope="module")
def contents(recipe: Callable[[str], ModuleType]) -> ModuleType:
    return recipe("contents")


def test_every_module_that_the_program_lists_is_shipped(contents: ModuleType) -> None:
    listed = [target.partition(":")[0] for target in (*MODULES.values(), *CHILD_KINDS.values())]
    assert [name for name in listed if not contents.ships(name)] == []


def test_the_lists_are_the_entry_points() -> None:
    for group, listed in (("hyperspot.modules", MODULES), ("hyperspot.children", CHILD_KINDS)):
        declared = {one.name: one.value for one in importlib.metadata.entry_points(group=group)}
        assert declared == dict(listed)


def test_the_grammars_that_are_left_out_are_ones_that_there_are(contents: ModuleType) -> None:
    assert set(contents.GRAMMARS_LEFT_OUT) < {module for module, _ in GRAMMARS.values()}


def test_what_only_checkouts_run_stays_out(contents: ModuleType) -> None:
    assert not contents.ships("hyperspot_desktop.demo")
    assert not contents.ships("hyperspot_desktop.demo.keys")
    assert not contents.ships("modules.llm_manager.infra.conversion.minilm")
    assert contents.ships("hyperspot_desktop.demonstration")


def test_the_self_test_imports_nothing_that_is_left_out(contents: ModuleType) -> None:
    assert [name for name in module_names() if not contents.ships(name)] == []


def test_of_the_data_only_what_is_used_is_shipped(contents: ModuleType) -> None:
    used = ["QtQuick/Layouts"]
    for wanted in (
        "PySide6/Qt/qml/QtQuick/Layouts/qmldir",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "resources/fonts/any.ttf",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "any-1.0.dist-info/METADATA",
    ):
        assert contents.wanted_file(wanted, used), wanted
    for left in (
        "PySide6/Qt/qml/QtQuick/Controls/Material/qmldir",
        "PySide6/Qt/plugins/sqldrivers/libqsqlmysql.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "numpy/_core/tests/data.npz",
        "any/header.h",
        "any-1.0.dist-info/direct_url.json",
        "any-1.0.dist-info/RECORD",
        "any-1.0.dist-info/licenses/LICENSE",
    ):
        assert not contents.wanted_file(left, used), left


@pytest.mark.skipif(sys.platform != "linux", reason="the paths of a Linux system")
def test_libraries_of_the_system_stay_there_but_for_those_of_python(contents: ModuleType) -> None:
    assert contents.of_the_system("/usr/lib/x86_64-linux-gnu/libGL.so.1")
    assert not contents.is_bundled_system_library("/usr/lib/x86_64-linux-gnu/libGL.so.1")
    assert contents.is_bundled_system_library("/usr/lib/x86_64-linux-gnu/libssl.so.3")


def test_a_framework_of_macos_is_shipped_whole_or_not_at_all(contents: ModuleType) -> None:
    kept = ["PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore", "PySide6/QtCore.abi3.so"]
    for inside in ("Resources", "Versions/Current", "Versions/A/Resources/Info.plist"):
        assert contents.of_kept_framework(f"PySide6/Qt/lib/QtCore.framework/{inside}", kept) is True
        assert contents.of_kept_framework(f"PySide6/Qt/lib/QtSql.framework/{inside}", kept) is False
    assert contents.of_kept_framework("PySide6/Qt/lib/libQt6Core.so.6", kept) is None


def test_a_library_of_macos_is_asked_for_with_its_folder(contents: ModuleType) -> None:
    core = "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore"
    binaries = [("PySide6/QtCore.abi3.so", "/site/QtCore.abi3.so", "EXTENSION"), (core, "/site/QtCore", "BINARY")]
    needs = {"/site/QtCore.abi3.so": ["@rpath/QtCore.framework/Versions/A/QtCore"]}
    kept = contents.reachable(binaries, lambda source: needs.get(source, []))
    assert [entry[0] for entry in kept] == ["PySide6/QtCore.abi3.so", core]


def test_a_library_is_kept_when_something_that_is_kept_asks_for_it(contents: ModuleType) -> None:
    binaries = [
        ("lxml/etree.so", "/site/lxml/etree.so", "EXTENSION"),
        ("libxml.so.2", "/site/lxml.libs/libxml.so.2", "BINARY"),
        ("libz.so.1", "/site/lxml.libs/libz.so.1", "BINARY"),
        ("libunused.so.1", "/site/other.libs/libunused.so.1", "BINARY"),
        ("libpython3.11.so.1.0", "/python/libpython3.11.so.1.0", "BINARY"),
    ]
    needs = {"/site/lxml/etree.so": ["libxml.so.2", "libc.so.6"], "/site/lxml.libs/libxml.so.2": ["libz.so.1"]}
    kept = contents.reachable(binaries, lambda source: needs.get(source, []))
    assert [entry[0] for entry in kept] == ["lxml/etree.so", "libxml.so.2", "libz.so.1", "libpython3.11.so.1.0"]
