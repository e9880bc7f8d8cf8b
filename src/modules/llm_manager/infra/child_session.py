"""The parent's side of a loaded model, whatever its engine: an EngineSession over a supervised child process."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, ClassVar

import psutil
from loguru import logger

from modkit.children import ChildDied, ChildError, ChildProcess, ChildSpec, ChildStopped, SandboxReport
from modkit.errors import HyperSpotError, RemoteError
from modules.llm_manager.contract import (
    EngineDied,
    InstalledModel,
    LoadedModel,
    ModelFileMissing,
    ModelLoadFailed,
    Purpose,
    WrongPurpose,
)
from modules.llm_manager.infra import engine_wire as wire

BYTES_PER_TOKEN_AT_MOST = 128
"""No text has longer tokens on the average: what is longer than the context at this rate cannot fit."""
LOAD_SILENCE_S = 300.0


class ChildSession:
    """One loaded model. Restarts its child and loads again when the child died.

    Subclasses say what ``load`` is asked, and do what only their engine can.
    """

    engine: ClassVar[str]

    def __init__(self, model: InstalledModel, spec: ChildSpec, *, one_at_a_time: bool = True) -> None:
        """``one_at_a_time``: work waits for the work before it; else the child divides its threads among calls."""
        self._model = model
        self._turn = asyncio.Lock() if one_at_a_time else nullcontext()
        self._starting = asyncio.Lock()
        self._ended = asyncio.Event()
        self._stopped = False
        self._loaded_generation = 0
        self._loaded: LoadedModel | None = None
        self._child = ChildProcess(spec, on_death=self._note_death)

    @property
    def loaded(self) -> LoadedModel:
        assert self._loaded is not None, "a session is handed out loaded"
        return self._loaded

    @property
    def alive(self) -> bool:
        return self._child.alive and not self._stopped

    async def sandbox_report(self) -> SandboxReport:
        """How well the child is locked in, as it finds out by trying."""
        return await self._child.sandbox_report()

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
            await self._load_now()

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """See EngineSession.embed."""
        self._require("embedding", "cannot make vectors for search")
        vectors: list[list[float]] = []
        async with self._turn, self._typed_errors():
            await self.load()
            async with aclosing(self._child.stream("embed", {"texts": self._sendable(texts), **self._how()})) as items:
                async for item in items:
                    vectors.append(array("f", item).tolist())
        return vectors

    async def tokenize(self, text: str) -> list[int]:
        """See EngineSession.tokenize."""
        return list(await self.call("tokenize", {"text": wire.clean(text)}))

    async def count_texts(self, texts: Sequence[str]) -> list[int]:
        """See EngineSession.count_texts."""
        return list(await self.call("sizes", {"texts": [wire.clean(text) for text in texts]}))

    async def call(self, method: str, request: Mapping[str, Any]) -> Any:
        """Ask the child, loading the model again if it has to be; errors are the contract's own."""
        async with self._typed_errors():
            await self.load()
            return await self._child.call(method, dict(request))

    # -- for subclasses

    def _load_request(self) -> dict[str, Any]:
        """The parameters of ``load``."""
        raise NotImplementedError

    def _how(self) -> dict[str, Any]:
        """Further parameters of work on many texts."""
        return {}

    async def _load_now(self) -> None:
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
            said = await self._child.call("load", self._load_request(), silence_timeout_s=LOAD_SILENCE_S)
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
            engine=self.engine,
            context_length=said["context_length"],
            memory_bytes=self._resident_bytes(),
            loaded_at=datetime.now(UTC),
            pid=self._child.pid or 0,
        )

    def _sendable(self, texts: Sequence[str]) -> list[str]:
        """Texts without what cannot be sent, and not much longer than what the model can read of them."""
        longest = self.loaded.context_length * BYTES_PER_TOKEN_AT_MOST
        return [wire.clean(text[:longest]) for text in texts]

    def _require(self, purpose: Purpose, otherwise: str) -> None:
        if self._model.purpose != purpose:
            raise WrongPurpose(f"{self._model.name} is a {_KINDS[self._model.purpose]} model: it {otherwise}.")

    @asynccontextmanager
    async def _typed_errors(self) -> AsyncIterator[None]:
        try:
            yield
        except RemoteError as error:
            raise wire.typed(error) from error
        except ChildError as error:
            raise self._died(error) from error

    def _died(self, error: ChildError) -> HyperSpotError:
        return EngineDied(f"The engine stopped in the middle of its work: {error.sentence}.")

    def _note_death(self, error: ChildError) -> None:
        tail = error.stderr_tail if isinstance(error, ChildDied) else ()
        logger.bind(model_id=self._model.id).debug("engine's last words: {}", " | ".join(tail))
        self._ended.set()

    def _resident_bytes(self) -> int:
        if not self._child.pid:
            return 0
        try:
            return int(psutil.Process(self._child.pid).memory_info().rss)
        except psutil.Error:
            return 0


_KINDS: dict[Purpose, str] = {"chat": "chat", "embedding": "embedding", "reranking": "reranking"}
