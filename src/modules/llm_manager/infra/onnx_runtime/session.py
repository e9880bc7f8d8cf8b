"""ONNX Runtime's side of a loaded encoder."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any, ClassVar

from modkit.children import ChildSpec, SandboxProfile
from modules.llm_manager.contract import (
    EngineChunk,
    EngineMessage,
    EngineStats,
    InstalledModel,
    SamplingParams,
    WrongPurpose,
)
from modules.llm_manager.infra.child_session import ChildSession

_TARGET = "modules.llm_manager.infra.onnx_runtime.child:main"
_MEMORY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_TRIM_THRESHOLD_": str(8 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(4 << 20),
}
"""glibc keeps what long passages needed for the next ones: 205 MB resident instead of 150."""
_SILENCE_S = 60.0
_MAX_FRAME_BYTES = 64 << 20
_OVERHEAD_BYTES = 4 << 30
"""Address space besides the weights: the interpreter, libraries, thread stacks, rows of long texts. A fuse only."""


class OnnxSession(ChildSession):
    """One loaded encoder; it embeds and refuses everything else."""

    engine: ClassVar[str] = "onnxruntime"

    def __init__(self, model: InstalledModel, *, cores: int, busy: Callable[[], bool]) -> None:
        """``cores`` texts are read at a time, and one while ``busy`` says that somebody waits for the processor."""
        self._cores = cores
        self._busy = busy
        memory_bytes = 4 * model.size_bytes + _OVERHEAD_BYTES
        spec = ChildSpec(
            "embedder",
            target=_TARGET,
            sandbox=SandboxProfile(read_paths=[model.path], memory_bytes=memory_bytes),
            # ONNX Runtime reports its use to its makers unless it is told not to; it could not from in there, but it
            # shall not even try. The matrix library of NumPy would start threads for products that are never asked for.
            environment={"ORT_DISABLE_TELEMETRY": "1", "OPENBLAS_NUM_THREADS": "1", **_MEMORY},
            silence_timeout_s=_SILENCE_S,
            max_frame_bytes=_MAX_FRAME_BYTES,
        )
        # A question does not wait for the passages that are being read meanwhile.
        super().__init__(model, spec, one_at_a_time=False)

    def chat(
        self,
        messages: Sequence[EngineMessage],
        params: SamplingParams,
        *,
        conversation_key: str | None = None,
        continue_last: bool = False,
    ) -> AsyncGenerator[EngineChunk, None]:
        """See EngineSession.chat."""
        return self._nothing()

    def complete(self, prompt: str, params: SamplingParams) -> AsyncGenerator[EngineChunk, None]:
        """See EngineSession.complete."""
        return self._nothing()

    async def rerank(self, query: str, texts: Sequence[str]) -> list[float]:
        """See EngineSession.rerank."""
        raise self._refused()

    async def count_tokens(self, messages: Sequence[EngineMessage]) -> int:
        """See EngineSession.count_tokens."""
        raise self._refused()

    async def stats(self) -> EngineStats:
        """See EngineSession.stats."""
        said = await self.call("stats", {})
        return EngineStats(
            resident_bytes=self._resident_bytes(),
            context_length=said["context_length"],
            cached_sequences=0,
            cached_tokens=0,
            requests=said["requests"],
            details={"architecture": said["architecture"]},
        )

    def _load_request(self) -> dict[str, Any]:
        return {"path": str(self._model.path), "threads": self._cores}

    def _how(self) -> dict[str, Any]:
        return {"threads": 1 if self._busy() else self._cores}

    async def _nothing(self) -> AsyncGenerator[EngineChunk, None]:
        none: tuple[EngineChunk, ...] = ()
        for chunk in none:
            yield chunk  # makes this a generator, as the port has it
        raise self._refused()

    def _refused(self) -> WrongPurpose:
        return WrongPurpose(f"{self._model.name} is an embedding model: it makes vectors for search and nothing else.")
