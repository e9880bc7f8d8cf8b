"""Jobs through their whole life, on a real store."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from modkit.errors import ErrorKind, HyperSpotError
from modkit.security import SecurityContext
from modules.jobs_manager.contract import (
    JobChanged,
    JobConflict,
    JobNotFound,
    JobProgress,
    JobState,
    UnknownJobKind,
)
from modules.jobs_manager.domain.errors import JobsClosing
from modules.jobs_manager.infra.storage.repository import SqlJobStore
from tests.modules.jobs_manager.jobs_support import ChattyHandler, SteeredHandler, soon

Started = Callable[..., Any]


class DiskGone(HyperSpotError):
    kind = ErrorKind.NO_SPACE


async def test_a_job_runs_and_its_result_is_kept(
    started: Started, store: SqlJobStore, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy a file", {"path": "/a"})
        handler.finish({"bytes": 3})
        done = await soon(jobs.wait(ctx, queued.id))
    assert (queued.state, done.state, done.result) == (JobState.QUEUED, JobState.SUCCEEDED, {"bytes": 3})
    row = await store.find(ctx, queued.id)
    assert row is not None
    assert (row.job.state, row.job.params, row.job.attempts) == (JobState.SUCCEEDED, {"path": "/a"}, 1)
    assert row.job.started_at is not None
    assert row.job.finished_at is not None


async def test_a_job_of_an_unknown_kind_is_refused(started: Started, ctx: SecurityContext) -> None:
    async with started() as jobs:
        with pytest.raises(UnknownJobKind):
            await jobs.enqueue(ctx, "copy", "Copy", {})


async def test_no_more_jobs_of_a_kind_run_at_once_than_allowed(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler, concurrency=2) as jobs:
        queued = [await jobs.enqueue(ctx, "copy", f"Copy {number}", {}) for number in range(5)]
        handler.finish_all(5)
        done = await soon(asyncio.gather(*[jobs.wait(ctx, job.id) for job in queued]))
    assert [job.state for job in done] == [JobState.SUCCEEDED] * 5
    assert handler.most_at_once == 2


async def test_an_expected_error_fails_the_job_with_its_sentence(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        handler.fail(DiskGone("The disk is full.", action="Free some space."))
        done = await soon(jobs.wait(ctx, queued.id))
    expected = {"kind": "no_space", "code": "disk_gone", "sentence": "The disk is full.", "action": "Free some space."}
    assert (done.state, done.error) == (JobState.FAILED, expected)


async def test_a_bug_fails_the_job_with_a_general_sentence_and_without_its_text(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        handler.fail(KeyError("secret"))
        done = await soon(jobs.wait(ctx, queued.id))
    assert done.state is JobState.FAILED
    assert done.error["code"] == "job_crashed"
    assert "secret" not in str(done.error)


async def test_a_result_that_is_no_json_is_a_bug_and_fails_the_job(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        handler.finish({"bad": object()})
        assert (await soon(jobs.wait(ctx, queued.id))).state is JobState.FAILED


async def test_a_running_job_pauses_and_goes_on_from_its_checkpoint(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        run = await soon(handler.started.get())
        await run.checkpoint({"at": 7})
        paused = await soon(jobs.pause(ctx, queued.id))
        again = await jobs.resume(ctx, queued.id)
        second = await soon(handler.started.get())
        seen = dict(second.checkpoint_state)
        handler.finish({})
        done = await soon(jobs.wait(ctx, queued.id))
    assert (paused.state, again.state, seen) == (JobState.PAUSED, JobState.QUEUED, {"at": 7})
    assert (done.state, done.attempts, handler.discarded) == (JobState.SUCCEEDED, 2, [])


async def test_a_queued_job_pauses_without_having_run(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        await jobs.enqueue(ctx, "copy", "First", {})
        second = await jobs.enqueue(ctx, "copy", "Second", {})
        await soon(handler.started.get())
        paused = await jobs.pause(ctx, second.id)
        handler.finish({})
    assert (paused.state, paused.attempts) == (JobState.PAUSED, 0)


async def test_what_cannot_be_paused_says_so(started: Started, handler: SteeredHandler, ctx: SecurityContext) -> None:
    async with started(handler, pausable=False) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        await soon(handler.started.get())
        with pytest.raises(JobConflict, match="not pausable"):
            await jobs.pause(ctx, queued.id)


async def test_cancelling_removes_partial_work(started: Started, handler: SteeredHandler, ctx: SecurityContext) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        run = await soon(handler.started.get())
        await run.checkpoint({"at": 7})
        cancelled = await soon(jobs.cancel(ctx, queued.id))
        assert (await soon(jobs.wait(ctx, queued.id))).state is JobState.CANCELLED
        await jobs.retry(ctx, queued.id)
        again = await soon(handler.started.get())
        assert dict(again.checkpoint_state) == {}
    assert cancelled.state is JobState.CANCELLED
    assert [job.id for job in handler.discarded] == [queued.id]


@pytest.mark.parametrize("verb", ["pause", "resume", "cancel", "retry"])
async def test_a_finished_job_takes_no_more_orders(
    started: Started, handler: SteeredHandler, ctx: SecurityContext, verb: str
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        handler.finish({})
        await soon(jobs.wait(ctx, queued.id))
        with pytest.raises(JobConflict, match="succeeded"):
            await getattr(jobs, verb)(ctx, queued.id)


@pytest.mark.parametrize("verb", ["retry", "resume"])
async def test_a_failed_job_can_be_taken_up_again(
    started: Started, handler: SteeredHandler, ctx: SecurityContext, verb: str
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        handler.fail(DiskGone("Full."))
        await soon(jobs.wait(ctx, queued.id))
        retried = await getattr(jobs, verb)(ctx, queued.id)
        handler.finish({})
        done = await soon(jobs.wait(ctx, queued.id))
    assert (retried.state, retried.error, done.state) == (JobState.QUEUED, None, JobState.SUCCEEDED)


async def test_only_finished_jobs_leave_the_history(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        with pytest.raises(JobConflict, match="removed"):
            await jobs.remove(ctx, queued.id)
        handler.finish({})
        await soon(jobs.wait(ctx, queued.id))
        await jobs.remove(ctx, queued.id)
        with pytest.raises(JobNotFound):
            await jobs.get(ctx, queued.id)
        assert await jobs.list(ctx) == []


async def test_removing_a_failed_job_removes_its_partial_work(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        handler.fail(DiskGone("Full."))
        await soon(jobs.wait(ctx, queued.id))
        await jobs.remove(ctx, queued.id)
    assert [job.id for job in handler.discarded] == [queued.id]


async def test_cancelling_a_failed_job_gives_it_up_with_its_partial_work(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        handler.fail(DiskGone("Full."))
        await soon(jobs.wait(ctx, queued.id))
        cancelled = await jobs.cancel(ctx, queued.id)
    assert cancelled.state is JobState.CANCELLED
    assert [job.id for job in handler.discarded] == [queued.id]


async def test_the_list_is_newest_first_and_can_leave_out_what_is_over(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        first = await jobs.enqueue(ctx, "copy", "First", {})
        handler.finish({})
        await soon(jobs.wait(ctx, first.id))
        second = await jobs.enqueue(ctx, "copy", "Second", {})
        assert [job.title for job in await jobs.list(ctx)] == ["Second", "First"]
        assert [job.id for job in await jobs.list(ctx, active_only=True)] == [second.id]


async def test_another_user_sees_none_of_it(started: Started, handler: SteeredHandler, ctx: SecurityContext) -> None:
    other = replace(ctx, subject_id=uuid4())
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        await soon(handler.started.get())
        assert await jobs.list(other) == []
        with pytest.raises(JobNotFound):
            await jobs.cancel(other, queued.id)


async def test_a_clean_shutdown_leaves_the_job_queued_and_the_next_start_goes_on(
    started: Started, store: SqlJobStore, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        run = await soon(handler.started.get())
        await run.checkpoint({"at": 7})
    row = await store.find(ctx, queued.id)
    assert row is not None
    assert (row.job.state, row.interruptions) == (JobState.QUEUED, 0)
    async with started(handler) as jobs:
        again = await soon(handler.started.get())
        assert dict(again.checkpoint_state) == {"at": 7}
        handler.finish({})
        assert (await soon(jobs.wait(ctx, queued.id))).attempts == 2


async def test_a_killed_job_is_queued_again_at_start(
    started: Started, store: SqlJobStore, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    queued_id = await _killed_in_the_middle(started, store, handler, ctx, interruptions=0)
    async with started(handler) as jobs:
        await soon(handler.started.get())
        assert (await jobs.get(ctx, queued_id)).state is JobState.RUNNING
    row = await store.find(ctx, queued_id)
    assert row is not None
    assert row.interruptions == 1


async def test_the_fifth_interruption_in_a_row_fails_the_job_with_a_sentence(
    started: Started, store: SqlJobStore, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    queued_id = await _killed_in_the_middle(started, store, handler, ctx, interruptions=4)
    async with started(handler) as jobs:
        job = await jobs.get(ctx, queued_id)
    assert job.state is JobState.FAILED
    assert "5 times in a row" in job.error["sentence"]


async def test_a_job_that_got_further_is_not_counted_as_interrupted_in_a_row(
    started: Started, store: SqlJobStore, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    queued_id = await _killed_in_the_middle(started, store, handler, ctx, interruptions=3)
    async with started(handler):
        run = await soon(handler.started.get())
        await run.checkpoint({"at": 8})
        row = await store.find(ctx, queued_id)
    assert row is not None
    assert row.interruptions == 0


async def test_a_job_whose_module_is_gone_waits_and_says_so(
    started: Started, store: SqlJobStore, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        await soon(handler.started.get())
    async with started() as jobs:
        waiting = await jobs.get(ctx, queued.id)
    assert waiting.state is JobState.QUEUED
    assert "No module runs jobs of kind 'copy'" in waiting.progress.note
    async with started(handler) as jobs:
        await soon(handler.started.get())


async def test_progress_is_published_at_most_ten_times_a_second_and_the_last_is_never_lost(
    started: Started, ctx: SecurityContext
) -> None:
    async with started(ChattyHandler(5_000)) as jobs:
        changes = jobs.watch(ctx)
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        begun = asyncio.get_running_loop().time()
        done = await soon(jobs.wait(ctx, queued.id))
        took_s = asyncio.get_running_loop().time() - begun
    events = [change async for change in changes]
    running = [event for event in events if event.job.state is JobState.RUNNING]
    assert done.progress == JobProgress(done=5_000, total=5_000, unit="files")
    assert len(running) <= 3 + took_s * 10
    assert events[-1] == JobChanged(done)


async def test_progress_may_be_reported_from_a_thread(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        changes = jobs.watch(ctx)
        await jobs.enqueue(ctx, "copy", "Copy", {})
        run = await soon(handler.started.get())
        thread = threading.Thread(target=run.report, args=(JobProgress(done=1, unit="files"),))
        thread.start()
        thread.join()
        seen = [await soon(anext(changes)) for _ in range(3)]
        assert seen[-1].job.progress.done == 1


async def test_waiting_for_a_job_ends_with_a_sentence_when_the_program_closes(
    started: Started, handler: SteeredHandler, ctx: SecurityContext
) -> None:
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        waiting = asyncio.create_task(jobs.wait(ctx, queued.id))
        await soon(handler.started.get())
    with pytest.raises(JobsClosing):
        await soon(waiting)


async def _killed_in_the_middle(
    started: Started, store: SqlJobStore, handler: SteeredHandler, ctx: SecurityContext, *, interruptions: int
) -> Any:
    """The row as a ``kill -9`` leaves it: still running, with nobody running it."""
    async with started(handler) as jobs:
        queued = await jobs.enqueue(ctx, "copy", "Copy", {})
        await soon(handler.started.get())
    row = await store.find(ctx, queued.id)
    assert row is not None
    await store.save(replace(row.with_job(state=JobState.RUNNING), interruptions=interruptions))
    return queued.id
