"""``hyperspot parse``: what a document says, as Markdown or with every block and its place."""

from __future__ import annotations

import argparse

from hyperspot_desktop.cli.session import CommandSession
from modules.file_parser.contract import FileParserClient, document_to_plain


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("parse", parents=[common], help="read a document and print it as Markdown or JSON")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--markdown", action="store_true", help="print Markdown (the default; with --json, add it)")
    parser.set_defaults(run=run)


async def run(session: CommandSession, args: argparse.Namespace) -> int:
    parser = session.hub.get(FileParserClient)
    document = await parser.parse(session.ctx, session.path(args.file))
    answer = {"document": document_to_plain(document)}
    session.out.json(answer | ({"markdown": parser.markdown(document)} if args.markdown else {}))
    if not session.out.as_json:
        session.io.out(parser.markdown(document))
    for note in document.notes:
        session.out.note(note)
    if document.needs_ocr:
        pages = ", ".join(map(str, document.pages_without_text))
        session.out.note(f"Without text, only character recognition could read them: page {pages}.")
    return 0
