"""Where answers are written: one at a time per conversation, each in a task of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from loguru import logger

from modkit.cancellation import cancel_and_wait
from modkit.security import SecurityContext
from modules.chat.contract import AnswerFinished, AnswerInProgress, ChatMessage
from modules.chat.domain.answers.notes import Notes, Task, outcome
from modules.chat.domain.answers.running import RunningAnswer
from modules.chat.domain.answers.writer import AnswerWriter
from modules.chat.domain.ports import AnswerRow, ChatStore

_STOP_GRACE_S = 5.0
Ended = Callable[[RunningAnswer, Task], Awaitable[None]]


class AnswerDesk:
    """Owns the running answers. ``ended`` is told after the end of each is stored."""

    def __init__(self, store: ChatStore, writer: AnswerWriter, flush_after_s: float, ended: Ended) -> None:
        self._store = store
        self._writer = writer
        self._flush_after_s = flush_after_s
        self._ended = ended
        self._running: dict[UUID, RunningAnswer] = {}
        self._taken: set[UUID] = set()
        self._stopped_early: set[UUID] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether any answer is being written."""
        return bool(self._running)

    def find(self, ctx: SecurityContext, conversation_id: UUID) -> RunningAnswer | None:
        """The running answer of a conversation, if it is this subject's."""
        running = self._running.get(conversation_id)
        mine = (ctx.subject_tenant_id, ctx.subject_id)
        if running is None or (running.ctx.subject_tenant_id, running.ctx.subject_id) != mine:
            return None
        return running

    @contextmanager
    def taking(self, conversation_id: UUID) -> Iterator[None]:
        """Keep others from answering in a conversation while the rows of an answer are stored.

        Raises:
            AnswerInProgress: somebody answers, or is about to.
        """
        if conversation_id in self._taken or conversation_id in self._running:
            raise AnswerInProgress
        self._taken.add(conversation_id)
        try:
            yield
        finally:
            self._taken.discard(conversation_id)
            self._stopped_early.discard(conversation_id)

    def stop_early(self, conversation_id: UUID) -> bool:
        """Stop an answer that is about to begin as soon as it does; False when none is."""
        if conversation_id not in self._taken:
            return False
        self._stopped_early.add(conversation_id)
        return True

    def begin(self, ctx: SecurityContext, task: Task, answer: ChatMessage) -> RunningAnswer:
        """Start to write an answer whose row is on disk."""

        async def save(row: AnswerRow) -> None:
            await self._store.save_answer(ctx, answer.id, row)

        running = RunningAnswer(ctx, answer, save, self._flush_after_s)
        if task.passages:
            running.give(task.passages, None)
        self._running[answer.conversation_id] = running
        if answer.conversation_id in self._stopped_early:
            running.stop("user")
        owner = asyncio.create_task(self._run(running, task), name=f"answer {answer.id}")
        self._tasks.add(owner)
        owner.add_done_callback(self._tasks.discard)
        return running

    async def close(self, grace_s: float) -> None:
        """End every answer as interrupted; what cannot be stored in time keeps what the journal stored."""
        for running in self._running.values():
            running.stop("shutdown")
        if self._tasks:
            _, stubborn = await asyncio.wait(set(self._tasks), timeout=grace_s)
            await cancel_and_wait(*stubborn)

    async def _run(self, running: RunningAnswer, task: Task) -> None:
        notes = Notes()
        try:
            await self._write(running, task, notes)
            await running.finish(AnswerFinished(outcome(running, notes), notes.meter()))
        finally:
            running.abandon()
            del self._running[running.conversation_id]
        await self._ended(running, task)

    async def _write(self, running: RunningAnswer, task: Task, notes: Notes) -> None:
        writing = asyncio.create_task(self._writer.write(task, running, notes), name=f"write {running.answer.id}")
        stop = asyncio.create_task(running.stop_asked.wait(), name=f"stop {running.answer.id}")
        try:
            await asyncio.wait({writing, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not writing.done():
                writing.cancel()
                _, hanging = await asyncio.wait({writing}, timeout=_STOP_GRACE_S)
                if hanging:
                    logger.bind(message_id=str(running.answer.id)).warning("The model did not stop in time")
        finally:
            writing.cancel()
            await cancel_and_wait(stop)
