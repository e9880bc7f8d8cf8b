"""What was done to a database at a start is kept until the user was told."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.db.repair_notes import forget_repairs, note_repair, repair_notes


def test_notes_are_kept_in_order_until_they_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    note_repair(path, "First.", lines=("one", "two"), kept=tmp_path / "kept")
    note_repair(path, "Second.")
    notes = repair_notes(path)
    assert [(one.sentence, one.lines, one.kept) for one in notes] == [
        ("First.", ("one", "two"), str(tmp_path / "kept")),
        ("Second.", (), ""),
    ]
    assert notes[0].at <= notes[1].at
    forget_repairs(path)
    assert repair_notes(path) == ()
    assert list(tmp_path.iterdir()) == []


def test_notes_that_nobody_reads_do_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    for number in range(25):
        note_repair(path, str(number))
    assert [one.sentence for one in repair_notes(path)] == [str(number) for number in range(5, 25)]


@pytest.mark.parametrize("text", ["", "{", "null", "[1]", '[{"at": "x"}]', '{"at": 1}'])
def test_a_damaged_record_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.db"
    (tmp_path / "a.db.repaired.json").write_text(text)
    assert repair_notes(path) == ()
    note_repair(path, "A new one.")
    assert [one.sentence for one in repair_notes(path)] == ["A new one."]


def test_a_disk_that_does_not_take_it_costs_only_the_note(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "a.db"
    note_repair(path, "Nobody will know.")
    assert repair_notes(path) == ()
