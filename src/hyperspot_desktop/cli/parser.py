"""The whole grammar of ``hyperspot``, put together from the commands' own files."""

from __future__ import annotations

import argparse
import sys

from hyperspot_desktop.cli.commands import (
    ask,
    backup,
    chat,
    config,
    conversations,
    doctor,
    evaluate,
    exports,
    imports,
    index,
    jobs,
    keys,
    models,
    recovery_code,
    search,
    settings,
    trash,
)
from hyperspot_desktop.cli.commands import parse as parse_document
from hyperspot_desktop.version import app_version

_COMMANDS = (
    chat,
    conversations,
    trash,
    exports,
    imports,
    index,
    search,
    ask,
    evaluate,
    parse_document,
    models,
    jobs,
    settings,
    backup,
    keys,
    recovery_code,
    config,
    doctor,
)
"""In the order of ``--help``."""


class ParserExit(Exception):
    """The parser wants to end with this code after printing ``text``; raised instead of exiting the process.

    A command line that was forwarded to a running window must not end the window.
    """

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class _Parser(argparse.ArgumentParser):
    """Collects what argparse would print and raises ParserExit where it would exit."""

    def exit(self, status: int = 0, message: str | None = None) -> None:  # type: ignore[override]  # not NoReturn for mypy: it raises
        raise ParserExit(status, message or "")

    def error(self, message: str) -> None:  # type: ignore[override]  # as above
        raise ParserExit(2, f"{self.format_usage()}{self.prog}: {message}\n")

    def print_help(self, file: object = None) -> None:
        raise ParserExit(0, self.format_help())


def build_parser() -> argparse.ArgumentParser:
    """A parser whose namespace has ``run`` (or ``run_alone``), ``home`` and ``json``."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared = common.add_argument_group("everywhere")
    shared.add_argument("--home", metavar="DIR", help="the profile's folder (default ~/.hyperspot)")
    shared.add_argument("--json", action="store_true", help="print JSON, one document a line")
    shared.add_argument("--config", metavar="FILE", help="a YAML configuration file")
    shared.add_argument(
        "--set", metavar="KEY=VALUE", action="append", dest="overrides", help="override one configuration key"
    )
    parser = _Parser(
        prog="hyperspot",
        parents=[common],
        description="Chat with local models; everything stays on this computer.",
        epilog="Exit codes: 0 done, 1 failed, 2 wrong input, 3 not found, 4 conflict, 5 not allowed, 6 no space, "
        "130 stopped.",
    )
    parser.add_argument("--version", action="store_true", default=argparse.SUPPRESS, help="print the version")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    for command in _COMMANDS:
        command.add(commands, common)
    return parser


def parse(argv: list[str]) -> argparse.Namespace:
    """Read a command line.

    Raises:
        ParserExit: help or version was asked for, or the words are wrong.
    """
    parser = build_parser()
    args = parser.parse_args(_overrides_first(argv))
    if getattr(args, "version", False):
        raise ParserExit(0, f"hyperspot {app_version()} (Python {sys.version.split()[0]})\n")
    if hasattr(args, "settle"):
        # A command whose options decide whether it needs the modules.
        args.settle(args)
    if not hasattr(args, "run") and not hasattr(args, "run_alone"):
        raise ParserExit(2, parser.format_help())
    args.home = getattr(args, "home", None)
    args.json = getattr(args, "json", False)
    args.config = getattr(args, "config", None)
    args.overrides = getattr(args, "overrides", [])
    return args


def _overrides_first(argv: list[str]) -> list[str]:
    """Move every ``--set KEY=VALUE`` to the front: a subparser would replace those before the command, not add."""
    moved: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--set":
            moved += [word, *([value] if (value := next(words, None)) is not None else [])]
        else:
            (moved if word.startswith("--set=") else rest).append(word)
    return moved + rest
