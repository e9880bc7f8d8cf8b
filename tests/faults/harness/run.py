"""Breaks scenarios until the time is over or the asked numbers are reached."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from tests.faults.harness import calls
from tests.faults.harness.calls import FAILURES, KILL
from tests.faults.harness.report import Report
from tests.faults.harness.scenario import Scenario
from tests.faults.harness.trials import Trials

_CUTS_AT_ONCE = 50
_CUTS_PER_ROUND = 10
_SELDOM = 10
_STRIDE = 5
"""Through the kinds of failing calls, so that already the first few are different ones."""
_CALLS_S = 1.5
_ALL_TRIED = object()


@dataclass(frozen=True, slots=True)
class Amount:
    """How much to break: a number of each kind for every scenario, or as many as go into ``minutes``.

    ``calls``: how many n-th calls fail, chosen by chance among all kinds; ``call_kills``: at how many of its file calls
    a scenario is killed, chosen by chance; ``spread_kills``: the same at even distances. By the minute, every call is
    tried. ``share``: of that many programs at work this is which.
    """

    minutes: float | None = None
    kills: int = 0
    cuts: int = 0
    calls: int = 0
    call_kills: int = 0
    spread_kills: int = 0
    flips: int = 0
    ruins: int = 0
    freezes: int = 0
    clocks: int = 0
    share: tuple[int, int] = (0, 1)


def run(scenarios: Sequence[Scenario], amount: Amount, seed: int) -> Report:
    """Break every scenario; in a folder in memory where there is one, so that flushing costs nothing."""
    started, report = time.monotonic(), Report(seed)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="hyperspot-faults-", dir=memory if memory.is_dir() else None) as folder:
        short = amount.minutes is None and amount.cuts <= _CUTS_AT_ONCE
        trials = [Trials(scenario, Path(folder) / scenario.name, report, short=short) for scenario in scenarios]
        for one in trials:
            one.prepare()
        gc.collect()
        gc.freeze()  # forks copy what a collection would touch
        if calls.active():
            report.calls_complete = {scenario.name: False for scenario in scenarios}
        elif amount.minutes is not None or amount.calls or amount.call_kills or amount.spread_kills or amount.clocks:
            report.left_out.append(calls.why_not() or "failing calls: the library was not loaded")
        if amount.minutes is None:
            for one in trials:
                _some(one, amount)
        else:
            _until(trials, started + amount.minutes * 60, amount.share)
    report.seconds = time.monotonic() - started
    return report


def _some(one: Trials, amount: Amount) -> None:
    for number in range(amount.kills):
        one.kill(number)
    if one.scenario.database is not None:
        for first in range(0, amount.cuts, _CUTS_AT_ONCE):
            one.power(first, min(_CUTS_AT_ONCE, amount.cuts - first))
        for number in range(amount.flips):
            one.flip(number)
        for number in range(amount.ruins):
            one.ruin(number)
    for number in range(amount.freezes):
        one.freeze(number)
    if not calls.active():
        return
    for number in range(amount.clocks):
        one.clock(number)
    for number in range(amount.calls):
        one.some_call(FAILURES[number * _STRIDE % len(FAILURES)], number)
    for number in range(amount.call_kills):
        one.some_call(KILL, number)
    if amount.spread_kills:
        one.spread_kills(amount.spread_kills)


def _until(trials: Sequence[Trials], end: float, share: tuple[int, int]) -> None:
    """A little of everything in turn, so that a run of any length has tried all kinds."""
    for step in cycle([_in_turn(one, share) for one in trials]):
        if time.monotonic() >= end:
            return
        next(step)


def _in_turn(one: Trials, share: tuple[int, int]) -> Iterator[None]:
    """One round after the other: a kill, power cuts, and failing calls for a while, until all failed."""
    every_call = _every_call(one, share) if calls.active() else iter(())
    for number in count(*share):
        if number // share[1] % _SELDOM == 0:
            yield from _seldom(one, number)
        one.kill(number)
        yield
        if one.scenario.database is not None:
            one.power(number * _CUTS_PER_ROUND, _CUTS_PER_ROUND)
            yield
        until = time.monotonic() + _CALLS_S
        while time.monotonic() < until and next(every_call, _ALL_TRIED) is not _ALL_TRIED:
            pass
        yield


def _seldom(one: Trials, number: int) -> Iterator[None]:
    one.freeze(number)
    yield
    if one.scenario.database is not None:
        one.flip(number)
        yield
        one.ruin(number)
        yield
    if calls.active():
        one.clock(number)
        yield


def _every_call(one: Trials, share: tuple[int, int]) -> Iterator[None]:
    """Let the first call fail, the second, and so on until all succeed."""
    first, step = share
    for failure in (KILL, *FAILURES):
        for nth in count(1 + first, step):
            if not one.call(failure, nth):
                break
            yield
    one.report.calls_complete[one.scenario.name] = True
