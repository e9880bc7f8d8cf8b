"""``hyperspot recovery-code``: a new way back to the data, for when the old one was lost or seen."""

from __future__ import annotations

import argparse

from hyperspot_desktop.cli.session import CommandSession
from modkit.keys import KeyStore


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "recovery-code", parents=[common], help="make a new recovery code; the old one stops working"
    )
    parser.set_defaults(run=run)


async def run(session: CommandSession, args: argparse.Namespace) -> int:
    keys = session.hub.get(KeyStore)
    code = await keys.new_recovery_code()
    # Who asks for one at the command line keeps it.
    await keys.confirm_recovery_code()
    session.out.json({"recovery_code": code})
    session.out.line(f"{code}\nKeep it outside this computer. It is shown only now, and the old code no longer works.")
    return 0
