"""Stamps decide what a second run may skip."""

from __future__ import annotations

from pathlib import Path

from devtools.stamps import Stamps, digest


def test_a_step_is_done_only_for_the_key_it_was_done_for(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "stamps")
    stamps.mark("runtime", "one")
    assert stamps.is_done("runtime", "one")
    assert not stamps.is_done("runtime", "two")
    assert not stamps.is_done("dev", "one")


def test_a_forgotten_step_is_done_again(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path)
    stamps.mark("runtime", "one")
    stamps.forget("runtime")
    stamps.forget("runtime")
    assert not stamps.is_done("runtime", "one")


def test_a_key_follows_the_contents_of_files(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    before = digest(lock)
    lock.write_text("pin==1")
    assert digest(lock) != before


def test_keys_do_not_confuse_where_one_part_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc")
