"""``python -m tests.faults.harness``: breaks every scenario, prints the report, and fails when something was wrong."""

from __future__ import annotations

import argparse
import os
import random
import sys

from loguru import logger

from tests.faults.harness import calls
from tests.faults.harness.run import Amount, run
from tests.faults.scenarios import SCENARIOS


def main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    if not calls.active() and (library := calls.preloaded()):
        # The library has to be there when a program starts.
        os.execve(sys.executable, [sys.executable, "-m", "tests.faults.harness", *arguments], os.environ | library)
    logger.remove()
    chosen = [SCENARIOS[name]() for name in given.scenario or SCENARIOS]
    seed = random.SystemRandom().randrange(2**32) if given.seed is None else given.seed
    print(f"seed {seed}", file=sys.stderr, flush=True)
    amount = Amount(
        given.minutes, given.kills, given.cuts, given.calls, given.call_kills, given.flips, given.freezes, given.clocks
    )
    report = run(chosen, amount, seed)
    print(report.to_json() if given.json else report.table())
    return 1 if report.problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--minutes", type=float, help="go on for so long; without it, the numbers below decide")
    parser.add_argument("--seed", type=int, help="what a run before printed, to do the same again")
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS), help="only this one; repeatable")
    parser.add_argument("--json", action="store_true", help="print the report for programs")
    for name in ("kills", "cuts", "flips", "freezes", "clocks", "calls", "call-kills"):
        parser.add_argument(f"--{name}", type=int, default=0, help="for each scenario")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
