"""A loop that does not answer is noticed once, with its stack; a computer that slept is not."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hyperspot_desktop.crash.care import CrashCare
from hyperspot_desktop.crash.watchdog import ROUND_S, STALL_S, Stall, Watchdog, Watched

PROMPT = "Dear Dr Osei, my diagnosis is"


class Loop:
    """An event loop that runs only when told to."""

    def __init__(self) -> None:
        self.stalls: list[Stall] = []
        self._asked: list[Callable[[], None]] = []
        self.dog = Watchdog(self.stalls.append)
        self.watched = Watched("window", threading.get_ident(), self._asked.append)
        # Not watch(): the test makes the rounds, no thread.
        self.dog._watched = (self.watched,)

    def answer(self) -> None:
        while self._asked:
            self._asked.pop()()

    def rounds(self, count: int, passed_s: float = ROUND_S, worked_s: float = 0.0) -> None:
        for _ in range(count):
            self.dog.look(passed_s, worked_s)


@pytest.fixture
def loop() -> Loop:
    return Loop()


def test_a_loop_that_answers_is_never_told_of(loop: Loop) -> None:
    for _ in range(20):
        loop.rounds(3)
        loop.answer()
    assert loop.stalls == []


def test_a_stall_is_told_once_with_its_stack_and_once_when_it_is_over(loop: Loop) -> None:
    loop.rounds(10)
    (stall,) = loop.stalls
    assert not stall.over
    assert any("test_a_stall_is_told_once" in line for line in stall.stack)
    loop.answer()
    loop.rounds(1)
    over = loop.stalls[1]
    assert over.over
    assert over.seconds == pytest.approx(9 * ROUND_S)


def test_the_next_stall_is_told_again(loop: Loop) -> None:
    for _ in range(2):
        loop.rounds(10)
        loop.answer()
        loop.rounds(1)
    assert [stall.over for stall in loop.stalls] == [False, True, False, True]


def test_a_computer_that_slept_is_no_stall(loop: Loop) -> None:
    loop.rounds(1)
    loop.rounds(1, passed_s=3600.0)
    loop.answer()
    loop.rounds(1)
    assert loop.stalls == []


def test_native_code_that_held_every_thread_is_a_stall(loop: Loop) -> None:
    loop.rounds(1)
    loop.rounds(1, passed_s=3.0, worked_s=2.9)
    assert [stall.seconds >= STALL_S for stall in loop.stalls] == [True]


def test_a_loop_that_is_gone_is_no_stall(loop: Loop) -> None:
    loop.dog.forget(loop.watched)
    loop.rounds(20)
    assert loop.stalls == []


def test_a_loop_that_is_closed_while_it_is_asked_does_no_harm() -> None:
    def closed(_: Callable[[], None]) -> None:
        raise RuntimeError("Event loop is closed")

    assert Watched("host", 0, closed).look(0.0) is None


async def test_a_running_loop_answers_the_thread_that_watches_it() -> None:
    stalls: list[Stall] = []
    dog = Watchdog(stalls.append)
    running, asked = asyncio.get_running_loop(), asyncio.Event()

    def ask(answer: Callable[[], None]) -> None:
        running.call_soon_threadsafe(answer)
        running.call_soon_threadsafe(asked.set)

    dog.watch(Watched("host", threading.get_ident(), ask))
    await asked.wait()
    await asyncio.to_thread(dog.close)
    assert stalls == []


def test_stalls_are_noted_for_the_report(home: Path) -> None:
    care = CrashCare(home)
    care.recorder.folder.mkdir(parents=True)
    care._stalled(Stall("window", 1.0, False, ("  a.py:1 in f",)))
    care._stalled(Stall("window", 2.34, True))
    notes = care.recorder.notes_path.read_text()
    assert "The window did not answer for over 1 s\n  a.py:1 in f\n" in notes
    assert "The window answers again, after 2.3 s" in notes


async def test_an_error_that_no_task_of_the_host_waits_for_is_noted(home: Path) -> None:
    care = CrashCare(home)
    care.recorder.folder.mkdir(parents=True)
    running = asyncio.get_running_loop()
    running.default_exception_handler = lambda context: None  # type: ignore[method-assign]  # it would only log
    care.watch_loop(running)
    try:
        running.call_exception_handler({"message": PROMPT, "exception": ValueError(PROMPT)})
        running.call_exception_handler({"message": PROMPT})
    finally:
        await asyncio.to_thread(care.close)
        running.set_exception_handler(None)
    notes = care.recorder.notes_path.read_text()
    assert "Error in the host\nValueError" in notes
    assert PROMPT not in notes


def test_a_run_that_ended_badly_is_remembered_until_it_was_told(home: Path) -> None:
    (home / "run").mkdir()
    CrashCare(home).begin_run()
    care = CrashCare(home)
    care.begin_run()
    assert care.bad_end is not None
    care.end_run()
    care.begin_run()  # the profile is opened once more in the same run
    assert care.bad_end is not None
