"""What a reranking model does for retrieval, where one is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from loguru import logger

from modkit.security import SecurityContext
from modules.llm_manager.contract import LlmManagerClient, LlmManagerError, ModelNotFound


class Reranker(Protocol):
    """Reads the question together with each passage, which is slower and better than comparing vectors."""

    async def scores(self, ctx: SecurityContext, query: str, texts: Sequence[str]) -> list[float] | None:
        """One score a text, larger is better; None when no model can do it."""


class ModelReranker:
    """Implements Reranker by the user's reranking model."""

    def __init__(self, models: LlmManagerClient) -> None:
        self._models = models

    async def scores(self, ctx: SecurityContext, query: str, texts: Sequence[str]) -> list[float] | None:
        if not texts:
            return None
        try:
            model = await self._models.default_model(ctx, "reranking")
            async with self._models.lease(ctx, model.id) as session:
                return await session.rerank(query, list(texts))
        except ModelNotFound:
            return None
        except LlmManagerError as err:
            # Passages are found without it as well.
            logger.bind(code=err.code).warning("Passages could not be reranked")
            return None
