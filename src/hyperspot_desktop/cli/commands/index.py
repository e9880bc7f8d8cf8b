"""``hyperspot index``: collections of documents, how they are read, and the state of every file."""

from __future__ import annotations

import argparse
from uuid import UUID

from hyperspot_desktop.cli.commands.index_texts import print_overviews, print_pace, print_report
from hyperspot_desktop.cli.commands.jobs import follow_quietly
from hyperspot_desktop.cli.output import to_plain
from hyperspot_desktop.cli.session import Command, CommandSession, UsageError
from modules.jobs_manager.contract import JobsClient
from modules.rag.contract import CollectionNotFound, Pace, RagClient

_COUNTED = ("files found", "found"), ("read", "read"), ("moved", "moved"), ("removed", "removed")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("index", parents=[common], help="add folders and files, and see what was read")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")

    def verb(name: str, run: Command, text: str, *, named: bool = True) -> argparse.ArgumentParser:
        parser = verbs.add_parser(name, parents=[common], help=text)
        parser.set_defaults(run=run)
        if named:
            parser.add_argument("--collection", metavar="NAME", required=True)
        return parser

    adding = verb("add", run_add, "read files and folders, or only what changed in them")
    adding.add_argument("paths", nargs="+", metavar="PATH")
    adding.add_argument("--watch", action="store_true", help="from now on notice changes while the program runs")
    watching = verb("watch", run_watch, "notice changes in a source while the program runs, or no longer")
    watching.add_argument("path", metavar="PATH", help="what was added")
    watching.add_argument("--off", action="store_true", help="no longer")
    status = verb("status", run_status, "all collections in numbers, and what is being done", named=False)
    status.add_argument("--trash", action="store_true", help="those in the trash")
    verb("report", run_report, "the state of every file, and its reason")
    retrying = verb("retry", run_retry, "try again what could not be read, or just these files")
    retrying.add_argument("paths", nargs="*", metavar="PATH")
    verb("rebuild", run_rebuild, "read every file again")
    renaming = verb("rename", run_rename, "give a collection another name")
    renaming.add_argument("name", metavar="NEW_NAME")
    removing = verb("remove", run_remove, "forget a source, or put a collection into the trash; files stay")
    removing.add_argument("path", nargs="?", metavar="PATH", help="what was added; without it, the whole collection")
    restoring = verb("restore", run_restore, "take a collection out of the trash", named=False)
    restoring.add_argument("name", help="its name or id")
    deleting = verb("delete", run_delete, "forget a collection of the trash for ever; files stay", named=False)
    deleting.add_argument("name", help="its name or id")
    verb("pause", run_pause, "read nothing until resumed, also after a restart", named=False)
    verb("resume", run_resume, "go on reading", named=False)
    pace = verb("pace", run_pace, "how much of this computer reading may take", named=False)
    pace.add_argument("pace", nargs="?", choices=[one.value for one in Pace])


async def run_add(session: CommandSession, args: argparse.Namespace) -> int:
    paths = [session.path(path) for path in args.paths]
    job_id = await session.hub.get(RagClient).add(session.ctx, args.collection, paths, watch=args.watch)
    return await _report_of_job(session, job_id, args.collection)


async def run_watch(session: CommandSession, args: argparse.Namespace) -> int:
    path, watched = session.path(args.path), not args.off
    await session.hub.get(RagClient).set_watched(session.ctx, args.collection, path, watched)
    session.out.json({"source": path, "watched": watched})
    if watched:
        session.out.line(f"Changes in {path} are noticed while the program runs.")
    else:
        session.out.line(f"Changes in {path} are no longer noticed. What was read stays.")
    return 0


