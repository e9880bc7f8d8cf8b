"""Whose the files and modules of a frozen program are."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.building.bill.components import Entry, Listing
from devtools.building.bill.mapping import OWN, Mapper, files_of

_PYTHON = Entry("CPython", "Python-2.0.1", files=("_internal/libpython3*",), modules=("_sysconfigdata*",))
_QT = Entry("Qt", "LGPL-3.0-only", files=("_internal/PySide6/Qt/*",))
_LISTING = Listing(
    frozenset(),
    own_files=("program", "_internal/resources/*"),
    own_modules=("ours", "ours.*"),
    entries=(_PYTHON, _QT),
)
_OWNERS = {
    "PySide6/QtCore.so": "pyside6",
    "PySide6/Qt/lib/libQt6Core.so.6": "pyside6",
    "shared/one.py": "one",
    "shared/two/__init__.py": "two",
    "one-1.dist-info/METADATA": "one",
}


@pytest.fixture
def mapper() -> Mapper:
    return Mapper(_LISTING, _OWNERS)


def test_a_file_belongs_to_the_package_that_installed_it(mapper: Mapper) -> None:
    assert mapper.owner_of_file("_internal/PySide6/QtCore.so") == "pyside6"
    assert mapper.owner_of_file("_internal/one-1.dist-info/METADATA") == "one"


def test_what_is_written_by_hand_goes_before_what_packages_say(mapper: Mapper) -> None:
    assert mapper.owner_of_file("_internal/PySide6/Qt/lib/libQt6Core.so.6") == _QT
    assert mapper.owner_of_file("_internal/libpython3.11.so.1.0") == _PYTHON


def test_our_own_files_need_no_component(mapper: Mapper) -> None:
    assert mapper.owner_of_file("program") == OWN
    assert mapper.owner_of_file("_internal/resources/qml/Page.qml") == OWN
    assert mapper.owner_of_module("ours.window") == OWN


def test_modules_belong_to_packages_or_to_python(mapper: Mapper) -> None:
    assert mapper.owner_of_module("shared.one") == "one"
    assert mapper.owner_of_module("shared.two") == "two"
    assert mapper.owner_of_module("asyncio.events") == _PYTHON
    assert mapper.owner_of_module("_sysconfigdata__linux") == _PYTHON
    assert mapper.owner_of_module("shared") == OWN, "a folder that two packages share has no code"


def test_what_nobody_knows_is_named(mapper: Mapper) -> None:
    files = ["program", "_internal/libstray.so.1", "_internal/PySide6/QtCore.so", "QtCore.so"]
    mapped = mapper.map(files, ["ours", "stray.module", "shared.one"])
    assert mapped.unknown == ("_internal/libstray.so.1", "QtCore.so", "module stray.module")
    assert mapped.packages == {"pyside6": ["_internal/PySide6/QtCore.so"], "one": ["module shared.one"]}


def test_every_file_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "_internal" / "deep").mkdir(parents=True)
    (tmp_path / "_internal" / "deep" / "file").touch()
    (tmp_path / "alias").symlink_to("_internal/deep/file")
    assert files_of(tmp_path) == ["_internal/deep/file"]
