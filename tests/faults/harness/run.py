"""Breaks scenarios until the time is over or the asked numbers are reached."""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path

from tests.faults.harness import calls, memory
from tests.faults.harness.calls import FAILURES, KILL
from tests.faults.harness.report import KINDS, Report
from tests.faults.harness.scenario import Scenario
from tests.faults.harness.trials import Trials

_CUTS_AT_ONCE = 50
_CUTS_PER_KILL = 20
"""Where the power of a scenario can be cut; with it ten thousand cuts go with nine hundred kills."""
_KILLS_PER_MINUTE = 60
"""At random moments; as many again are aimed at calls."""
_ROUND_KILLS = 5
_SELDOM = 4
_TOLD_EVERY_S = 60.0
_STRIDE = 5
"""Through the kinds of failing calls, so that already the first few are different ones."""


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
    networks: int = 0
    memories: int = 0
    share: tuple[int, int] = (0, 1)

    @property
    def needs_calls(self) -> bool:
        return self.minutes is not None or any((self.calls, self.call_kills, self.spread_kills, self.clocks))


def run(scenarios: Sequence[Scenario], amount: Amount, seed: int) -> Report:
    """Break every scenario; in a folder in memory where there is one, so that flushing costs nothing."""
    started, report = time.monotonic(), Report(seed)
    in_memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="hyperspot-faults-", dir=in_memory if in_memory.is_dir() else None
    ) as folder:
        short = amount.minutes is None and amount.cuts <= _CUTS_AT_ONCE
        trials = [Trials(scenario, Path(folder) / scenario.name, report, short=short) for scenario in scenarios]
        for one in trials:
            one.prepare()
        gc.collect()
        gc.freeze()  # forks copy what a collection would touch
        if not calls.active() and amount.needs_calls:
            report.left_out.append(calls.why_not() or "failing calls: the library was not loaded")
        if amount.minutes is None:
            for one in trials:
                _some(one, amount)
        else:
            _until(trials, amount.minutes, started + amount.minutes * 60, amount.share)
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
    for number in range(amount.networks if one.scenario.network else 0):
        one.network(number)
    for number in range(0 if memory.why_not() else amount.memories):
        one.memory(number)
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


def _until(trials: Sequence[Trials], minutes: float, end: float, share: tuple[int, int]) -> None:
    """A little of everything in turn, so that a run of any length has tried all kinds."""
    if calls.active():
        trials[0].report.calls_complete = {one.scenario.name: False for one in trials}
    rounds = max(2, round(minutes * _KILLS_PER_MINUTE / len(trials) / _ROUND_KILLS))
    told_at = time.monotonic()
    for round_of_one in cycle([_rounds(one, rounds, share) for one in trials]):
        for _ in next(round_of_one):
            now = time.monotonic()
            if now >= end:
                return
            if share[0] == 0 and now >= told_at + _TOLD_EVERY_S:
                told_at = now
                _tell(trials[0].report, minutes - (end - now) / 60, minutes, share[1])


def _tell(report: Report, gone: float, minutes: float, programs: int) -> None:
    """How far the first of the programs is; the others are about as far."""
    done = ", ".join(f"{count} {kind}" for kind in KINDS if (count := report.trials(kind)))
    wrong = f"{len(report.problems)} wrong"
    print(f"{gone:.0f} of {minutes:.0f} minutes, the first of {programs}: {done}; {wrong}", file=sys.stderr, flush=True)


def _rounds(one: Trials, rounds: int, share: tuple[int, int]) -> Iterator[Iterator[None]]:
    """Round after round; after four fifths of ``rounds`` every call has failed, so that a slow moment costs none."""
    failing = one.every_call(share) if calls.active() else iter(())
    calls_in_round = -(-one.count_every_call() // (rounds * 4 // 5)) if calls.active() else 0
    for number in count(*share):
        yield _round(one, number, seldom=number // share[1] % _SELDOM == 0)
        yield islice(failing, calls_in_round)


def _round(one: Trials, number: int, *, seldom: bool) -> Iterator[None]:
    """Some kills and power cuts, now and then the rest; a step for each."""
    if seldom:
        yield from _seldom(one, number)
    for nth in range(number * _ROUND_KILLS, (number + 1) * _ROUND_KILLS):
        one.kill(nth)
        yield
    if one.scenario.database is not None:
        cuts = _ROUND_KILLS * _CUTS_PER_KILL
        one.power(number * cuts, cuts)
        yield
    if one.scenario.network:
        one.network(number)
        yield


def _seldom(one: Trials, number: int) -> Iterator[None]:
    one.freeze(number)
    yield
    if not memory.why_not():
        one.memory(number)
        yield
    if one.scenario.database is not None:
        one.flip(number)
        yield
        one.ruin(number)
        yield
    if calls.active():
        one.clock(number)
        yield
