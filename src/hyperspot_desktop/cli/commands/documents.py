"""``hyperspot search``: what is found in the documents."""

from __future__ import annotations

import argparse

from hyperspot_desktop.cli.session import CommandSession
from modules.local_search_index.contract import MATCH_END, MATCH_START, Hit, SearchMode
from modules.rag.contract import Findings, Query, RagClient

_PREVIEW = 160


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    search = commands.add_parser("search", parents=[common], help="find passages in your documents")
    search.add_argument("text", help='words, "exact phrases", begin*')
    search.add_argument("--collection", metavar="NAME", action="append", default=[], help="only in this collection")
    search.add_argument("--mode", choices=[mode.value for mode in SearchMode], default=SearchMode.HYBRID.value)
    search.add_argument("-k", type=int, default=10, metavar="N", help="how many passages (default 10)")
    search.add_argument("--explain", action="store_true", help="say why each passage was found")
    search.set_defaults(run=run_search)


async def run_search(session: CommandSession, args: argparse.Namespace) -> int:
    query = Query(text=args.text, collections=tuple(args.collection), mode=SearchMode(args.mode), k=args.k)
    found = await session.hub.get(RagClient).search(session.ctx, query)
    session.out.json(found)
    if found.note:
        session.out.note(found.note)
    if not found.hits:
        session.out.line("Nothing found.")
    for number, hit in enumerate(found.hits, start=1):
        _print_hit(session, number, hit, explain=args.explain)
    _explain_all(session, found, explain=args.explain)
    return 0


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


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", errors="replace").decode().split())
