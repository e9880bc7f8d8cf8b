"""Learns from the user's embedder how many tokens words have, so that passages can be measured without asking again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from loguru import logger

from modkit.security import SecurityContext
from modules.llm_manager.contract import InstalledModel, LlmManagerClient, LlmManagerError
from modules.rag.domain.cutting.passages import Ruler
from modules.rag.domain.cutting.tokens import atoms

_ASKED_EVERY_S = 10.0
_SHORT = 1 << 14
"""Characters; a thread would take longer to begin."""
_MOST_WORDS = 300_000
"""Some 30 MB; a language has fewer, a folder of hashes has more."""


@dataclass(slots=True)
class _Embedder:
    """A user's embedder (None: there is none that works) and what is known of its tokens."""

    model: InstalledModel | None
    asked_at: float
    sizes: dict[str, int] = field(default_factory=dict)


class Rulers:
    """One for all files: words repeat, so the embedder is asked ever more seldom."""

    def __init__(self, models: LlmManagerClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._models = models
        self._clock = clock
        self._embedders: dict[UUID, _Embedder] = {}
        self._asking = asyncio.Lock()

    async def ruler(self, ctx: SecurityContext, text: str) -> Ruler:
        """What this text is to be measured by. Without an embedder that works, an estimate has to do."""
        embedder = await self._embedder(ctx)
        if embedder.model is None:
            return Ruler()
        sizes = embedder.sizes
        short = len(text) < _SHORT
        unknown = _unknown(text, sizes) if short else await asyncio.to_thread(_unknown, text, sizes)
        if unknown:
            try:
                async with self._models.lease(ctx, embedder.model.id) as session:
                    counts = await session.count_texts(unknown)
            except LlmManagerError as error:
                logger.bind(model_id=embedder.model.id).info("Passages are cut by an estimate: {}", error.sentence)
                self._embedders[ctx.subject_id] = _Embedder(None, self._clock())
                return Ruler()
            sizes.update(zip(unknown, counts, strict=True))
        return Ruler(lambda atom: sizes.get(atom, 1), embedder.model.context_length or Ruler().context)

    async def _embedder(self, ctx: SecurityContext) -> _Embedder:
        async with self._asking:
            known = self._embedders.get(ctx.subject_id)
            now = self._clock()
            if known is not None and now - known.asked_at < _ASKED_EVERY_S:
                return known
            try:
                model: InstalledModel | None = await self._models.default_model(ctx, "embedding")
            except LlmManagerError:
                model = None
            same = known is not None and model is not None and known.model is not None and known.model.id == model.id
            keep = known.sizes if known is not None and same and len(known.sizes) < _MOST_WORDS else {}
            self._embedders[ctx.subject_id] = _Embedder(model, now, keep)
            return self._embedders[ctx.subject_id]


def _unknown(text: str, sizes: dict[str, int]) -> list[str]:
    """Words of the text that nothing is known of; single characters are one token to every tokeniser that counts."""
    return [atom for atom in set(atoms(text)) if len(atom) > 1 and atom not in sizes]
