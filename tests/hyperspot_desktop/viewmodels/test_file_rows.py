"""What a line of the file table says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hyperspot_desktop.demo.library import contracts
from hyperspot_desktop.viewmodels.file_rows import chips_of, file_row, since_text, status_text, type_text
from modules.rag.contract import FileState

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC).astimezone()


@pytest.mark.parametrize(
    ("name", "pages", "text"),
    [
        ("MSA-2024.pdf", 48, "PDF, 48 pages"),
        ("one.PDF", 1, "PDF, 1 page"),
        ("Pricing.xlsx", 4, "Excel, 4 sheets"),
        ("Kick-off.pptx", 22, "PowerPoint, 22 slides"),
        ("minutes.md", None, "Markdown"),
        ("main.rs", None, "Rust"),
        ("data.xyz", None, "XYZ"),
        ("Makefile", None, "File"),
    ],
)
def test_the_type_counts_what_the_format_has(name: str, pages: int | None, text: str) -> None:
    assert type_text(Path(name), pages) == text


@pytest.mark.parametrize(
    ("passed", "text"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=2, seconds=5), "2 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(days=1), "Yesterday"),
        (timedelta(days=3), "Sun"),
        (timedelta(days=40), "9 Oct"),
        (timedelta(days=700), "18 Dec 2024"),
        (timedelta(days=-2), "20 Nov"),
    ],
)
def test_a_time_is_said_as_a_person_would(passed: timedelta, text: str) -> None:
    assert since_text(NOON - passed, NOON) == text


def test_a_reason_follows_the_state_where_it_explains_it() -> None:
    assert status_text("could_not_be_read", "The file is cut off.") == "Could not be read: the file is cut off"
    assert status_text("could_not_be_read", "PDF is locked.") == "Could not be read: PDF is locked"
    assert status_text("queued", "It waits to be read.") == "Waiting"


def test_what_could_not_be_read_can_be_tried_again_and_stands_out() -> None:
    files = {file.path.name: file_row(file, datetime.now(UTC)) for file in contracts().files}
    assert (files["broken.pdf"].tone, files["broken.pdf"].can_retry) == ("bad", True)
    assert (files["MSA-2024.pdf"].tone, files["MSA-2024.pdf"].can_retry) == ("", False)
    assert files["broken.pdf"].passages_text == "—"


def test_chips_count_the_states_that_occur() -> None:
    chips = chips_of({FileState.INDEXED: 3, FileState.UNREADABLE: 1, FileState.REMOVED: 2}, "could_not_be_read")
    assert [(chip.label, chip.count_text, chip.chosen) for chip in chips] == [
        ("All", "4", False),
        ("Indexed", "3", False),
        ("Could not be read", "1", True),
        ("Removed", "2", False),
    ]


def test_there_is_nothing_to_choose_when_all_files_are_alike() -> None:
    assert chips_of({FileState.INDEXED: 3}, "") == []
    assert [chip.value for chip in chips_of({FileState.INDEXED: 3}, "away")] == ["", "indexed", "away"]
