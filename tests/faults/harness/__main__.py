"""``python -m tests.faults.harness``: breaks every scenario, prints the report, and fails when something was wrong."""

from __future__ import annotations

import argparse
import importlib
import os
import random
import subprocess
import sys

from loguru import logger

from tests.faults.harness import calls
from tests.faults.harness.report import Report
from tests.faults.harness.run import Amount, run
from tests.faults.harness.scenario import Scenario
from tests.faults.scenarios import SCENARIOS

_AMOUNTS = (
    *("kills", "cuts", "flips", "ruins", "freezes", "clocks"),
    *("networks", "memories", "calls", "call-kills", "spread-kills"),
)
_PROGRAM = [sys.executable, "-m", "tests.faults.harness"]


def main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    if not calls.active() and (library := calls.preloaded()):
        # The library has to be there when a program starts.
        os.execve(sys.executable, [*_PROGRAM, *arguments], os.environ | library)
    logger.remove()
    seed = random.SystemRandom().randrange(2**32) if given.seed is None else given.seed
    if given.minutes is not None and given.share is None:
        print(f"seed {seed}", file=sys.stderr, flush=True)
        report = _shared(arguments, given.programs, seed)
    else:
        report = run([scenario(name) for name in given.scenario or SCENARIOS], _amount(given), seed)
    print(report.to_json() if given.json else report.table())
    return 1 if report.problems else 0


def scenario(name: str) -> Scenario:
    """One of ours by its name, or any other as ``package.module:Class``."""
    if name in SCENARIOS:
        return SCENARIOS[name]()
    module, _, attribute = name.partition(":")
    made: Scenario = getattr(importlib.import_module(module), attribute)()
    return made


def _shared(arguments: list[str], programs: int, seed: int) -> Report:
    """As many programs at once as there are processors; each takes its share of the numbers."""
    shares = [
        subprocess.Popen(
            [*_PROGRAM, *arguments, "--seed", str(seed), "--share", str(number), str(programs), "--json"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(programs)
    ]
    whole = Report(seed)
    for number, share in enumerate(shares):
        printed, _ = share.communicate()
        if not printed:
            whole.tally("harness", "kill").problems.append(f"program {number} ended with status {share.returncode}")
            continue
        whole.add(Report.from_json(printed))
    return whole


def _amount(given: argparse.Namespace) -> Amount:
    return Amount(
        given.minutes,
        kills=given.kills,
        cuts=given.cuts,
        calls=given.calls,
        call_kills=given.call_kills,
        spread_kills=given.spread_kills,
        flips=given.flips,
        ruins=given.ruins,
        freezes=given.freezes,
        clocks=given.clocks,
        networks=given.networks,
        memories=given.memories,
        share=tuple(given.share or (0, 1)),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--minutes", type=float, help="go on for so long; without it, the numbers below decide")
    parser.add_argument("--seed", type=int, help="what a run before printed, to do the same again")
    parser.add_argument("--scenario", action="append", help=f"only this one, repeatable: {', '.join(SCENARIOS)}")
    parser.add_argument("--programs", type=int, default=min(os.cpu_count() or 1, 8), help="how many work at once")
    parser.add_argument("--share", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="print the report for programs")
    for name in _AMOUNTS:
        parser.add_argument(f"--{name}", type=int, default=0, help="for each scenario")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
