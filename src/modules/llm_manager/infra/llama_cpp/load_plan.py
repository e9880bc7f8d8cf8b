"""How a model is loaded on this computer: threads, memory limits, room for other conversations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from modules.llm_manager.contract import InstalledModel
from modules.llm_manager.infra.llama_cpp.threads import ThreadPlan

_PARK_AT_LEAST = 64 << 20
_FREE_SHARE = 4
_OVERHEAD_BYTES = 6 << 30
"""Address space besides weights and caches: the interpreter, thread stacks, compute buffers. It is a fuse against
runaway growth, not a measure of use; address space costs nothing."""


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """Everything the child is told, and the limit it is locked into."""

    context_length: int
    threads: ThreadPlan
    park_bytes: int
    memory_limit_bytes: int
    tuned_kernels: bool = True

    def request(self, path: Path) -> dict[str, Any]:
        """The parameters of ``load``."""
        return {
            "path": str(path),
            "context_length": self.context_length,
            "threads": self.threads.generate,
            "read_threads": self.threads.read,
            "park_bytes": self.park_bytes,
            "tuned_kernels": self.tuned_kernels,
        }


def plan_load(model: InstalledModel, context_length: int, *, tuned_kernels: bool) -> LoadPlan:
    """A plan for this computer as it is now.

    Copies of other conversations may take a quarter of the free memory.
    The limit on address space allows for the weights twice (mapped, and repacked for this processor's kernels).
    """
    free_bytes = int(psutil.virtual_memory().available)
    park_bytes = max(_PARK_AT_LEAST, free_bytes // _FREE_SHARE)
    caches = park_bytes + _context_bytes_at_most(model, context_length)
    return LoadPlan(
        context_length=context_length,
        threads=ThreadPlan.for_this_computer(),
        park_bytes=park_bytes,
        memory_limit_bytes=2 * model.size_bytes + caches + _OVERHEAD_BYTES,
        tuned_kernels=tuned_kernels,
    )


def _context_bytes_at_most(model: InstalledModel, context_length: int) -> int:
    """Keys and values of one token never take more than a 16-bit embedding for each of 200 layers."""
    return context_length * max(1024, model.embedding_length) * 2 * 2 * 200
