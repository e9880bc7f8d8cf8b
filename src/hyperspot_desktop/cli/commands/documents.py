"""``hyperspot index`` and ``search``: collections of documents, their state, and what is found in them."""

from __future__ import annotations

import argparse
from uuid import UUID

from hyperspot_desktop.cli.commands.jobs import follow_quietly
from hyperspot_desktop.cli.session import CommandSession
from modules.jobs_manager.contract import JobsClient
from modules.local_search_index.contract import MATCH_END, MATCH_START, Hit, SearchMode
from modules.rag.contract import CoverageReport, FileState, Findings, Query, RagClient

_STATES = {
    FileState.QUEUED: "queued",
    FileState.INDEXED: "indexed",
    FileState.WITHOUT_VECTORS: "indexed without vectors yet",
    FileState.SKIPPED: "skipped",
    FileState.NEEDS_OCR: "needs OCR",
    FileState.UNREADABLE: "could not be read",
    FileState.AWAY: "away",
    FileState.REMOVED: "removed",
}
_PREVIEW = 160


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    _add_index(commands, common)
    search = commands.add_parser("search", parents=[common], help="find passages in your documents")
    search.add_argument("text", help='words, "exact phrases", begin*')
    search.add_argument("--collection", metavar="NAME", action="append", default=[], help="only in this collection")
    search.add_argument("--mode", choices=[mode.value for mode in SearchMode], default=SearchMode.HYBRID.value)
    search.add_argument("-k", type=int, default=10, metavar="N", help="how many passages (default 10)")
    search.add_argument("--explain", action="store_true", help="say why each passage was found")
    search.set_defaults(run=run_search)


def _add_index(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("index", parents=[common], help="add folders and files, and see what was read")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    adding = verbs.add_parser("add", parents=[common], help="read files and folders, or only what changed in them")
    adding.add_argument("paths", nargs="+", metavar="PATH")
    adding.set_defaults(run=run_add)
    status = verbs.add_parser("status", parents=[common], help="all collections in numbers")
    status.set_defaults(run=run_status)
    report = verbs.add_parser("report", parents=[common], help="the state of every file, and its reason")
    report.set_defaults(run=run_report)
    retry = verbs.add_parser("retry", parents=[common], help="try again what could not be read")
    retry.set_defaults(run=run_retry)
    remove = verbs.add_parser("remove", parents=[common], help="forget a source or a collection; files stay")
    remove.add_argument("path", nargs="?", metavar="PATH", help="what was added; without it, the whole collection")
    remove.set_defaults(run=run_remove)
    for parser in (adding, report, retry, remove):
        parser.add_argument("--collection", metavar="NAME", required=True)


async def run_add(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    job_id = await rag.add(session.ctx, args.collection, [session.path(path) for path in args.paths])
    return await _report_of_job(session, job_id, args.collection)


async def run_retry(session: CommandSession, args: argparse.Namespace) -> int:
    job_id = await session.hub.get(RagClient).retry(session.ctx, args.collection)
    return await _report_of_job(session, job_id, args.collection)


async def run_status(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    reports = [await rag.report(session.ctx, one.name) for one in await rag.collections(session.ctx)]
    session.out.json([{"collection": one.collection, "sources": one.sources, "counts": one.counts} for one in reports])
    if not reports:
        session.out.line("No collection yet. Make one: hyperspot index add FOLDER --collection NAME")
        return 0
    rows = [(one.collection.name, str(len(one.files)), str(one.passages), _counts(one)) for one in reports]
    session.out.table(("collection", "files", "passages", "states"), rows)
    return 0


async def run_report(session: CommandSession, args: argparse.Namespace) -> int:
    report = await session.hub.get(RagClient).report(session.ctx, args.collection)
    session.out.json(report)
    _print_report(session, report)
    return 0


async def run_remove(session: CommandSession, args: argparse.Namespace) -> int:
    path = None if args.path is None else session.path(args.path)
    forgotten = await session.hub.get(RagClient).remove(session.ctx, args.collection, path)
    session.out.json({"removed": path or args.collection, "files": forgotten})
    session.out.line(f"Forgotten: {forgotten} files. Nothing on the disk was touched.")
    return 0


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


async def _report_of_job(session: CommandSession, job_id: UUID, collection: str) -> int:
    code = await follow_quietly(session, job_id)
    job = await session.hub.get(JobsClient).get(session.ctx, job_id)
    report = await session.hub.get(RagClient).report(session.ctx, collection)
    session.out.json({"job": job, "report": report})
    _print_report(session, report)
    if job.result.get("note"):
        session.out.note(str(job.result["note"]))
    if code == 0:
        done = job.result
        session.out.line(
            f"{done['found']} files found, {done['read']} read, {done['moved']} moved, {done['removed']} removed, "
            f"{done['embedded']} passages embedded"
        )
    return code


def _print_report(session: CommandSession, report: CoverageReport) -> None:
    for source in report.sources:
        session.out.line(f"{source.path}{' (away)' if source.away else ''}")
    rows = [(_STATES[one.state], str(one.passages), _one_line(str(one.path)), one.reason) for one in report.files]
    if rows:
        session.out.table(("state", "passages", "file", "reason"), rows)
    session.out.line(f"{len(report.files)} files: {_counts(report)}")


def _counts(report: CoverageReport) -> str:
    return ", ".join(f"{count} {_STATES[state]}" for state, count in sorted(report.counts.items())) or "nothing"


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
