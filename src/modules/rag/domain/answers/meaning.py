"""How near two texts are in meaning, by the embedder that made the index's vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from modkit.security import SecurityContext

MEANS_THE_SAME = 0.65
"""Cosine from which one sentence says what another does; sentences about the same thing begin at about 0.4."""


class Vectors(Protocol):
    """Gives texts their vectors."""

    async def vectors(self, ctx: SecurityContext, texts: Sequence[str]) -> tuple[list[list[float]] | None, str]:
        """Vectors of length one in the active generation; without one, the sentence that says why."""


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of two vectors of length one."""
    return sum(a * b for a, b in zip(one, other, strict=True))
