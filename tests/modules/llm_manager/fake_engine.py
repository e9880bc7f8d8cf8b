"""An engine plugin that needs no model: it implements the port and lets tests steer it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from modules.llm_manager.contract import (
    EngineChunk,
    EngineMessage,
    EngineStats,
    InstalledModel,
    LoadedModel,
    ModelLoadFailed,
    SamplingParams,
    Timings,
)


class FakeEngine:
    """Answers with the same word; ``die`` ends it as a crash would."""

    def __init__(self, model: InstalledModel, context_length: int) -> None:
        self._ended = asyncio.Event()
        self.stops = 0
        self.loaded = LoadedModel(model.id, "fake", context_length, 1, datetime.now(UTC), 1)

    @property
    def alive(self) -> bool:
        return not self._ended.is_set()

    async def wait_ended(self) -> None:
        await self._ended.wait()

    async def stop(self) -> None:
        self.stops += 1
        self._ended.set()

    def die(self) -> None:
        self._ended.set()

    async def chat(
        self,
        messages: Sequence[EngineMessage],
        params: SamplingParams,
        *,
        conversation_key: str | None = None,
        continue_last: bool = False,
    ) -> AsyncIterator[EngineChunk]:
        yield EngineChunk("hello")
        yield EngineChunk(finish_reason="stop", timings=Timings(100, 0, 10, 50.0, 60.0, 100.0))

    async def complete(self, prompt: str, params: SamplingParams) -> AsyncIterator[EngineChunk]:
        yield EngineChunk("hello")
        yield EngineChunk(finish_reason="length", timings=Timings(100, 20, 10, 40.0, 60.0, 100.0))

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1.0, 0.0] for _ in texts]

    async def tokenize(self, text: str) -> list[int]:
        return list(range(len(text.split())))

    async def rerank(self, query: str, texts: Sequence[str]) -> list[float]:
        return [float(len(text)) for text in texts]

    async def count_texts(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    async def count_tokens(self, messages: Sequence[EngineMessage]) -> int:
        return sum(len(message.text.split()) for message in messages)

    async def stats(self) -> EngineStats:
        return EngineStats(1, self.loaded.context_length, 0, 0, 0)


class FakeFactory:
    """Starts fake engines; ``gate`` holds loads up while it is cleared, ``refuse`` makes them fail.

    ``may_end`` holds up the end of a load that was given up, as a child does that takes its time.
    """

    name = "fake"

    def __init__(self) -> None:
        self.engines: dict[str, list[FakeEngine]] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Event()
        self.given_up = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.refuse = False
        self.cancelled = self.ended = 0

    async def start(self, model: InstalledModel, *, context_length: int) -> FakeEngine:
        self.begun.set()
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            self.given_up.set()
            await self.may_end.wait()
            self.ended += 1
            raise
        if self.refuse:
            raise ModelLoadFailed("unknown model architecture: 'sausage'")
        engine = FakeEngine(model, context_length)
        self.engines.setdefault(model.id, []).append(engine)
        return engine

    def last(self, model_id: str) -> FakeEngine:
        return self.engines[model_id][-1]


class FakeRequantizer:
    """Writes what it was given as content."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    async def requantize(
        self, source: Path, target: Path, quantization: str, on_progress: Callable[[float], None] | None = None
    ) -> None:
        if on_progress is not None:
            on_progress(1.0)
        await asyncio.to_thread(target.write_bytes, self.content)
