"""``hyperspot jobs``: what runs in the background, and its switches."""

from __future__ import annotations

import argparse
import asyncio
import time
from dataclasses import replace
from uuid import UUID

from hyperspot_desktop.cli.output import day_text, duration_text, size_text
from hyperspot_desktop.cli.session import INTERRUPTED, CommandSession, UsageError, exit_code
from modkit.errors import RemoteError
from modules.jobs_manager.contract import Job, JobNotFound, JobProgress, JobsClient, JobState

_LINE_S = 0.5


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    group = commands.add_parser("jobs", parents=[common], help="list, show, cancel and resume background work")
    verbs = group.add_subparsers(title="verbs", required=True, metavar="VERB")
    listing = verbs.add_parser("list", parents=[common], help="newest first")
    listing.add_argument("--active", action="store_true", help="only what is not finished")
    listing.set_defaults(run=run_list)
    for verb, run, text in (
        ("show", run_show, "one job with its error or result"),
        ("cancel", run_cancel, "stop it and remove what it left"),
        ("resume", run_resume, "go on with a paused, or try a failed job again"),
    ):
        parser = verbs.add_parser(verb, parents=[common], help=text)
        parser.add_argument("id", help="an id or its unambiguous start")
        parser.set_defaults(run=run)


async def find_job(session: CommandSession, text: str) -> Job:
    """By id or by an unambiguous start of one."""
    jobs = session.hub.get(JobsClient)
    found = [job for job in await jobs.list(session.ctx, limit=10_000) if str(job.id).startswith(text.lower())]
    if not found:
        raise JobNotFound(text)
    if len(found) > 1:
        raise UsageError(f"{len(found)} jobs start with {text!r}.", action="Give more of the id.")
    return found[0]


def state_text(job: Job) -> str:
    """What is to be said of its progress now: speed and notes are of no interest once it has ended."""
    if job.state is JobState.SUCCEEDED:
        return ""
    ended = job.state in (JobState.FAILED, JobState.CANCELLED)
    return progress_text(replace(job.progress, per_second=None, seconds_left=None, note="") if ended else job.progress)


def progress_text(progress: JobProgress) -> str:
    """``62 % · 18 MB/s · 3 min left``, as far as it is known."""
    parts = []
    if progress.total:
        parts.append(f"{100 * progress.done / progress.total:.0f} %")
    if progress.per_second:
        in_bytes = progress.unit == "bytes"
        speed = size_text(progress.per_second) if in_bytes else f"{progress.per_second:.0f} {progress.unit}"
        parts.append(f"{speed}/s")
    if progress.seconds_left is not None:
        parts.append(f"{duration_text(progress.seconds_left)} left")
    if progress.note:
        parts.append(progress.note)
    return " · ".join(parts)


async def run_list(session: CommandSession, args: argparse.Namespace) -> int:
    jobs = await session.hub.get(JobsClient).list(session.ctx, active_only=args.active)
    session.out.json(jobs)
    if not jobs:
        session.out.line("Nothing to show.")
        return 0
    session.out.table(
        ("id", "state", "changed", "title", "progress"),
        [(str(job.id), job.state.value, day_text(job.updated_at), job.title, state_text(job)) for job in jobs],
    )
    return 0


async def run_show(session: CommandSession, args: argparse.Namespace) -> int:
    job = await find_job(session, args.id)
    session.out.json(job)
    session.out.line(f"{job.title}\n{job.state.value}  {state_text(job)}".rstrip())
    if job.error is not None:
        session.out.line(f"{job.error.get('sentence', '')}\n  → {job.error.get('action', '')}")
    for name, value in job.result.items():
        session.out.line(f"{name}: {value}")
    return 0


async def run_cancel(session: CommandSession, args: argparse.Namespace) -> int:
    job = await session.hub.get(JobsClient).cancel(session.ctx, (await find_job(session, args.id)).id)
    session.out.json(job)
    session.out.line(f"Cancelled: {job.title}")
    return 0


async def run_resume(session: CommandSession, args: argparse.Namespace) -> int:
    jobs = session.hub.get(JobsClient)
    job = await find_job(session, args.id)
    await (jobs.resume if job.state is JobState.PAUSED else jobs.retry)(session.ctx, job.id)
    return await follow(session, job.id)


async def follow(session: CommandSession, job_id: UUID) -> int:
    """Show progress until the job ends, and the job. Ctrl+C pauses it, so that it can be resumed."""
    code = await follow_quietly(session, job_id)
    session.out.json(await session.hub.get(JobsClient).get(session.ctx, job_id))
    return code


async def follow_quietly(session: CommandSession, job_id: UUID) -> int:
    """The same for commands that print a result of their own."""
    jobs = session.hub.get(JobsClient)
    watcher = asyncio.create_task(_print_progress(session, job_id), name="show progress")
    pauser = asyncio.create_task(_pause_on_interrupt(session, job_id), name="pause on Ctrl+C")
    try:
        job = await jobs.wait(session.ctx, job_id)
    finally:
        watcher.cancel()
        pauser.cancel()
    if job.state is JobState.SUCCEEDED:
        session.out.note(f"Done: {job.title}")
        return 0
    if job.state is JobState.FAILED and job.error is not None:
        error = RemoteError(job.error)
        if not session.out.as_json:
            session.out.error(error)
        session.out.note(f"Try again: hyperspot jobs resume {job.id}")
        return max(1, exit_code(error))
    session.out.note(f"{job.state.value.capitalize()}. Go on with: hyperspot jobs resume {job.id}")
    return INTERRUPTED


async def _print_progress(session: CommandSession, job_id: UUID) -> None:
    shown, shown_at = "", 0.0
    async for change in session.hub.get(JobsClient).watch(session.ctx):
        text = progress_text(change.job.progress)
        # Of thousands of small files nobody wants to see each name.
        if change.job.id == job_id and text != shown and time.monotonic() - shown_at >= _LINE_S:
            shown, shown_at = text, time.monotonic()
            session.out.note(text)
            await session.io.flush()


async def _pause_on_interrupt(session: CommandSession, job_id: UUID) -> None:
    await session.io.interrupted.wait()
    jobs = session.hub.get(JobsClient)
    job = await jobs.get(session.ctx, job_id)
    await (jobs.pause if job.pausable else jobs.cancel)(session.ctx, job_id)
