"""llama.cpp's side of a loaded model: chat, completion and ranking over its child process."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from loguru import logger

from modkit.children import ChildDied, ChildError, ChildSpec, SandboxProfile
from modkit.errors import HyperSpotError
from modules.llm_manager.contract import (
    ContextOverflow,
    EngineChunk,
    EngineMessage,
    EngineStats,
    InstalledModel,
    SamplingParams,
    TemplateFailed,
)
from modules.llm_manager.infra import engine_wire as wire
from modules.llm_manager.infra.child_session import BYTES_PER_TOKEN_AT_MOST, ChildSession
from modules.llm_manager.infra.llama_cpp.engine_folders import LIBRARY_FOLDER, graphics_profile
from modules.llm_manager.infra.llama_cpp.load_plan import LoadPlan
from modules.llm_manager.infra.llama_cpp.template_guard import TEMPLATE_STUCK_EXIT

_MAX_FRAME_BYTES = 64 << 20
_READ_SILENCE_S = 600.0
"""Reading 512 tokens or loading one tensor may take this long on a slow computer; hanging is seen by pings sooner."""
UNRESPONSIVE_AFTER_S = 15.0
_WRONG_INSTRUCTION_EXITS = frozenset({-11, -4, -7, -8})
"""SIGSEGV, SIGILL, SIGBUS, SIGFPE: what kernels do that this processor, or the machine it is simulated on, lacks."""


class LlamaCppSession(ChildSession):
    """One loaded model. Made by LlamaCppFactory; restarts its child and loads again when the child died."""

    engine: ClassVar[str] = "llama.cpp"

    def __init__(
        self,
        model: InstalledModel,
        plan: LoadPlan,
        folder: Path | None = None,
        *,
        unresponsive_after_s: float = UNRESPONSIVE_AFTER_S,
    ) -> None:
        """``folder``: of an added build of the engine, which may speak to graphics devices."""
        self._plan = plan
        sandbox = SandboxProfile(read_paths=[model.path], memory_bytes=plan.memory_limit_bytes)
        spec = ChildSpec(
            "engine",
            sandbox=sandbox if folder is None else graphics_profile(folder, model.path),
            environment={} if folder is None else {LIBRARY_FOLDER: str(folder)},
            silence_timeout_s=_READ_SILENCE_S,
            unresponsive_after_s=unresponsive_after_s,
            max_frame_bytes=_MAX_FRAME_BYTES,
        )
        super().__init__(model, spec)

    @property
    def tuned_kernels(self) -> bool:
        """The engine's kernels for special instructions of this processor are in use."""
        return self._plan.tuned_kernels

    async def chat(
        self,
        messages: Sequence[EngineMessage],
        params: SamplingParams,
        *,
        conversation_key: str | None = None,
        continue_last: bool = False,
    ) -> AsyncGenerator[EngineChunk, None]:
        """See EngineSession.chat."""
        self._require("chat", "cannot chat")
        self._refuse_absurd(sum(len(message.text) for message in messages))
        request = {
            "messages": wire.pack_messages(messages),
            "params": wire.pack_params(params),
            "key": conversation_key,
            "continue_last": continue_last,
        }
        async with aclosing(self._generate("chat", request)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def complete(self, prompt: str, params: SamplingParams) -> AsyncGenerator[EngineChunk, None]:
        """See EngineSession.complete."""
        self._require("chat", "cannot write")
        self._refuse_absurd(len(prompt))
        request = {"prompt": wire.clean(prompt), "params": wire.pack_params(params)}
        async with aclosing(self._generate("complete", request)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def rerank(self, query: str, texts: Sequence[str]) -> list[float]:
        """See EngineSession.rerank."""
        self._require("reranking", "cannot judge texts")
        request = {"query": self._sendable([query])[0], "texts": self._sendable(texts)}
        scores: list[float] = []
        async with self._turn, self._typed_errors():
            await self.load()
            async with aclosing(self._child.stream("rerank", request)) as items:
                async for item in items:
                    scores.append(float(item))
        return scores

    async def count_tokens(self, messages: Sequence[EngineMessage]) -> int:
        """See EngineSession.count_tokens."""
        return int(await self.call("count", {"messages": wire.pack_messages(messages)}))

    async def stats(self) -> EngineStats:
        """See EngineSession.stats."""
        said = await self.call("stats", {})
        return EngineStats(
            resident_bytes=self._resident_bytes(),
            context_length=said["context_length"],
            cached_sequences=said["cached_sequences"],
            cached_tokens=said["cached_tokens"],
            requests=said["requests"],
            details={"architecture": said["architecture"], "parked_bytes": str(said["parked_bytes"])},
        )

    # -- requests

    async def _generate(self, method: str, request: dict[str, Any]) -> AsyncGenerator[EngineChunk, None]:
        async with self._turn, self._typed_errors():
            await self.load()
            async with aclosing(self._child.stream(method, request)) as items:
                async for item in items:
                    yield wire.read_chunk(item)

    def _refuse_absurd(self, characters: int) -> None:
        """What cannot possibly fit is not even sent."""
        room = self.loaded.context_length
        if characters > room * BYTES_PER_TOKEN_AT_MOST:
            raise ContextOverflow(
                f"The conversation has {characters:,} characters; the model's context has room for {room:,} tokens."
            )

    def _died(self, error: ChildError) -> HyperSpotError:
        if isinstance(error, ChildDied) and error.exit_code == TEMPLATE_STUCK_EXIT:
            return TemplateFailed("The model's chat template was stopped: it ran without end.")
        return super()._died(error)

    # -- loading

    def _load_request(self) -> dict[str, Any]:
        return self._plan.request(self._model.path)

    async def _load_now(self) -> None:
        try:
            await self._load_once()
        except ChildDied as error:
            if not (self._plan.tuned_kernels and error.exit_code in _WRONG_INSTRUCTION_EXITS):
                raise self._ended_while_loading(error) from error
            # Some virtual machines announce matrix instructions that they do not have; only trying tells.
            logger.bind(exit_code=error.exit_code).warning("The engine's special kernels fail here; going on without")
            self._plan = replace(self._plan, tuned_kernels=False)
            await super()._load_now()
