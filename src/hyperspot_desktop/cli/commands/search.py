"""``hyperspot search``: what is found in the documents."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, date, datetime

from hyperspot_desktop.cli.session import CommandSession, UsageError
from modules.local_search_index.contract import MATCH_END, MATCH_START, Hit, SearchFilter, SearchMode
from modules.rag.contract import Findings, Query, RagClient

_PREVIEW = 160


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    search = commands.add_parser("search", parents=[common], help="find passages in your documents")
    search.add_argument("text", help='words, "exact phrases", begin*')
    search.add_argument("--collection", metavar="NAME", action="append", default=[], help="only in this collection")
    search.add_argument("--mode", choices=[mode.value for mode in SearchMode], default=SearchMode.HYBRID.value)
    search.add_argument("-k", type=int, default=10, metavar="N", help="how many passages (default 10)")
    search.add_argument("--offset", type=int, default=0, metavar="N", help="leave out the first N")
    search.add_argument("--type", metavar="ENDING", action="append", default=[], help="only files of this type: pdf")
    search.add_argument("--language", metavar="TAG", action="append", default=[], help="only this language: en")
    search.add_argument("--file", metavar="PART", default="", help="only files with this in their name")
    search.add_argument("--path", metavar="FOLDER", help="only below this folder")
    search.add_argument("--since", metavar="DATE", help="only files changed on this day or later: 2026-01-31")
    search.add_argument("--until", metavar="DATE", help="only files changed before this day")
    search.add_argument("--explain", action="store_true", help="say why each passage was found")
    search.set_defaults(run=run)


async def run(session: CommandSession, args: argparse.Namespace) -> int:
    query = Query(
        text=args.text,
        collections=tuple(args.collection),
        mode=SearchMode(args.mode),
        k=args.k,
        offset=args.offset,
        filter=_filter(session, args),
    )
    found = await session.hub.get(RagClient).search(session.ctx, query)
    session.out.json(found)
    if found.note:
        session.out.note(found.note)
    if not found.hits:
        session.out.line("Nothing found.")
    for number, hit in enumerate(found.hits, start=args.offset + 1):
        _print_hit(session, number, hit, explain=args.explain)
    _explain_all(session, found, explain=args.explain)
    return 0


def _filter(session: CommandSession, args: argparse.Namespace) -> SearchFilter:
    return SearchFilter(
        types=tuple(one.lstrip(".").lower() for one in args.type),
        languages=tuple(one.lower() for one in args.language),
        file_name=args.file,
        path_prefix="" if args.path is None else os.path.normpath(session.path(args.path)),
        modified_from=None if args.since is None else _day(args.since),
        modified_before=None if args.until is None else _day(args.until),
    )


def _day(text: str) -> datetime:
    """The first moment of a day where the user is."""
    try:
        day = date.fromisoformat(text)
    except ValueError as err:
        raise UsageError(f"{text!r} is not a date.", action="Write it like 2026-01-31.") from err
    return datetime(day.year, day.month, day.day).astimezone().astimezone(UTC)


def _print_hit(session: CommandSession, number: int, hit: Hit, *, explain: bool) -> None:
    passage = hit.passage
    place = f", page {passage.place.page}" if passage.place.page else ""
    headings = f"  {' › '.join(passage.heading_path)}" if passage.heading_path else ""
    session.out.line(f"{number}. {_one_line(passage.document.path)}{place}{headings}")
    snippet = hit.snippet.replace(MATCH_START, "«").replace(MATCH_END, "»")
    session.out.line(f"   {_one_line(snippet or passage.text[:_PREVIEW])}")
    if explain:
        stages = ", ".join(f"{one.stage.value} rank {one.rank} ({one.score:.3f})" for one in hit.stages)
        words = f"; words: {', '.join(hit.why.words)}" if hit.why.words else ""
        session.out.line(f"   why: {stages}{words}; fused {hit.score:.4f}")


def _explain_all(session: CommandSession, found: Findings, *, explain: bool) -> None:
    if explain and found.any_word:
        session.out.note("Too few passages had all the words, so those with some of them follow.")
    if found.more:
        session.out.note("There are more: use -k or --offset.")


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", errors="replace").decode().split())
