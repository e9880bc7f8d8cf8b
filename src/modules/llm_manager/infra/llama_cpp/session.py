"""The parent's side of a loaded model: an EngineSession over a supervised child process."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psutil
from loguru import logger

from modkit.children import ChildDied, ChildError, ChildProcess, ChildSpec, ChildStopped, SandboxProfile
from modkit.errors import HyperSpotError, RemoteError
from modules.llm_manager.contract import (
    ContextOverflow,
    EngineChunk,
    EngineDied,
    EngineMessage,
    EngineStats,
    InstalledModel,
    LoadedModel,
    ModelFileMissing,
    ModelLoadFailed,
    SamplingParams,
    TemplateFailed,
    WrongPurpose,
)
from modules.llm_manager.infra.llama_cpp import wire
from modules.llm_manager.infra.llama_cpp.load_plan import LoadPlan
from modules.llm_manager.infra.llama_cpp.template_guard import TEMPLATE_STUCK_EXIT

_MAX_FRAME_BYTES = 64 << 20
_BYTES_PER_TOKEN_AT_MOST = 128
_LOAD_SILENCE_S = 300.0
_READ_SILENCE_S = 600.0
"""Reading 512 tokens or loading one tensor may take this long on a slow computer; hanging is seen by pings sooner."""
UNRESPONSIVE_AFTER_S = 15.0
_WRONG_INSTRUCTION_EXITS = frozenset({-11, -4, -7, -8})
"""SIGSEGV, SIGILL, SIGBUS, SIGFPE: what kernels do that this processor, or the machine it is simulated on, lacks."""


class LlamaCppSession:
    """One loaded model. Made by LlamaCppFactory; restarts its child and loads again when the child died."""

    def __init__(
        self, model: InstalledModel, plan: LoadPlan, *, unresponsive_after_s: float = UNRESPONSIVE_AFTER_S
    ) -> None:
        self._model = model
        self._plan = plan
        self._turn = asyncio.Lock()
        self._starting = asyncio.Lock()
        self._ended = asyncio.Event()
        self._stopped = False
        self._loaded_generation = 0
        self._loaded: LoadedModel | None = None
        self._child = ChildProcess(
            ChildSpec(
                "engine",
                sandbox=SandboxProfile(read_paths=[model.path], memory_bytes=plan.memory_limit_bytes),
                silence_timeout_s=_READ_SILENCE_S,
                unresponsive_after_s=unresponsive_after_s,
                max_frame_bytes=_MAX_FRAME_BYTES,
            ),
            on_death=self._note_death,
        )

    @property
    def loaded(self) -> LoadedModel:
        assert self._loaded is not None, "a session is handed out loaded"
        return self._loaded

    @property
    def alive(self) -> bool:
        return self._child.alive and not self._stopped

    @property
    def tuned_kernels(self) -> bool:
        """The engine's kernels for special instructions of this processor are in use."""
        return self._plan.tuned_kernels

    async def wait_ended(self) -> None:
        """Return when the child has ended, by ``stop`` or by itself."""
        await self._ended.wait()

    async def stop(self) -> None:
        """Unload and end the child; harmless when it has ended already."""
        self._stopped = True
        await self._child.stop()
        self._ended.set()

    async def load(self) -> None:
        """Start the child and load the model, unless it is loaded already.

        Raises:
            ModelLoadFailed: the engine refused the file, or its child ended while loading.
            ModelFileMissing: the file is not there any more.
        """
        async with self._starting:
            if self._stopped:
                raise EngineDied("The model was unloaded.", action="Load it again.")
            if self._child.alive and self._loaded_generation == self._child.generation:
                return
            await self._load_with_kernels_that_work()

    async def chat(
        self,
        messages: Sequence[EngineMessage],
        params: SamplingParams,
        *,
        conversation_key: str | None = None,
        continue_last: bool = False,
    ) -> AsyncGenerator[EngineChunk, None]:
        """See EngineSession.chat."""
        self._require("chat", "is an embedding model: it makes vectors for search and cannot chat")
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
        self._require("chat", "is an embedding model: it makes vectors for search and cannot write")
        self._refuse_absurd(len(prompt))
        request = {"prompt": wire.clean(prompt), "params": wire.pack_params(params)}
        async with aclosing(self._generate("complete", request)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """See EngineSession.embed."""
        self._require("embedding", "writes text; it cannot make vectors for search")
        longest = self.loaded.context_length * _BYTES_PER_TOKEN_AT_MOST
        request = {"texts": [wire.clean(text[:longest]) for text in texts]}
        vectors: list[list[float]] = []
        async with self._turn, self._typed_errors():
            await self.load()
            async with aclosing(self._child.stream("embed", request)) as items:
                async for item in items:
                    vectors.append(array("f", item).tolist())
        return vectors

    async def tokenize(self, text: str) -> list[int]:
        """See EngineSession.tokenize."""
        return list(await self._call("tokenize", {"text": wire.clean(text)}))

    async def count_tokens(self, messages: Sequence[EngineMessage]) -> int:
        """See EngineSession.count_tokens."""
        return int(await self._call("count", {"messages": wire.pack_messages(messages)}))

    async def stats(self) -> EngineStats:
        """See EngineSession.stats."""
        said = await self._call("stats", {})
        return EngineStats(
            resident_bytes=_resident_bytes(self._child.pid),
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

    async def _call(self, method: str, request: dict[str, Any]) -> Any:
        async with self._typed_errors():
            await self.load()
            return await self._child.call(method, request)

    @asynccontextmanager
    async def _typed_errors(self) -> AsyncIterator[None]:
        try:
            yield
        except RemoteError as error:
            raise wire.typed(error) from error
        except ChildDied as error:
            if error.exit_code == TEMPLATE_STUCK_EXIT:
                raise TemplateFailed("The model's chat template was stopped: it ran without end.") from error
            raise _died(error) from error
        except ChildError as error:
            raise _died(error) from error

    def _require(self, purpose: str, otherwise: str) -> None:
        if self._model.purpose != purpose:
            raise WrongPurpose(f"{self._model.name} {otherwise}.")

    def _refuse_absurd(self, characters: int) -> None:
        """What cannot possibly fit is not even sent."""
        room = self.loaded.context_length
        if characters > room * _BYTES_PER_TOKEN_AT_MOST:
            raise ContextOverflow(
                f"The conversation has {characters:,} characters; the model's context has room for {room:,} tokens."
            )

    # -- loading

    async def _load_with_kernels_that_work(self) -> None:
        try:
            await self._load_once()
        except ChildDied as error:
            if not (self._plan.tuned_kernels and error.exit_code in _WRONG_INSTRUCTION_EXITS):
                raise ModelLoadFailed(
                    f"The engine ended while it loaded {self._model.name}: {error.sentence}."
                ) from error
            # Some virtual machines announce matrix instructions that they do not have; only trying tells.
            logger.bind(exit_code=error.exit_code).warning("The engine's special kernels fail here; going on without")
            self._plan = replace(self._plan, tuned_kernels=False)
            await self._load_plainly()

    async def _load_plainly(self) -> None:
        try:
            await self._load_once()
        except ChildDied as error:
            raise self._ended_while_loading(error) from error

    def _ended_while_loading(self, error: ChildDied) -> ModelLoadFailed:
        return ModelLoadFailed(f"The engine ended while it loaded {self._model.name}: {error.sentence}.")

    async def _load_once(self) -> None:
        if not await asyncio.to_thread(self._model.path.is_file):
            raise ModelFileMissing(f"The file of {self._model.name} is not there any more: {self._model.path}")
        if self._stopped:
            # Asked last, with nothing awaited before the start: stopped meanwhile, it would run on with nobody's name.
            raise EngineDied("The model was unloaded.", action="Load it again.")
        await self._child.start()
        generation = self._child.generation
        try:
            said = await self._child.call(
                "load", self._plan.request(self._model.path), silence_timeout_s=_LOAD_SILENCE_S
            )
        except RemoteError as error:
            # An engine that runs without a model would count as a loaded one.
            await self._child.stop()
            raise wire.typed(error) from error
        except ChildStopped as error:
            raise ModelLoadFailed("Loading was stopped.", action="Load the model again.") from error
        self._loaded_generation = generation
        self._ended.clear()
        self._loaded = LoadedModel(
            model_id=self._model.id,
            engine="llama.cpp",
            context_length=said["context_length"],
            memory_bytes=_resident_bytes(self._child.pid),
            loaded_at=datetime.now(UTC),
            pid=self._child.pid or 0,
        )

    def _note_death(self, error: ChildError) -> None:
        tail = error.stderr_tail if isinstance(error, ChildDied) else ()
        logger.bind(model_id=self._model.id).debug("engine's last words: {}", " | ".join(tail))
        self._ended.set()


def _died(error: ChildError) -> HyperSpotError:
    return EngineDied(f"The engine stopped in the middle of its work: {error.sentence}.")


def _resident_bytes(pid: int | None) -> int:
    if not pid:
        return 0
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
