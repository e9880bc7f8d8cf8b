"""``dev.py build``: from a checkout to what people install."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from devtools.building import budget
from devtools.building.compare import fingerprints, hold_same
from devtools.building.frozen import freeze
from devtools.building.kinds import KINDS
from devtools.building.places import Places
from devtools.building.provenance import record
from devtools.building.sign import sign_command, verify_command
from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout
from devtools.system import PACKAGE_LIBRARIES, ensure_build_tools

_FREEZING_TOOLS = {"strip": "binutils", "cc": "gcc"}
_COMMANDS = {"sign": sign_command, "verify": verify_command}


def build(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Make the artefact that is asked for; the exit status.

    Raises:
        SetupError: something is missing, failed, or weighs too much.
    """
    if arguments and arguments[0] in _COMMANDS:
        return _COMMANDS[arguments[0]](Places(layout), console, arguments[1:])
    options, started = _parser().parse_args(arguments), datetime.now(UTC)
    places = Places(layout)
    named = [name for name, kind in KINDS.items() if kind.test] if options.all_tests else [options.kind]
    kinds = [KINDS[name] for name in named]
    options.test |= options.all_tests
    if options.test and kinds[0].test is None:
        raise SetupError(f"There is no test of a system for {options.kind}.", "Leave --test out.")
    tools = dict(_FREEZING_TOOLS)
    for kind in kinds:
        tools |= {**kind.tools, **(kind.test_tools if options.test else {})}
    ensure_build_tools(layout, console, tools, PACKAGE_LIBRARIES)
    for step in dict.fromkeys(step for kind in kinds for step in kind.before):
        step(places, console)
    program = places.frozen if options.again and places.frozen.is_dir() else freeze(places, console)
    budget.print_sizes(console, program)
    if not options.over_budget:
        budget.hold("The installed program", budget.size_of(program), budget.INSTALLED_LIMIT_BYTES)
    for name in named:
        _make(places, console, name, program, options, started)
    return 0


def _make(
    places: Places, console: Console, name: str, program: Path, options: argparse.Namespace, started: datetime
) -> None:
    """One artefact of the frozen program: made, compared, weighed, checked and tried, as the options say."""
    kind = KINDS[name]
    made = kind.make(places, console, program)
    if options.twice:
        first = fingerprints(made)
        made = kind.make(places, console, program if options.again else freeze(places, console))
        hold_same(made.name, first, fingerprints(made))
        console.say(f"Two builds of {made.name} are the same, byte for byte.")
    console.say(f"{made} ({budget.size_of(made) / 1e6:.1f} MB)")
    if kind.limit_bytes is not None and not options.over_budget:
        budget.hold("The package", budget.size_of(made), kind.limit_bytes)
    for check in kind.check:
        check(places, console, made)
    if options.test and kind.test is not None:
        kind.test(places, console, made)
    record(places, name, program, made, started)


def _parser() -> argparse.ArgumentParser:
    kinds = "; ".join(f"{name}: {kind.about}" for name, kind in KINDS.items())
    more = f"{kinds}. Instead of a kind, sign signs what was made, and verify verifies it."
    parser = argparse.ArgumentParser(prog="dev.py build", description="Make what people install.", epilog=more)
    parser.add_argument("kind", nargs="?", choices=KINDS, default="deb", help="what to make (default: deb)")
    parser.add_argument("--test", action="store_true", help="try it, packages on a bare system (as root)")
    parser.add_argument("--again", action="store_true", help="pack what was frozen before")
    parser.add_argument("--twice", action="store_true", help="build it (or pack it --again) twice and compare")
    parser.add_argument("--all-tests", action="store_true", help="make every kind that has a test, and test it")
    parser.add_argument("--over-budget", action="store_true", help="only tell when it weighs too much")
    return parser
