"""``dev.py build``: from a checkout to what people install."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from devtools.building import budget
from devtools.building.compare import fingerprints, hold_same
from devtools.building.frozen import freeze
from devtools.building.kinds import KINDS, Kind
from devtools.building.places import Places
from devtools.building.releasing.provenance import record
from devtools.building.releasing.sign import sign_command, verify_command
from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout
from devtools.system import PACKAGE_LIBRARIES, ensure_build_tools

_FREEZING_TOOLS = {"strip": "binutils", "cc": "gcc"}
COMMANDS = {"sign": sign_command, "verify": verify_command}
"""What is done with artefacts that are there already; they need nothing but this Python."""


def build(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Make the artefact that is asked for, or sign or verify what was made; the exit status.

    Raises:
        SetupError: something is missing, failed, or weighs too much.
    """
    if arguments and arguments[0] in COMMANDS:
        return COMMANDS[arguments[0]](Places(layout), console, arguments[1:])
    options = _parser().parse_args(arguments)
    places = Places(layout)
    if options.dry_run:
        return _rehearse(places, console, options.kind)
    options.hard_test |= options.all_tests
    options.test |= options.hard_test
    names = _tested_here() if options.all_tests else [options.kind]
    kinds = [KINDS[name] for name in names]
    if options.test and kinds[0].test is None:
        raise SetupError(f"There is no test of a system for {options.kind}.", "Leave --test out.")
    frozen = any(kind.stand_in is None for kind in kinds)
    tools = dict(_FREEZING_TOOLS if frozen else {})
    for kind in kinds:
        tools |= {**kind.tools, **(kind.test_tools if options.test else {})}
    ensure_build_tools(layout, console, tools, PACKAGE_LIBRARIES if frozen else ())
    for step in dict.fromkeys(step for kind in kinds for step in kind.before):
        step(places, console)
    again = options.again
    for name in names:
        _make(places, console, name, options, again=again)
        again = again or KINDS[name].stand_in is None
    return 0


def _tested_here() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.test and kind.system in ("", sys.platform)]


def _rehearse(places: Places, console: Console, name: str) -> int:
    rehearse = KINDS[name].rehearse
    if rehearse is None:
        raise SetupError(f"There is no dry run of {name}.", "Leave --dry-run out.")
    rehearse(places, console)
    return 0


def _make(places: Places, console: Console, name: str, options: argparse.Namespace, *, again: bool) -> None:
    """One artefact: made, compared, weighed, checked and tried, as the options say."""
    kind, started = KINDS[name], datetime.now(UTC)
    program = _program(kind, places, console, again=again)
    budget.print_sizes(console, program)
    if not options.over_budget:
        budget.hold("The installed program", budget.size_of(program), budget.INSTALLED_LIMIT_BYTES)
    made = kind.make(places, console, program)
    if options.twice:
        first = fingerprints(made)
        made = kind.make(places, console, _program(kind, places, console, again=options.again))
        hold_same(made.name, first, fingerprints(made))
        console.say(f"Two builds of {made.name} are the same, byte for byte.")
    console.say(f"{made} ({budget.size_of(made) / 1e6:.1f} MB)")
    if kind.limit_bytes is not None and not options.over_budget:
        budget.hold("The package", budget.size_of(made), kind.limit_bytes)
    for check in kind.check:
        check(places, console, made)
    record(places, name, program, made, started)
    if options.test and kind.test is not None:
        kind.test(places, console, made)
    if options.hard_test and kind.hard_test is not None:
        kind.hard_test(places, console, made)


def _program(kind: Kind, places: Places, console: Console, *, again: bool) -> Path:
    """What is packed: the frozen program, made anew or ``again`` as it lies there, or what stands for it."""
    if kind.stand_in is not None:
        return kind.stand_in(places, console)
    return places.frozen if again and places.frozen.is_dir() else freeze(places, console)


def _parser() -> argparse.ArgumentParser:
    kinds = "; ".join(f"{name}: {kind.about}" for name, kind in KINDS.items())
    more = f"{kinds}. Instead of a kind, sign signs what was made, and verify verifies it."
    parser = argparse.ArgumentParser(prog="dev.py build", description="Make what people install.", epilog=more)
    parser.add_argument("kind", nargs="?", choices=KINDS, default="deb", help="what to make (default: deb)")
    parser.add_argument("--test", action="store_true", help="try it, packages on a bare system (as root)")
    parser.add_argument("--hard-test", action="store_true", help="and also where things are not as they should be")
    parser.add_argument("--again", action="store_true", help="pack what was frozen before")
    parser.add_argument("--twice", action="store_true", help="build it (or pack it --again) twice and compare")
    parser.add_argument("--all-tests", action="store_true", help="make every kind that has a test here, and test it")
    parser.add_argument("--dry-run", action="store_true", help="only show how it would be made")
    parser.add_argument("--over-budget", action="store_true", help="only tell when it weighs too much")
    return parser
