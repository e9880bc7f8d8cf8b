"""Gives passages and questions their vectors, by the user's embedding model."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from modkit.security import SecurityContext
from modules.llm_manager.contract import (
    EngineDied,
    InstalledModel,
    LlmManagerClient,
    LlmManagerError,
    ModelFileMissing,
    ModelNotFound,
)
from modules.local_search_index.contract import (
    Generation,
    GenerationNotFound,
    LocalSearchIndexClient,
    PassageText,
    PassageVector,
)
from modules.rag.domain.ports import FileRecord, RagStore

NO_EMBEDDER = "No embedding model is installed: passages are found by their words only."
Tell = Callable[[FileRecord | None, int], Awaitable[None]]
"""Hears whose passages got how many vectors; None for a file that is not listed (its collection is in the trash)."""
_WINDOW = 16
"""Batches whose passages are fetched at once: looking for those without a vector costs as much as making three."""


@dataclass(slots=True)
class _Work:
    """What one call has made so far, and how much that was when it failed last."""

    tell: Tell
    made: int = 0
    failed_at: int = -1


class Embedder:
    """Keeps the active generation of vectors complete; a new model builds a new one beside the old."""

    def __init__(self, store: RagStore, index: LocalSearchIndexClient, models: LlmManagerClient, *, batch: int) -> None:
        self._store = store
        self._index = index
        self._models = models
        self._batch = batch
        self._embedding = asyncio.Lock()

    async def model(self, ctx: SecurityContext) -> InstalledModel | None:
        """The user's embedding model; None when there is none."""
        try:
            return await self._models.default_model(ctx, "embedding")
        except ModelNotFound:
            return None

    async def embed_all(self, ctx: SecurityContext, tell: Tell) -> tuple[int, str]:
        """Give every passage of the user that waits for it its vector: how many were made, and what is missing.

        ``tell`` hears of each batch. Every batch is stored at once, so whatever ends this, the next call goes on
        there. An embedder that was changed or is gone in the middle is noticed: another one begins a generation
        beside the one that is searched, and takes its place when it is complete.

        Raises:
            LlmManagerError: the model does not load or died.
        """
        # One at a time: two would make the same vectors twice.
        async with self._embedding:
            work = _Work(tell)
            while (model := await self.model(ctx)) is not None:
                before = work.made
                try:
                    await self._fill(ctx, model, work)
                    if await self._is_chosen(ctx, model):
                        return work.made, ""
                except (ModelNotFound, ModelFileMissing, EngineDied):
                    # Gone, or to be started again. What fails twice without a vector in between fails for good.
                    if work.failed_at == before == work.made:
                        raise
                    work.failed_at = work.made
                except GenerationNotFound:
                    continue  # another embedder's took its place
            return work.made, NO_EMBEDDER

    async def query_vector(self, ctx: SecurityContext, text: str) -> tuple[list[float] | None, str]:
        """The vector of a question in the active generation; without one, the sentence that says why."""
        vectors, note = await self.vectors(ctx, [text])
        return (None if vectors is None else vectors[0]), note

    async def active(self, ctx: SecurityContext) -> str:
        """The name of the embedder whose vectors are searched; empty without one."""
        return next((one.embedder for one in await self._index.generations(ctx) if one.active), "")

    async def vectors(self, ctx: SecurityContext, texts: Sequence[str]) -> tuple[list[list[float]] | None, str]:
        """The same for several texts at once."""
        generation = next((one for one in await self._index.generations(ctx) if one.active), None)
        if generation is None:
            return None, "There are no vectors yet: passages are found by their words only."
        model = next((one for one in await self._models.installed(ctx) if _name(one) == generation.embedder), None)
        if model is None:
            return None, "The embedding model that made the vectors is gone: passages are found by their words only."
        try:
            async with self._models.lease(ctx, model.id) as session:
                return await session.embed(list(texts)), ""
        except LlmManagerError as error:
            return None, f"{error.sentence} Passages are found by their words only."

    async def _fill(self, ctx: SecurityContext, model: InstalledModel, work: _Work) -> None:
        """Complete the model's generation and search by it; ends early when the user chose another one."""
        generation = await self._generation(ctx, model)
        records = {record.id: record for record in await self._store.without_vectors(ctx)}
        while window := await self._index.without_vectors(ctx, generation.id, limit=_WINDOW * self._batch):
            if not await self._is_chosen(ctx, model):
                return
            await self._embed_window(ctx, model, generation, window, records, work)
            # Of the last document there may be more to come.
            whole = {passage.document_id for passage in window} - {window[-1].document_id}
            await self._store.vectors_made(ctx, whole & records.keys())
        await self._store.vectors_made(ctx, records.keys())
        if not generation.active:
            await self._index.activate_generation(ctx, generation.id)

    async def _embed_window(
        self,
        ctx: SecurityContext,
        model: InstalledModel,
        generation: Generation,
        window: Sequence[PassageText],
        records: Mapping[UUID, FileRecord],
        work: _Work,
    ) -> None:
        """Vectors are stored while the next ones are made."""
        storing: asyncio.Future[int] | None = None
        try:
            for batch in batched(window, self._batch):
                async with self._models.lease(ctx, model.id) as session:
                    vectors = await session.embed([_text(passage) for passage in batch])
                work.made += await storing if storing is not None else 0
                pairs = zip(batch, vectors, strict=True)
                found = [PassageVector(passage.id, vector) for passage, vector in pairs]
                storing = asyncio.ensure_future(self._index.set_vectors(ctx, generation.id, found))
                await work.tell(records.get(batch[0].document_id), len(found))
        except BaseException:
            # What is being stored is waited for, whatever ended the work: nobody else would hear of it.
            if storing is not None:
                await asyncio.wait({storing})
                stored = not storing.cancelled() and storing.exception() is None
                work.made += storing.result() if stored else 0
            raise
        work.made += await storing if storing is not None else 0

    async def _is_chosen(self, ctx: SecurityContext, model: InstalledModel) -> bool:
        chosen = await self.model(ctx)
        return chosen is not None and _name(chosen) == _name(model)

    async def _generation(self, ctx: SecurityContext, model: InstalledModel) -> Generation:
        known = {one.embedder for one in await self._index.generations(ctx)}
        generation = await self._index.begin_generation(ctx, _name(model), model.embedding_length)
        if known and generation.embedder not in known:
            await self._store.await_vectors(ctx)
        return generation


def batched(passages: Sequence[PassageText], size: int) -> Iterator[Sequence[PassageText]]:
    """The passages in pieces of at most ``size``."""
    for start in range(0, len(passages), size):
        yield passages[start : start + size]


def _name(model: InstalledModel) -> str:
    """Names everything that changes the vectors."""
    return f"{model.id}@{model.sha256[:16]}"


def _text(passage: PassageText) -> str:
    """With its headings: what a passage is about often stands only there."""
    return "\n".join((" › ".join(passage.heading_path), passage.text)).strip()
