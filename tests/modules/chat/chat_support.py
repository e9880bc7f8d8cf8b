"""A gateway that answers from a script, and helpers that read answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from modkit.security import SecurityContext
from modules.chat.contract import AnswerDelta, AnswerEvent, AnswerFinished, AnswerStarted
from modules.llm_gateway.contract import (
    ChatRequest,
    ChatResponse,
    EmbeddingRequest,
    EmbeddingResponse,
    FinishReason,
    GatewayModel,
    LlmGatewayError,
    Message,
    ModelNotFound,
    ProviderHealth,
    StreamChunk,
    TextPart,
    Usage,
)

T = TypeVar("T")
MODEL = GatewayModel("local::tiny", "local", "Tiny", "chat", 2048, local=True, ready=True)


class EngineGone(LlmGatewayError):
    action = "Send again."


class Gate:
    """Stops a scripted answer until the test opens it."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()

    async def pass_through(self) -> None:
        self.reached.set()
        await self.opened.wait()


Step = str | Gate | Exception


@dataclass
class ScriptedGateway:
    """Implements LlmGatewayClient. Each streamed answer takes the next script; without one it echoes the question.

    A token is four characters; every message costs four tokens more, the opening of an answer two.
    """

    window: int = 2048
    installed: bool = True
    title: str = "A small talk"
    finish_reason: FinishReason = "stop"
    scripts: list[list[Step]] = field(default_factory=list)
    requests: list[ChatRequest] = field(default_factory=list)
    chats: list[ChatRequest] = field(default_factory=list)
    counts: int = 0
    closed: int = 0
    title_gate: Gate | None = None
    count_gate: Gate | None = None
    count_error: LlmGatewayError | None = None

    def script(self, *steps: Step) -> None:
        self.scripts.append(list(steps))

    async def models(self, ctx: SecurityContext) -> list[GatewayModel]:
        return [MODEL] if self.installed else []

    async def resolve(self, ctx: SecurityContext, model: str | None) -> GatewayModel:
        if not self.installed or model not in (None, MODEL.id):
            raise ModelNotFound(f"There is no model {model!r}.")
        return MODEL

    async def chat(self, ctx: SecurityContext, request: ChatRequest) -> ChatResponse:
        self.chats.append(request)
        if self.title_gate is not None:
            await self.title_gate.pass_through()
        return ChatResponse((TextPart(self.title),), Usage(1, 1), MODEL.id, "stop")

    async def stream(self, ctx: SecurityContext, request: ChatRequest) -> AsyncIterator[StreamChunk]:
        self.requests.append(request)
        steps = self.scripts.pop(0) if self.scripts else [f"You said: {request.messages[-1].text}"]
        streamed = 0
        try:
            for step in steps:
                if isinstance(step, Gate):
                    await step.pass_through()
                elif isinstance(step, Exception):
                    raise step
                else:
                    streamed += 1
                    yield StreamChunk("r", MODEL.id, content=step)
            usage = Usage(tokens_of(request.messages), streamed, tokens_per_s=10.0)
            yield StreamChunk("r", MODEL.id, finish_reason=self.finish_reason, usage=usage)
        finally:
            self.closed += 1

    async def embeddings(self, ctx: SecurityContext, request: EmbeddingRequest) -> EmbeddingResponse:
        raise NotImplementedError

    async def count_tokens(self, ctx: SecurityContext, model: str, messages: Sequence[Message]) -> int:
        self.counts += 1
        if self.count_gate is not None:
            await self.count_gate.pass_through()
        if self.count_error is not None:
            raise self.count_error
        return tokens_of(messages)

    async def context_window(self, ctx: SecurityContext, model: str) -> int:
        return self.window

    async def health(self, ctx: SecurityContext) -> list[ProviderHealth]:
        return []


def tokens_of(messages: Sequence[Message]) -> int:
    return 2 + sum(4 + -(-len(message.text) // 4) for message in messages)


@dataclass
class Told:
    """What a reader of one answer was told."""

    started: AnswerStarted
    text: str
    finished: AnswerFinished


async def told(events: AsyncIterator[AnswerEvent]) -> Told:
    """Read an answer to its end."""
    async with asyncio.timeout(90):
        started = await anext(events)
        rest = [event async for event in events]
    assert isinstance(started, AnswerStarted)
    assert isinstance(rest[-1], AnswerFinished)
    text = started.answer.content + "".join(event.text for event in rest if isinstance(event, AnswerDelta))
    return Told(started, text, rest[-1])


async def soon(fact: Awaitable[T]) -> T:
    """The result of ``fact``, or a failure when it does not come within ten seconds."""
    async with asyncio.timeout(10):
        return await fact
