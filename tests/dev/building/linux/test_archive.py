"""The archive that people unpack where they like."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.building.compare import fingerprints
from devtools.building.linux.archive import make_archive
from devtools.building.places import NAME, Places
from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("zstd") is None, reason="`dev.py build tar` installs zstd, on Linux"
)


def test_it_unpacks_to_the_program_as_it_was(places: Places, program: Path, console: Console, tmp_path: Path) -> None:
    archive = make_archive(places, console, program)
    assert archive.name == f"{NAME}-{places.version}.tar.zst"
    subprocess.run(["tar", "--extract", "--zstd", "--file", archive, "--directory", tmp_path], check=True)
    assert fingerprints(tmp_path / NAME) == fingerprints(program)


def test_everything_in_it_belongs_to_root_and_bears_the_time_of_the_build(
    places: Places, program: Path, console: Console, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.tar"
    subprocess.run(["zstd", "-dq", make_archive(places, console, program), "-o", plain], check=True)
    with tarfile.open(plain) as bundle:
        members = bundle.getmembers()
    assert {(one.uid, one.gid, one.uname, one.gname) for one in members} == {(0, 0, "root", "root")}
    assert {one.mtime for one in members} == {1_700_000_000}


def test_packing_twice_gives_the_same_bytes(
    places: Places, program: Path, console: Console, age: Callable[[], None]
) -> None:
    first = make_archive(places, console, program).read_bytes()
    age()
    assert make_archive(places, console, program).read_bytes() == first


def test_when_zstd_cannot_write_the_build_says_so(
    places: Places, program: Path, console: Console, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").symlink_to(places.layout.root / "pyproject.toml")
    elsewhere = Places(Layout(tmp_path))
    (elsewhere.artefacts / f"{NAME}-{places.version}.tar.zst").mkdir(parents=True)
    with pytest.raises(SetupError, match="zstd ended with status"):
        make_archive(elsewhere, console, program)
