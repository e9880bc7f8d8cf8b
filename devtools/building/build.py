"""``dev.py build``: from a checkout to what people install."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from devtools.building import budget
from devtools.building.compare import fingerprints, hold_same
from devtools.building.frozen import freeze
from devtools.building.kinds import KINDS, Kind
from devtools.building.places import Places
from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout
from devtools.system import PACKAGE_LIBRARIES, ensure_build_tools

_FREEZING_TOOLS = {"strip": "binutils", "cc": "gcc"}


def build(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Make the artefact that is asked for; the exit status.

    Raises:
        SetupError: something is missing, failed, or weighs too much.
    """
    options = _parser().parse_args(arguments)
    places, kind = Places(layout), KINDS[options.kind]
    if options.test and kind.test is None:
        raise SetupError(f"There is no test of a system for {options.kind}.", "Leave --test out.")
    tools = {**({} if kind.stand_in else _FREEZING_TOOLS), **kind.tools, **(kind.test_tools if options.test else {})}
    ensure_build_tools(layout, console, tools, () if kind.stand_in else PACKAGE_LIBRARIES)
    for step in kind.before:
        step(places, console)
    program = _program(kind, places, console, again=options.again)
    budget.print_sizes(console, program)
    if not options.over_budget:
        budget.hold("The installed program", budget.size_of(program), budget.INSTALLED_LIMIT_BYTES)
    made = kind.make(places, console, program)
    if options.twice:
        first = fingerprints(made)
        made = kind.make(places, console, _program(kind, places, console, again=False))
        hold_same(made.name, first, fingerprints(made))
        console.say(f"Two builds of {made.name} are the same, byte for byte.")
    console.say(f"{made} ({budget.size_of(made) / 1e6:.1f} MB)")
    if kind.limit_bytes is not None and not options.over_budget:
        budget.hold("The package", budget.size_of(made), kind.limit_bytes)
    for check in kind.check:
        check(places, console, made)
    if options.test and kind.test is not None:
        kind.test(places, console, made)
        console.say("It installs, works for an ordinary user, and leaves nothing behind.")
    return 0


def _program(kind: Kind, places: Places, console: Console, *, again: bool) -> Path:
    if kind.stand_in is not None:
        return kind.stand_in(places, console)
    return places.frozen if again and places.frozen.is_dir() else freeze(places, console)


def _parser() -> argparse.ArgumentParser:
    kinds = "; ".join(f"{name}: {kind.about}" for name, kind in KINDS.items())
    parser = argparse.ArgumentParser(prog="dev.py build", description="Make what people install.", epilog=kinds)
    parser.add_argument("kind", nargs="?", choices=KINDS, default="deb", help="what to make (default: deb)")
    parser.add_argument("--test", action="store_true", help="install it on a bare system and use it (as root)")
    parser.add_argument("--again", action="store_true", help="pack what was frozen before")
    parser.add_argument("--twice", action="store_true", help="build it twice and compare every byte")
    parser.add_argument("--over-budget", action="store_true", help="only tell when it weighs too much")
    return parser
