"""Rewrites a model in another quantisation, in a sandboxed child of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from modkit.children import ChildError, ChildProcess, ChildSpec, SandboxProfile
from modkit.errors import RemoteError
from modules.llm_manager.contract import ModelLoadFailed
from modules.llm_manager.infra import engine_wire as wire
from modules.llm_manager.infra.llama_cpp.threads import ThreadPlan

_SILENCE_S = 600.0
"""One tensor of a large model on a slow computer."""


class LlamaCppRequantizer:
    """Implements Requantizer. The child reads the source and writes the one file that was made for it, nothing else."""

    async def requantize(
        self,
        source: Path,
        target: Path,
        quantization: str,
        on_progress: Callable[[float], None] | None = None,
    ) -> None:
        """Write ``target`` (any existing file there is replaced); on failure nothing usable is left there.

        ``on_progress`` hears shares from 0 to 1. Cancelling ends the child.

        Raises:
            ModelLoadFailed: the engine cannot read the source or does not know the quantisation.
        """
        part = target.with_name(target.name + ".part")
        try:
            await asyncio.to_thread(part.write_bytes, b"")
            await self._run(source, part, quantization, on_progress)
            await asyncio.to_thread(_settle, part, target)
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)

    async def _run(
        self, source: Path, part: Path, quantization: str, on_progress: Callable[[float], None] | None
    ) -> None:
        request = {
            "source": str(source),
            "target": str(part),
            "quantization": quantization,
            "threads": ThreadPlan.for_this_computer().generate,
        }
        spec = ChildSpec(
            "engine",
            sandbox=SandboxProfile(read_paths=[source], write_paths=[part]),
            silence_timeout_s=_SILENCE_S,
        )
        try:
            async with ChildProcess(spec) as child:
                await child.call("quantize", request, on_progress=on_progress)
        except RemoteError as error:
            raise wire.typed(error) from error
        except ChildError as error:
            raise ModelLoadFailed(f"Re-quantising {source.name} failed: {error.sentence}.") from error


def _settle(part: Path, target: Path) -> None:
    """The file is on disk before it gets its name: a crash leaves a part, never half a model."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)
