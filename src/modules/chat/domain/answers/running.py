"""One answer while it is written: its text so far, its readers, and its way to disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Literal
from uuid import UUID

from loguru import logger

from modkit.errors import ErrorKind, HyperSpotError
from modkit.security import SecurityContext
from modules.chat.contract import (
    AnswerDelta,
    AnswerEvent,
    AnswerFinished,
    AnswerProgress,
    AnswerStarted,
    ChatMessage,
    MessageStatus,
)
from modules.chat.domain.cited import cited_in
from modules.chat.domain.errors import AnswerNotStoredYet
from modules.chat.domain.ports import AnswerRow
from modules.rag.contract import Citation, RetrievalTrace

Save = Callable[[AnswerRow], Awaitable[None]]
StopReason = Literal["user", "shutdown"]
_RETRY_FIRST_S = 0.25
_RETRY_MAX_S = 2.0
# How long the end of an answer waits for a full disk before its readers are told.
_PATIENCE_S = 2.0


class RunningAnswer:
    """The row ``answer`` is on disk when this is made; from then on the text here is ahead of the row.

    Readers follow by position in the list of pieces: a slow one gets many pieces as one delta, and needs no
    buffer of its own.
    """

    def __init__(self, ctx: SecurityContext, answer: ChatMessage, save: Save, flush_after_s: float) -> None:
        self.ctx = ctx
        self.answer = answer
        self.stop_reason: StopReason | None = None
        self.stop_asked = asyncio.Event()
        self.storage_error: HyperSpotError | None = None
        self._save = save
        self._flush_after_s = flush_after_s
        self._pieces: list[str] = [answer.content] if answer.content else []
        self._passages: tuple[Citation, ...] = answer.citations
        self._trace: RetrievalTrace | None = None
        self._passages_stored = True
        self._progress: AnswerProgress | None = None
        self._finished: AnswerFinished | None = None
        self._closed = False
        self._dirty = asyncio.Event()
        self._saving = asyncio.Lock()
        self._readers: set[asyncio.Event] = set()
        self._over = asyncio.Event()
        self._journal = asyncio.create_task(self._keep_journal(), name=f"journal {answer.id}")

    @property
    def conversation_id(self) -> UUID:
        return self.answer.conversation_id

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def now(self) -> ChatMessage:
        """The message as it is this moment."""
        if self._finished is not None:
            return self._finished.answer
        text = self.text
        return replace(self.answer, content=text, citations=cited_in(text, self._passages))

    def push(self, piece: str) -> None:
        """Add streamed text: readers get it at once, the disk soon. After the end it is dropped."""
        if self._closed:
            return
        self._pieces.append(piece)
        self._dirty.set()
        self._wake()

    def progress(self, note: str, done: int = 0, total: int | None = None) -> None:
        """Say what is done before there is text; of several at once, readers hear the last."""
        if not self._closed:
            self._progress = AnswerProgress(self.answer.id, note, done, total)
            self._wake()

    def give(self, passages: tuple[Citation, ...], trace: RetrievalTrace | None) -> None:
        """The answer may cite these from now on; they are stored with its text, so that a killed one keeps them."""
        self.answer = replace(self.answer, from_documents=True)
        self._passages = passages
        self._trace = trace
        self._passages_stored = False
        self._dirty.set()

    def stop(self, reason: StopReason) -> None:
        """Ask for the end and keep the text; the first reason stays."""
        self.stop_reason = self.stop_reason or reason
        self.stop_asked.set()

    async def over(self) -> None:
        """Return when readers have been told the end."""
        await self._over.wait()

    async def follow(self, user_message: ChatMessage | None) -> AsyncIterator[AnswerEvent]:
        """AnswerStarted with the text so far, then what comes, then AnswerFinished."""
        wake = asyncio.Event()
        self._readers.add(wake)
        try:
            position, told = len(self._pieces), None
            yield AnswerStarted(user_message, self.now())
            while True:
                wake.clear()
                if position < len(self._pieces):
                    new = "".join(self._pieces[position:])
                    position = len(self._pieces)
                    yield AnswerDelta(self.answer.id, new)
                elif self._progress is not told and self._finished is None:
                    told = self._progress
                    if told is not None:
                        yield told
                elif self._finished is not None:
                    yield self._finished
                    return
                else:
                    await wake.wait()
        finally:
            self._readers.discard(wake)

    async def finish(self, finished: AnswerFinished) -> None:
        """Store the end, then tell the readers. Returns when it is stored, however long the disk stays full."""
        self._closed = True
        async with self._saving:
            self._journal.cancel()
        await asyncio.wait({self._journal})
        answer = finished.answer
        trace = None if self._passages_stored else self._trace
        row = AnswerRow(answer.content, answer.status, answer.stats, answer.error, self._to_keep(answer), trace)
        begun_s = asyncio.get_running_loop().time()
        wait_s = _RETRY_FIRST_S
        while not await self._saved(row):
            if asyncio.get_running_loop().time() - begun_s >= _PATIENCE_S and self.storage_error is not None:
                # The text is only in memory: say so now, and keep trying.
                self._tell(replace(finished, answer=replace(answer, error=_as_told(self.storage_error).to_dict())))
                if self.stop_reason == "shutdown":
                    return
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, _RETRY_MAX_S)
        self._tell(finished)

    def abandon(self) -> None:
        """Nothing is written any more; readers that still wait are told the text as it is."""
        self._closed = True
        self._journal.cancel()
        if self._finished is None:
            self._tell(AnswerFinished(self.now()))

    async def _keep_journal(self) -> None:
        wait_s = self._flush_after_s
        while True:
            await self._dirty.wait()
            # Everything that comes meanwhile goes with the same write; delivery does not wait for it.
            await asyncio.sleep(wait_s)
            self._dirty.clear()
            if await self._saved(self._streaming_row()):
                self._passages_stored = True
                wait_s = self._flush_after_s
            else:
                self._dirty.set()
                wait_s = min(max(wait_s * 2, _RETRY_FIRST_S), _RETRY_MAX_S)

    def _streaming_row(self) -> AnswerRow:
        if self._passages_stored:
            return AnswerRow(self.text, MessageStatus.STREAMING)
        return AnswerRow(self.text, MessageStatus.STREAMING, passages=self._passages, trace=self._trace)

    def _to_keep(self, answer: ChatMessage) -> tuple[Citation, ...] | None:
        """A complete answer keeps what it cites; any other is gone on with from all that it was given."""
        if not answer.from_documents:
            return None
        if answer.status is MessageStatus.COMPLETE and answer.error is None:
            return answer.citations
        cited = {one.number: one for one in answer.citations}
        return tuple(cited.get(one.number, one) for one in self._passages)

    async def _saved(self, row: AnswerRow) -> bool:
        try:
            async with self._saving:
                await self._save(row)
        except HyperSpotError as err:
            if self.storage_error is None:
                logger.bind(message_id=str(self.answer.id), code=err.code).warning("An answer could not be stored yet")
            self.storage_error = err
            return False
        self.storage_error = None
        return True

    def _tell(self, finished: AnswerFinished) -> None:
        self._finished = finished
        self._over.set()
        self._wake()

    def _wake(self) -> None:
        for reader in self._readers:
            reader.set()


def _as_told(error: HyperSpotError) -> HyperSpotError:
    return AnswerNotStoredYet(error) if error.kind is ErrorKind.NO_SPACE else error
