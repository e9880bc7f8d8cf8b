"""Gives passages and questions their vectors, by the user's embedding model."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from modkit.security import SecurityContext
from modules.llm_manager.contract import InstalledModel, LlmManagerClient, LlmManagerError, ModelNotFound
from modules.local_search_index.contract import Generation, LocalSearchIndexClient, PassageText, PassageVector
from modules.rag.contract import FileState
from modules.rag.domain.ports import FileRecord, RagStore

NO_EMBEDDER = "No embedding model is installed: passages are found by their words only."
Tell = Callable[[FileRecord, int], Awaitable[None]]


class Embedder:
    """Keeps the active generation of vectors complete; a new model builds a new one beside the old."""

    def __init__(self, store: RagStore, index: LocalSearchIndexClient, models: LlmManagerClient, *, batch: int) -> None:
        self._store = store
        self._index = index
        self._models = models
        self._batch = batch

    async def model(self, ctx: SecurityContext) -> InstalledModel | None:
        """The user's embedding model; None when there is none."""
        try:
            return await self._models.default_model(ctx, "embedding")
        except ModelNotFound:
            return None

    async def embed_all(self, ctx: SecurityContext, model: InstalledModel, tell: Tell) -> int:
        """Give every waiting file of the user its vectors; ``tell`` hears of each batch. Gives how many were made.

        Every batch is stored at once, and a file counts as indexed when it has all.

        Raises:
            LlmManagerError: the model does not load or died.
        """
        generation = await self._generation(ctx, model)
        made = 0
        for record in await self._store.without_vectors(ctx):
            while waiting := await self._waiting(ctx, generation, record):
                made += await self._embed(ctx, model, generation, waiting)
                await tell(record, made)
            await self._store.save_files(ctx, [replace(record, state=FileState.INDEXED)])
        if not generation.active:
            await self._index.activate_generation(ctx, generation.id)
        return made

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

    async def _generation(self, ctx: SecurityContext, model: InstalledModel) -> Generation:
        known = {one.embedder for one in await self._index.generations(ctx)}
        generation = await self._index.begin_generation(ctx, _name(model), model.embedding_length)
        if known and generation.embedder not in known:
            await self._store.await_vectors(ctx)
        return generation

    async def _waiting(self, ctx: SecurityContext, generation: Generation, record: FileRecord) -> list[PassageText]:
        return await self._index.without_vectors(ctx, generation.id, limit=self._batch, document_id=record.id)

    async def _embed(
        self, ctx: SecurityContext, model: InstalledModel, generation: Generation, passages: list[PassageText]
    ) -> int:
        async with self._models.lease(ctx, model.id) as session:
            vectors = await session.embed([_text(passage) for passage in passages])
        pairs = zip(passages, vectors, strict=True)
        return await self._index.set_vectors(
            ctx, generation.id, [PassageVector(passage.id, vector) for passage, vector in pairs]
        )


def _name(model: InstalledModel) -> str:
    """Names everything that changes the vectors."""
    return f"{model.id}@{model.sha256[:16]}"


def _text(passage: PassageText) -> str:
    """With its headings: what a passage is about often stands only there."""
    return "\n".join((" › ".join(passage.heading_path), passage.text)).strip()
