"""Words are counted by the embedder once, and estimated where there is none that works."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.contract import EngineDied, InstalledModel, LlmManagerClient, LoadState, ModelNotFound
from modules.rag.domain.cutting.passages import Ruler
from modules.rag.domain.cutting.rulers import Rulers
from modules.rag.domain.cutting.tokens import count


class Models:
    """Of LlmManagerClient what rulers need; every word has as many tokens as letters."""

    def __init__(self) -> None:
        self.asked: list[set[str]] = []
        self.model: InstalledModel | None = _model("first")
        self.broken = False

    async def default_model(self, _ctx: SecurityContext, purpose: str) -> InstalledModel:
        if self.model is None:
            raise ModelNotFound(purpose)
        return self.model

    @asynccontextmanager
    async def lease(self, _ctx: SecurityContext, _model_id: str) -> AsyncIterator[Models]:
        if self.broken:
            raise EngineDied("The engine does not start.")
        yield self

    async def count_texts(self, texts: Sequence[str]) -> list[int]:
        self.asked.append(set(texts))
        return [len(text) for text in texts]


def _model(name: str) -> InstalledModel:
    facts: dict[str, Any] = dict.fromkeys(("sha256", "architecture", "quantization", "licence"), "")
    facts |= {"size_bytes": 1, "parameters": 1, "context_length": 256, "embedding_length": 8}
    return InstalledModel(
        id=name,
        name=name,
        purpose="embedding",
        path=Path(name),
        chat_template=None,
        linked=False,
        state=LoadState.ON_DISK,
        added_at=datetime.now(UTC),
        **facts,
    )


@pytest.fixture
def models() -> Models:
    return Models()


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def rulers(models: Models, clock: list[float]) -> Rulers:
    return Rulers(cast(LlmManagerClient, models), lambda: clock[0])


async def test_a_word_is_asked_for_once(rulers: Rulers, models: Models, ctx: SecurityContext) -> None:
    first = await rulers.ruler(ctx, "boat and harbour.")
    second = await rulers.ruler(ctx, "harbour and castle!")
    assert models.asked == [{"boat", "and", "harbour"}, {"castle"}]
    assert (count("boat.", first.of_atom), count("castle boat", second.of_atom)) == (5, 10)
    assert first.context == 256


async def test_without_an_embedder_lengths_are_estimated(rulers: Rulers, models: Models, ctx: SecurityContext) -> None:
    models.model = None
    assert await rulers.ruler(ctx, "boat") == Ruler()
    assert models.asked == []


async def test_an_embedder_that_does_not_start_is_left_alone_for_a_while(
    rulers: Rulers, models: Models, ctx: SecurityContext, clock: list[float]
) -> None:
    models.broken = True
    assert await rulers.ruler(ctx, "boat") == Ruler()
    models.broken = False
    assert await rulers.ruler(ctx, "boat") == Ruler()
    clock[0] = 60.0
    assert (await rulers.ruler(ctx, "boat")).context == 256


async def test_another_embedder_counts_anew(
    rulers: Rulers, models: Models, ctx: SecurityContext, clock: list[float]
) -> None:
    await rulers.ruler(ctx, "boat")
    models.model, clock[0] = _model("second"), 60.0
    await rulers.ruler(ctx, "boat")
    assert models.asked == [{"boat"}, {"boat"}]
