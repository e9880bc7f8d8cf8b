"""``hyperspot keys``: what leads to the data, its passphrase, and whether every start asks for it.

They work on the keys folder alone, so they need neither the home's lock nor a window that answers.
"""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from loguru import logger

from hyperspot_desktop.cli.output import Output
from hyperspot_desktop.control import CommandIO
from hyperspot_desktop.profile import resolve_home

if TYPE_CHECKING:
    from modkit.keys import KeyReport, KeyStore

RunAlone = Callable[[argparse.Namespace, CommandIO], Awaitable[int]]
_WAYS = {
    "keyring": "the keyring of the operating system",
    "file": "a key file that only your account can read",
    "passphrase": "the passphrase",
    "recovery": "the recovery code",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("keys", parents=[common], help="what opens your data: keyring, passphrase, code")
    parser.set_defaults(run_alone=_quietly(run_status))
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=type(parser))
    verbs.add_parser("status", parents=[common], help="what leads to your data now").set_defaults(
        run_alone=_quietly(run_status)
    )
    passphrase = verbs.add_parser(
        "passphrase", parents=[common], help="set, change or remove the passphrase; asked at the terminal or piped in"
    )
    passphrase.add_argument("--remove", action="store_true", help="the passphrase no longer opens anything")
    passphrase.set_defaults(run_alone=_quietly(run_passphrase))
    ask = verbs.add_parser("ask", parents=[common], help="whether every start asks for the passphrase")
    ask.add_argument("when", choices=("always", "never"), help="always: the keyring no longer opens your data")
    ask.set_defaults(run_alone=_quietly(run_ask))
    verbs.add_parser(
        "unlock", parents=[common], help="with passphrase or recovery code, where the keyring was lost or reset"
    ).set_defaults(run_alone=_quietly(run_unlock))


async def run_status(args: argparse.Namespace, io: CommandIO) -> int:
    _say(Output(io, as_json=args.json), await _store(args).report())
    return 0


async def run_passphrase(args: argparse.Namespace, io: CommandIO) -> int:
    from hyperspot_desktop.cli.secrets import asked, at_terminal
    from hyperspot_desktop.cli.session import UsageError

    store = await _confirmed(args)
    passphrase = None if args.remove else await asked("New passphrase")
    if passphrase is not None and at_terminal() and await asked("The same again") != passphrase:
        raise UsageError("The two are not the same.", action="Nothing was changed; try again.")
    await store.set_passphrase(passphrase)
    _say(Output(io, as_json=args.json), await store.report())
    return 0


async def run_ask(args: argparse.Namespace, io: CommandIO) -> int:
    store = await _confirmed(args)
    await store.ask_at_start(args.when == "always")
    _say(Output(io, as_json=args.json), await store.report())
    return 0


async def run_unlock(args: argparse.Namespace, io: CommandIO) -> int:
    from hyperspot_desktop.cli.secrets import unlocked

    store = _store(args)
    await unlocked(store)
    _say(Output(io, as_json=args.json), await store.report())
    return 0


def _quietly(run: RunAlone) -> RunAlone:
    """Nobody set a log up, and what would be logged is printed as the command's result."""

    async def quiet(args: argparse.Namespace, io: CommandIO) -> int:
        logger.disable("modkit.keys")
        try:
            return await run(args, io)
        finally:
            logger.enable("modkit.keys")

    return quiet


async def _confirmed(args: argparse.Namespace) -> KeyStore:
    """The unlocked key; who changes how it is protected has to know the passphrase, where there is one."""
    from hyperspot_desktop.cli.secrets import asked

    store = _store(args)
    report = await store.report(ask_keyring=False)
    if "passphrase" in report.wraps:
        await store.unlock(await asked("Current passphrase or recovery code"))
    else:
        await store.open()
    return store


def _store(args: argparse.Namespace) -> KeyStore:
    from modkit.keys import KeyStore

    return KeyStore(resolve_home(args.home))


def _say(out: Output, report: KeyReport) -> None:
    out.json(report)
    out.line(report.sentence)
    if report.wraps:
        out.line(f"It opens with: {', '.join(_WAYS[way] for way in report.wraps)}.")
    if report.exists and not report.code_kept:
        out.line("You have not said yet that the recovery code is kept: hyperspot recovery-code makes a new one.")
    if report.action:
        out.line(f"  → {report.action}")
