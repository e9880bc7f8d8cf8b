"""``hyperspot config``: the effective configuration, with secrets hidden."""

from __future__ import annotations

import argparse
import asyncio

from hyperspot_desktop.cli.output import Output
from hyperspot_desktop.control import CommandIO


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("config", parents=[common], help="print the effective configuration")
    parser.set_defaults(run_alone=run)


async def run(args: argparse.Namespace, io: CommandIO) -> int:
    """Reads files and environment only; works whoever holds the home."""
    # Imported late: pydantic and YAML are not needed for --help or a forwarded command.
    from hyperspot_desktop.bootstrap import load_desktop_config
    from modkit.config.render import effective, render_effective

    config = await asyncio.to_thread(load_desktop_config, args.home, args.config, args.overrides, create_home=False)
    out = Output(io, as_json=args.json)
    out.json(effective(config))
    if not args.json:
        io.out(render_effective(config))
    return 0
