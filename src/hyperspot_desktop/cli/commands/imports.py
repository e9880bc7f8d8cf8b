"""``hyperspot import``: histories of this and other programs; shown first, stored when one says so."""

from __future__ import annotations

import argparse

from hyperspot_desktop.cli.output import day_text
from hyperspot_desktop.cli.session import CommandSession
from modules.portability.contract import HistorySource, ImportPreview, PortabilityClient, PreviewedConversation

_SHOWN = 20
_NAMES = {
    HistorySource.HYPERSPOT: "HyperSpot",
    HistorySource.CHATGPT: "ChatGPT",
    HistorySource.CLAUDE: "Claude",
    HistorySource.OPEN_WEBUI: "Open WebUI",
    HistorySource.LM_STUDIO: "LM Studio",
    HistorySource.JAN: "Jan",
    HistorySource.GPT4ALL: "GPT4All",
}


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "import", parents=[common], help="bring in an export of this program, ChatGPT, Claude, Open WebUI, ..."
    )
    parser.add_argument("path", help="a file, a ZIP or a folder")
    parser.add_argument("--yes", action="store_true", help="store it; without this it is only checked and shown")
    parser.set_defaults(run=run_import)


async def run_import(session: CommandSession, args: argparse.Namespace) -> int:
    portability = session.hub.get(PortabilityClient)
    path = session.path(args.path)
    if not args.yes:
        preview = await portability.preview(session.ctx, path)
        session.out.json(preview)
        _show(session, preview)
        session.out.line(f"Nothing is stored yet. To import it: hyperspot import {args.path} --yes")
        return 0
    report = await portability.import_history(session.ctx, path)
    session.out.json(report)
    session.out.line(
        f"Imported from {_NAMES[report.source]}: {len(report.created)} new conversations, {report.extended} extended, "
        f"{report.messages_added} messages added, {report.messages_known} known already, {report.settings} settings, "
        f"{report.collections} collections."
    )
    for note in report.notes:
        session.out.line(f"Left out: {note}")
    return 0


def _show(session: CommandSession, preview: ImportPreview) -> None:
    out = session.out
    out.line(
        f"{_NAMES[preview.source]}: {len(preview.conversations)} conversations ({preview.new_conversations} new), "
        f"{preview.messages} messages ({preview.new_messages} new), {preview.settings} settings"
    )
    if preview.conversations:
        first = min(one.first_at for one in preview.conversations)
        last = max(one.last_at for one in preview.conversations)
        out.line(f"From {day_text(first)} to {day_text(last)}")
        out.table(
            ("last", "messages", "new", "title"),
            [_row(one) for one in preview.conversations[:_SHOWN]],
        )
    if (more := len(preview.conversations) - _SHOWN) > 0:
        out.line(f"... and {more} more")
    for one in preview.collections:
        out.line(f"Collection {one.name}: {', '.join(one.sources) or 'no sources'}")
    for note in preview.notes:
        out.line(f"Would be left out: {note}")


def _row(one: PreviewedConversation) -> tuple[str, str, str, str]:
    return day_text(one.last_at), str(one.messages), str(one.messages - one.known), one.title or "Untitled"
