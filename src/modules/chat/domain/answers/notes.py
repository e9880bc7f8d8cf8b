"""What is to be answered, what is known of the answer meanwhile, and how it ended."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from modkit.errors import HyperSpotError
from modules.chat.contract import ChatMessage, ContextMeter, Conversation, MessageStats, MessageStatus
from modules.chat.domain.answers.running import RunningAnswer
from modules.chat.domain.context import Prompt
from modules.chat.domain.errors import AnswerCut, ProgramEnded
from modules.llm_gateway.contract import FinishReason, GatewayModel, Usage
from modules.rag.contract import Citation


@dataclass(frozen=True, slots=True)
class Task:
    """What to answer: the branch that ends at ``end``, which for ``continue_last`` is the answer itself."""

    conversation: Conversation
    model: GatewayModel
    end: ChatMessage
    continue_last: bool = False
    passages: tuple[Citation, ...] = ()
    """What an answer that goes on was given; it goes on from the same."""


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
    final_text: str | None = None
    """The whole answer, where it differs from what was streamed."""
    citations: tuple[Citation, ...] = ()

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
        if self.prompt is None or (self.usage is None and self.prompt.used == 0):
            # No model was asked.
            return None
        stats = self.stats()
        exact = self.usage is not None
        return replace(self.prompt.meter(), used=stats.input_tokens + stats.output_tokens, exact=exact)


def outcome(running: RunningAnswer, notes: Notes) -> ChatMessage:
    """The answer as it ended."""
    now = running.now()
    text = now.content if notes.final_text is None else notes.final_text
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
        now,
        content=text,
        citations=now.citations if notes.final_text is None else notes.citations,
        status=status,
        stats=notes.stats(),
        error=None if error is None else error.to_dict(),
    )
