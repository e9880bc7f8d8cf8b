"""``hyperspot export``: conversations, or everything, as files that anybody can read."""

from __future__ import annotations

import argparse

from hyperspot_desktop.cli.commands.conversations import find_conversation
from hyperspot_desktop.cli.output import size_text
from hyperspot_desktop.cli.session import CommandSession, UsageError
from modules.portability.contract import ExportFormat, PortabilityClient


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    export = commands.add_parser("export", parents=[common], help="write conversations, or everything, into files")
    export.add_argument("id", nargs="*", help="conversations: ids, their starts, or last")
    export.add_argument("--all", action="store_true", help="all conversations that are not in the trash")
    export.add_argument(
        "--profile", action="store_true", help="one archive of all conversations, the trash, collections and settings"
    )
    export.add_argument(
        "--format",
        choices=[one.value for one in ExportFormat],
        default=ExportFormat.ARCHIVE.value,
        help="archive and json hold everything and can be imported; markdown, html and pdf are to be read (pdf: while "
        "the window is open)",
    )
    export.add_argument(
        "--output", metavar="PATH", required=True, help="a file, or a folder for several that are no archive"
    )
    export.add_argument("--force", action="store_true", help="replace a file that is there")
    export.set_defaults(run=run_export)


async def run_export(session: CommandSession, args: argparse.Namespace) -> int:
    if sum((bool(args.id), args.all, args.profile)) != 1:
        raise UsageError("It is not clear what to export.", action="Give ids, or --all, or --profile.")
    portability = session.hub.get(PortabilityClient)
    target, format_ = session.path(args.output), ExportFormat(args.format)
    if args.profile:
        if format_ is not ExportFormat.ARCHIVE:
            raise UsageError("A profile is exported as an archive.", action="Leave --format out, or give --all.")
        report = await portability.export_profile(session.ctx, target, replace=args.force)
    else:
        ids = [(await find_conversation(session, one)).id for one in args.id] if args.id else None
        report = await portability.export(session.ctx, target, format_, ids, replace=args.force)
    session.out.json(report)
    session.out.line(
        f"Written: {report.path}  {report.conversations} conversations, {report.messages} messages, "
        f"{size_text(report.size_bytes)}"
    )
    session.out.line("It is not encrypted: keep it where only you can read it.")
    return 0
