"""Writes one answer: gathers the context, asks the model, and says how it ended."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.chat.contract import ChatMessage, Conversation, NotPossible
from modules.chat.domain.answers.from_documents import FromDocuments
from modules.chat.domain.answers.notes import Notes, Task
from modules.chat.domain.answers.running import RunningAnswer
from modules.chat.domain.context import ContextPlanner, Prompt, Window, bytes_worth_loading
from modules.chat.domain.errors import AnswerCrashed
from modules.chat.domain.ports import ChatStore
from modules.chat.domain.text import clean_piece
from modules.llm_gateway.contract import (
    ChatRequest,
    ContextLengthExceeded,
    LlmGatewayClient,
    Message,
    Params,
    StreamChunk,
)

_PAGE = 50
_SECOND_SHARE = 0.85


class AnswerWriter:
    """Streams from the gateway, or from the documents, into a RunningAnswer."""

    def __init__(
        self, store: ChatStore, gateway: LlmGatewayClient, planner: ContextPlanner, documents: FromDocuments
    ) -> None:
        self._documents = documents
        self._store = store
        self._gateway = gateway
        self._planner = planner

    async def write(self, task: Task, running: RunningAnswer, notes: Notes) -> None:
        """Errors end in ``notes``; cancellation passes."""
        try:
            await self._attempt(task, running, notes)
        except HyperSpotError as err:
            notes.error = err
        except Exception:
            logger.bind(message_id=str(running.answer.id)).exception("An answer ended with a bug")
            notes.error = AnswerCrashed()

    async def _attempt(self, task: Task, running: RunningAnswer, notes: Notes) -> None:
        if task.passages:
            # Its citations are theirs: it goes on from them, even when the collections are gone or not ticked now.
            await self._answer_from((), task, running, notes)
            return
        collections = await self._documents.collections(running.ctx, task.conversation)
        # An answer of the model alone goes on without documents, though there are some by now.
        if collections and not task.continue_last:
            await self._answer_from(collections, task, running, notes)
            return
        if running.answer.from_documents:
            raise NotPossible("The documents of this answer are not there now.", action="Regenerate it instead.")
        notes.prompt = await self._prompt(running.ctx, task, share=1.0)
        try:
            await self._stream(task, running, notes, notes.prompt)
        except ContextLengthExceeded:
            # Loaded with a smaller window than was expected of it: what fits is chosen again, once.
            if notes.pieces:
                raise
            notes.prompt = await self._prompt(running.ctx, task, share=_SECOND_SHARE)
            await self._stream(task, running, notes, notes.prompt)

    async def _answer_from(
        self, collections: tuple[UUID, ...], task: Task, running: RunningAnswer, notes: Notes
    ) -> None:
        size = await self._gateway.context_window(running.ctx, task.model.id)
        window = Window.of(size, task.conversation.params)
        branch, _ = await self.end_of_branch(running.ctx, task.end, bytes_worth_loading(window))
        await self._documents.write(task, collections, branch, window, running, notes)

    async def _prompt(self, ctx: SecurityContext, task: Task, share: float) -> Prompt:
        """The messages to send, within a share of the context window.

        Raises:
            MessageTooLong: the last turn alone does not fit.
            LlmGatewayError: the model could not be asked for counts.
        """
        conversation, model, end = task.conversation, task.model, task.end
        size = int(await self._gateway.context_window(ctx, model.id) * share)
        window = Window.of(size, conversation.params)
        branch, not_loaded = await self.end_of_branch(ctx, end, bytes_worth_loading(window))

        async def count(messages: Sequence[Message]) -> int:
            return await self._gateway.count_tokens(ctx, model.id, messages)

        return await self._planner.plan(conversation.id, conversation.system_prompt, branch, not_loaded, window, count)

    async def end_of_branch(
        self, ctx: SecurityContext, end: ChatMessage, wanted_bytes: int
    ) -> tuple[list[ChatMessage], int]:
        """The last messages of a branch that can matter, oldest first, and how many there are before them."""
        page = await self._store.branch(ctx, end.id, before=None, limit=_PAGE)
        branch = list(page.messages)
        size = _bytes_of(page.messages)
        while page.start > 0 and size <= wanted_bytes:
            page = await self._store.branch(ctx, end.id, before=page.start, limit=_PAGE)
            branch = [*page.messages, *branch]
            size += _bytes_of(page.messages)
        return branch, page.start

    async def _stream(self, task: Task, running: RunningAnswer, notes: Notes, prompt: Prompt) -> None:
        request = ChatRequest(
            model=task.model.id,
            messages=prompt.messages,
            params=_params(task.conversation, prompt),
            conversation_key=str(task.conversation.id),
            continue_last=task.continue_last,
        )
        chunks = self._gateway.stream(running.ctx, request)
        try:
            async for chunk in chunks:
                _take(chunk, running, notes)
        finally:
            await _close(chunks)


def _bytes_of(messages: Sequence[ChatMessage]) -> int:
    return sum(len(message.content.encode()) for message in messages)


def _take(chunk: StreamChunk, running: RunningAnswer, notes: Notes) -> None:
    if chunk.content:
        notes.first_s = notes.first_s or time.monotonic()
        notes.pieces += 1
        running.push(clean_piece(chunk.content))
    notes.usage = chunk.usage or notes.usage
    notes.finish_reason = chunk.finish_reason or notes.finish_reason


def _params(conversation: Conversation, prompt: Prompt) -> Params:
    wanted = conversation.params.max_output_tokens
    if prompt.exact:
        # The engine must end before the window does: a cut answer can be continued, an error cannot.
        room = max(1, prompt.window.size - prompt.used)
        wanted = room if wanted is None else min(wanted, room)
    params = conversation.params
    return Params(
        temperature=params.temperature,
        top_p=params.top_p,
        top_k=params.top_k,
        min_p=params.min_p,
        repeat_penalty=params.repeat_penalty,
        max_output_tokens=wanted,
        seed=params.seed,
    )


async def _close(chunks: AsyncIterator[StreamChunk]) -> None:
    # An AsyncIterator need not have aclose; the gateway's generators do, and closing one stops the engine.
    close = getattr(chunks, "aclose", None)
    if close is not None:
        await close()
