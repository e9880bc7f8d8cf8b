"""Which libraries of the system a program needs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from devtools.building.linux.sonames import debian_packages, library_paths, path_of, system_libraries
from devtools.errors import SetupError

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("objdump") is None, reason="reads libraries of Linux with binutils"
)


def test_a_program_needs_what_its_libraries_ask_for_with_the_versions_of_their_symbols(program: Path) -> None:
    needed = system_libraries(program)
    assert {"libc.so.6", "libexpat.so.1", "libfreetype.so.6"} <= needed.keys()
    assert any(version.startswith("GLIBC_2.") for version in needed["libc.so.6"])


def test_what_lies_in_the_program_is_not_asked_of_the_system(program: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(program, copy, symlinks=True)
    shutil.copyfile(library_paths()["libexpat.so.1"], copy / "_internal" / "libexpat.so.1")
    assert "libexpat.so.1" not in system_libraries(copy)


def test_a_program_without_libraries_needs_none(tmp_path: Path) -> None:
    (tmp_path / "script").write_text("#!/bin/sh\n", encoding="utf-8")
    assert system_libraries(tmp_path) == {}


def test_a_library_that_is_missing_here_is_named() -> None:
    with pytest.raises(SetupError, match=r"needs libnowhere\.so\.9, which is missing"):
        path_of("libnowhere.so.9", library_paths())


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="no Debian")
def test_libraries_are_found_in_their_packages() -> None:
    assert debian_packages(["libc.so.6", "libm.so.6", "libfontconfig.so.1"]) == ["libc6", "libfontconfig1"]
