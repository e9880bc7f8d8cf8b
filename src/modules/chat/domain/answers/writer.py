"""Writes one answer: gathers the context, asks the model, and says how it ended."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.chat.contract import ChatMessage, ContextMeter, Conversation, MessageStats, MessageStatus
from modules.chat.domain.answers.running import RunningAnswer
from modules.chat.domain.context import ContextPlanner, Prompt, Window, bytes_worth_loading
from modules.chat.domain.errors import AnswerCrashed, AnswerCut, ProgramEnded
from modules.chat.domain.ports import ChatStore
from modules.chat.domain.text import clean_piece
from modules.llm_gateway.contract import (
    ChatRequest,
    ContextLengthExceeded,
    FinishReason,
    GatewayModel,
    LlmGatewayClient,
    Message,
    Params,
    StreamChunk,
    Usage,
)

_PAGE = 50
_SECOND_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Task:
    """What to answer: the branch that ends at ``end``, which for ``continue_last`` is the answer itself."""

    conversation: Conversation
    model: GatewayModel
    end: ChatMessage
    continue_last: bool = False


@dataclass(slots=True)
class Notes:
    """What is known of an answer so far; survives the cancellation of its writer."""

    begun_s: float = field(default_factory=time.monotonic)
    first_s: float | None = None
    pieces: int = 0
    prompt: Prompt | None = None
    usage: Usage | None = None
    finish_reason: FinishReason | None = None
    error: HyperSpotError | None = None

    def stats(self) -> MessageStats:
        used = 0 if self.prompt is None else self.prompt.used
        now_s = time.monotonic()
        usage = self.usage or Usage(
            input_tokens=used,
            # Without the engine's own count, a piece is a token, as engines stream.
            output_tokens=self.pieces,
            first_token_ms=0.0 if self.first_s is None else (self.first_s - self.begun_s) * 1000,
            total_ms=(now_s - self.begun_s) * 1000,
            tokens_per_s=self.pieces / max(now_s - self.first_s, 0.001) if self.first_s is not None else 0.0,
        )
        return MessageStats(
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_tokens=usage.cached_tokens,
            first_token_ms=usage.first_token_ms,
            total_ms=usage.total_ms,
            tokens_per_s=usage.tokens_per_s,
            dropped_messages=0 if self.prompt is None else self.prompt.dropped,
            context_length=0 if self.prompt is None else self.prompt.window.size,
        )

    def meter(self) -> ContextMeter | None:
        """How full the window is after the answer."""
        if self.prompt is None:
            return None
        stats = self.stats()
        exact = self.usage is not None
        return replace(self.prompt.meter(), used=stats.input_tokens + stats.output_tokens, exact=exact)


class AnswerWriter:
    """Streams from the gateway into a RunningAnswer."""

    def __init__(self, store: ChatStore, gateway: LlmGatewayClient, planner: ContextPlanner) -> None:
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
        notes.prompt = await self._prompt(running.ctx, task, share=1.0)
        try:
            await self._stream(task, running, notes, notes.prompt)
        except ContextLengthExceeded:
            # Loaded with a smaller window than was expected of it: what fits is chosen again, once.
            if notes.pieces:
                raise
            notes.prompt = await self._prompt(running.ctx, task, share=_SECOND_SHARE)
            await self._stream(task, running, notes, notes.prompt)

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


def outcome(running: RunningAnswer, notes: Notes) -> ChatMessage:
    """The answer as it ended."""
    text = running.text
    status, error = MessageStatus.COMPLETE, notes.error
    if error is not None:
        # What was written can be continued; nothing written is a plain failure.
        status = MessageStatus.INTERRUPTED if text else MessageStatus.FAILED
    elif notes.finish_reason is None and running.stop_reason == "shutdown":
        status, error = MessageStatus.INTERRUPTED, ProgramEnded()
    elif notes.finish_reason in (None, "cancelled"):
        status = MessageStatus.STOPPED
    elif notes.finish_reason == "length":
        error = AnswerCut()
    return replace(
        running.answer,
        content=text,
        status=status,
        stats=notes.stats(),
        error=None if error is None else error.to_dict(),
    )


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
