"""Run one parsed command against a running host: for this process, or for one that asked through the control socket."""

from __future__ import annotations

import argparse
from pathlib import Path

from loguru import logger

from hyperspot_desktop.cli.output import Output
from hyperspot_desktop.cli.parser import ParserExit, parse
from hyperspot_desktop.cli.session import CommandSession, UsageError, exit_code
from hyperspot_desktop.control import CommandIO, RunCommand
from modkit.client_hub import ClientHub
from modkit.errors import HyperSpotError
from modkit.security import SecurityContext


async def run_command(
    hub: ClientHub, home: Path, args: argparse.Namespace, io: CommandIO, *, stdin: str | None, cwd: Path
) -> int:
    """The command's exit code; its errors are printed, never raised."""
    out = Output(io, as_json=args.json)
    session = CommandSession(hub, SecurityContext.local_user(), home, io, out, stdin, cwd)
    try:
        code: int = await args.run(session, args)
    except HyperSpotError as err:
        out.error(err)
        code = exit_code(err)
    except Exception:
        logger.exception("command failed")
        out.error(HyperSpotError("Something unexpected went wrong.", action=f"Look into {home / 'logs'}."))
        code = 1
    await io.flush()
    return code


def forwarded(hub: ClientHub, home: Path) -> RunCommand:
    """What the control server calls for each command line that arrives."""

    async def run(argv: list[str], io: CommandIO, stdin: str | None, cwd: Path) -> int:
        try:
            args = parse(argv)
        except ParserExit as stop:
            (io.out if stop.code == 0 else io.err)(stop.text)
            return stop.code
        if not hasattr(args, "run"):
            Output(io, as_json=args.json).error(UsageError("This command runs only in its own process."))
            return 2
        return await run_command(hub, home, args, io, stdin=stdin, cwd=cwd)

    return run
