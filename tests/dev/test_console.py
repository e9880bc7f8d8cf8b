"""Progress: what a log shows, and how durations read."""

from __future__ import annotations

import io

import pytest

from devtools.console import Console, Step, duration


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.42, "0.4 s"), (12.4, "12 s"), (303.2, "5 min 03 s"), (3600, "60 min 00 s")]
)
def test_durations_read_as_people_say_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_a_finished_step_says_how_long_it_took(console: Console, screen: io.StringIO) -> None:
    with console.step("Fetching") as step:
        step.update("half")
    assert screen.getvalue().splitlines() == ["Fetching ...", "Fetching: done in 0.0 s"]


def test_a_failed_step_says_so_and_passes_the_error_on(console: Console, screen: io.StringIO) -> None:
    with pytest.raises(ValueError, match="no"), console.step("Fetching"):
        raise ValueError("no")
    assert screen.getvalue().splitlines()[-1].startswith("Fetching: stopped after")


def test_a_step_shows_its_detail_and_time() -> None:
    step = Step("Building")
    step.update("42 %")
    assert step.line() == "Building: 42 % (0.0 s)"


def test_a_narrow_encoding_never_stops_the_work() -> None:
    raw = io.BytesIO()
    console = Console(io.TextIOWrapper(raw, encoding="ascii"))
    console.say("Größe …")
    assert raw.getvalue().startswith(b"Gr??e")
