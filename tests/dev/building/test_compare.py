"""Comparing two builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.building.compare import fingerprints, hold_same
from devtools.errors import SetupError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    (made / "lib").mkdir(parents=True)
    (made / "lib" / "one.so").write_bytes(b"one")
    (made / "program").write_bytes(b"run")
    (made / "program").chmod(0o755)
    (made / "alias").symlink_to("program")
    return made


def test_a_tree_is_the_same_as_itself(tree: Path) -> None:
    hold_same("it", fingerprints(tree), fingerprints(tree))


def test_a_changed_byte_is_named(tree: Path) -> None:
    before = fingerprints(tree)
    (tree / "lib" / "one.so").write_bytes(b"two")
    with pytest.raises(SetupError, match=r"differ in lib/one\.so\."):
        hold_same("it", before, fingerprints(tree))


def test_another_link_other_permissions_and_a_file_more_are_named(tree: Path) -> None:
    before = fingerprints(tree)
    (tree / "alias").unlink()
    (tree / "alias").symlink_to("lib")
    (tree / "program").chmod(0o644)
    (tree / "lib" / "more").touch()
    with pytest.raises(SetupError, match="alias, lib/more, program"):
        hold_same("it", before, fingerprints(tree))


def test_single_files_are_compared_by_their_content(tmp_path: Path) -> None:
    first, second = tmp_path / "a.deb", tmp_path / "b.deb"
    first.write_bytes(b"same")
    second.write_bytes(b"same")
    hold_same("the package", fingerprints(first), fingerprints(second))
    second.write_bytes(b"other")
    with pytest.raises(SetupError, match="the package"):
        hold_same("the package", fingerprints(first), fingerprints(second))