async def run_retry(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    wanted = {session.path(path) for path in args.paths}
    found = (await rag.report(session.ctx, args.collection)).files if wanted else ()
    ids = {one.path: one.id for one in found if one.path in wanted}
    if missing := wanted - ids.keys():
        raise UsageError(
            f"{min(missing)} is not in {args.collection!r}.", action="See what is in it: hyperspot index report"
        )
    job_id = await rag.retry(session.ctx, args.collection, tuple(ids.values()))
    return await _report_of_job(session, job_id, args.collection)


async def run_rebuild(session: CommandSession, args: argparse.Namespace) -> int:
    job_id = await session.hub.get(RagClient).rebuild(session.ctx, args.collection)
    return await _report_of_job(session, job_id, args.collection)


async def run_status(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    overviews, pace = await rag.overview(session.ctx, trashed=args.trash), await rag.pace(session.ctx)
    session.out.json({"pace": pace, "collections": overviews})
    print_overviews(session.out, overviews, trash=args.trash)
    print_pace(session.out, pace)
    return 0


async def run_report(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    report, pace = await rag.report(session.ctx, args.collection), await rag.pace(session.ctx)
    overviews = await rag.overview(session.ctx)
    now = next((one for one in overviews if one.collection.id == report.collection.id), None)
    # The report's own fields stay where they are; what happens now stands beside them.
    session.out.json(to_plain(report) | {"pace": pace, "now": now})
    print_report(session.out, report)
    if now is not None and now.doing:
        session.out.line(now.doing)
    return 0


async def run_rename(session: CommandSession, args: argparse.Namespace) -> int:
    renamed = await session.hub.get(RagClient).rename(session.ctx, args.collection, args.name)
    session.out.json(renamed)
    session.out.line(f"{args.collection} is now called {renamed.name}.")
    return 0


async def run_remove(session: CommandSession, args: argparse.Namespace) -> int:
    path = None if args.path is None else session.path(args.path)
    forgotten = await session.hub.get(RagClient).remove(session.ctx, args.collection, path)
    session.out.json({"removed": path or args.collection, "files": forgotten})
    if path is not None:
        session.out.line(f"Forgotten: {forgotten} files. Nothing on the disk was touched.")
    else:
        session.out.line(f"In the trash: {forgotten} files. Nothing on the disk was touched.")
        session.out.note(f"Within 30 days: hyperspot index restore {args.collection!r}")
    return 0


async def run_restore(session: CommandSession, args: argparse.Namespace) -> int:
    rag = session.hub.get(RagClient)
    restored = await rag.restore(session.ctx, await _in_trash(session, args.name))
    session.out.json(restored)
    session.out.line(f"{restored.name} is back.")
    return 0


async def run_delete(session: CommandSession, args: argparse.Namespace) -> int:
    collection_id = await _in_trash(session, args.name)
    erased = await session.hub.get(RagClient).delete_for_ever(session.ctx, collection_id)
    session.out.json({"deleted": collection_id, "no_trace_left": erased})
    session.out.line("Forgotten for ever; your files stay. Backups made before still have it until they are replaced.")
    if not erased:
        session.out.note("Its last traces in the database could not be removed yet; that is done later, by itself.")
    return 0


async def run_pause(session: CommandSession, args: argparse.Namespace) -> int:
    return await _set_pace(session, None, paused=True)


async def run_resume(session: CommandSession, args: argparse.Namespace) -> int:
    return await _set_pace(session, None, paused=False)


async def run_pace(session: CommandSession, args: argparse.Namespace) -> int:
    return await _set_pace(session, None if args.pace is None else Pace(args.pace), paused=None)


async def _set_pace(session: CommandSession, pace: Pace | None, *, paused: bool | None) -> int:
    rag = session.hub.get(RagClient)
    changes = pace is not None or paused is not None
    now = await (rag.set_pace(session.ctx, pace=pace, paused=paused) if changes else rag.pace(session.ctx))
    session.out.json(now)
    print_pace(session.out, now)
    return 0


async def _in_trash(session: CommandSession, name: str) -> UUID:
    """The id of what is in the trash under this name (the newest of several) or id."""
    thrown = await session.hub.get(RagClient).overview(session.ctx, trashed=True)
    found = [one.collection.id for one in thrown if name in (one.collection.name, str(one.collection.id))]
    if not found:
        raise CollectionNotFound(name)
    return found[-1]


async def _report_of_job(session: CommandSession, job_id: UUID, collection: str) -> int:
    rag, jobs = session.hub.get(RagClient), session.hub.get(JobsClient)
    if (pace := await rag.pace(session.ctx)).paused:
        session.out.json({"job": await jobs.get(session.ctx, job_id), "pace": pace})
        print_pace(session.out, pace)
        return 0
    code = await follow_quietly(session, job_id)
    job = await jobs.get(session.ctx, job_id)
    report = await rag.report(session.ctx, collection)
    session.out.json({"job": job, "report": report})
    print_report(session.out, report)
    if job.result.get("note"):
        session.out.note(str(job.result["note"]))
    if code == 0:
        counted = [f"{job.result.get(key, 0)} {text}" for text, key in _COUNTED]
        session.out.line(", ".join([*counted, f"{job.result.get('embedded', 0)} passages embedded"]))
    return code
