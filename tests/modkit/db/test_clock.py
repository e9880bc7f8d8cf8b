"""The clock and the ids grow, whatever the wall clock does."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modkit.db import uuid7
from modkit.db.hlc import HybridClock, Stamp
from modkit.keys import DataKey
from modkit.security import SecurityContext
from tests.support.notes_db import Note, notes_database

instants = st.integers(min_value=0, max_value=2**47)


class WallClock:
    """A wall clock that shows what it is told."""

    def __init__(self, *readings: int) -> None:
        self._readings = iter(readings)

    def __call__(self) -> int:
        return next(self._readings)


@given(st.lists(instants, min_size=2, max_size=60))
def test_stamps_only_grow_however_the_wall_clock_jumps(readings: list[int]) -> None:
    clock = HybridClock("node", WallClock(*readings))
    stamps = [clock.tick() for _ in readings]
    assert stamps == sorted(set(stamps))


@given(instants, st.integers(min_value=0, max_value=0xFFFF), instants)
def test_a_stamp_given_after_one_was_seen_is_greater(ms: int, counter: int, now_ms: int) -> None:
    clock, seen = HybridClock("a", WallClock(now_ms)), str(Stamp(ms, counter, "b"))
    clock.observe(seen)
    assert clock.tick() > seen


@given(instants)
def test_a_stamp_never_runs_ahead_of_what_was_read_without_need(now_ms: int) -> None:
    assert Stamp.parse(HybridClock("a", WallClock(now_ms)).tick()).ms == now_ms


@given(instants, st.integers(min_value=0, max_value=0xFFFF), st.text("0123456789abcdef", min_size=1, max_size=8))
def test_text_and_stamp_are_the_same(ms: int, counter: int, node: str) -> None:
    stamp = Stamp(ms, counter, node)
    assert Stamp.parse(str(stamp)) == stamp


@given(st.tuples(instants, st.integers(0, 0xFFFF)), st.tuples(instants, st.integers(0, 0xFFFF)))
def test_text_order_is_stamp_order(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (str(Stamp(*one)) < str(Stamp(*other))) == (one < other)


def test_a_full_counter_borrows_a_millisecond() -> None:
    clock = HybridClock("a", WallClock(5, 5, 5))
    first = clock.tick()
    clock.observe(str(Stamp(5, 0xFFFF, "b")))
    assert first < str(Stamp(5, 0xFFFF, "a")) < clock.tick() == str(Stamp(6, 0, "a"))


@pytest.mark.parametrize("text", ["", "1-2-3", "x" * 12 + "-0000-a", "0" * 12 + "-0000"])
def test_what_is_no_stamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        HybridClock("a").observe(text)


async def test_changes_after_a_restart_with_a_clock_set_back_are_later(
    db_path: Path, key: DataKey, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with notes_database(db_path, key) as db, db.write(ctx) as session:
        note = await session.insert(Note(title="before"))
    first = note.hlc
    year_ago_ns = time.time_ns() - 365 * 86_400 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: year_ago_ns)
    async with notes_database(db_path, key) as db, db.write(ctx) as session:
        note.title = "after"
        await session.update(note)
    assert note.hlc > first
    assert note.hlc.split("-")[2] == first.split("-")[2]


def test_ids_are_version_7_of_now() -> None:
    before_ms, made, after_ms = time.time_ns() // 10**6, uuid7(), time.time_ns() // 10**6
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before_ms <= (made.int >> 80) <= after_ms + 1


def test_ids_grow_in_a_burst_and_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    burst = [uuid7() for _ in range(10_000)]
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    burst += [uuid7() for _ in range(10_000)]
    assert burst == sorted(set(burst))
