"""What a reranking model does for retrieval, where one is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from modkit.security import SecurityContext


class Reranker(Protocol):
    """Reads the question together with each passage, which is slower and better than comparing vectors."""

    async def scores(self, ctx: SecurityContext, query: str, texts: Sequence[str]) -> list[float] | None:
        """One score a text, larger is better; None when no model can do it."""


class NoReranker:
    """There is no reranking model."""

    async def scores(self, ctx: SecurityContext, query: str, texts: Sequence[str]) -> list[float] | None:
        return None
