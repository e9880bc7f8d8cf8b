"""The collections of the plugin on a server, made at first use, and what a failing server means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from qdrant_client import AsyncQdrantClient, models
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException

from modules.local_search_index.contract import IndexUnavailable

WORDS = "words"
_KEYWORDS = ("tenant_id", "owner_id", "document_id", "collection_id", "type", "language", "path", "file_name")
_PAGE = 256


class Collections:
    """Names, making and paging. ``indexed``: payload indexes are made, which only a server knows."""

    def __init__(self, client: AsyncQdrantClient, prefix: str, *, indexed: bool) -> None:
        self.client = client
        self.documents = f"{prefix}-documents"
        self.passages = f"{prefix}-passages"
        self.marks = f"{prefix}-marks"
        self._prefix = prefix
        self._indexed = indexed
        self._making = asyncio.Lock()
        self._made: set[str] = set()

    def vectors(self, generation_id: int) -> str:
        return f"{self._prefix}-vectors-{generation_id}"

    @asynccontextmanager
    async def ready(self) -> AsyncIterator[AsyncQdrantClient]:
        """The client, with the collections in place.

        Raises:
            IndexUnavailable: the server does not answer, or answers with an error.
        """
        try:
            await self._make_all()
            yield self.client
        except (ApiException, ResponseHandlingException, httpx.HTTPError, OSError) as err:
            raise IndexUnavailable(
                "The Qdrant server did not do what it was asked for.",
                action="Check that it runs and is as new as qdrant-client, and config.qdrant of local-search-index.",
            ) from err

    async def make_vectors(self, generation_id: int, dimensions: int) -> None:
        cosine = models.VectorParams(size=dimensions, distance=models.Distance.COSINE)
        await self._make(self.vectors(generation_id), vectors_config=cosine)

    async def drop_vectors(self, generation_id: int) -> None:
        await self.client.delete_collection(self.vectors(generation_id))
        self._made.discard(self.vectors(generation_id))

    async def all(self, name: str, where: models.Filter, payload: bool | list[str] = True) -> list[models.Record]:
        """Every point that meets the conditions."""
        found: list[models.Record] = []
        offset: Any = None
        while True:
            page, offset = await self.client.scroll(
                name, scroll_filter=where, limit=_PAGE, offset=offset, with_payload=payload
            )
            found += page
            if offset is None:
                return found

    async def _make_all(self) -> None:
        if self.marks in self._made:
            return
        async with self._making:
            rarity = models.SparseVectorParams(modifier=models.Modifier.IDF)
            await self._make(self.documents, vectors_config={})
            await self._make(self.passages, vectors_config={}, sparse_vectors_config={WORDS: rarity})
            await self._make(self.marks, vectors_config={})

    async def _make(self, name: str, **parameters: Any) -> None:
        if name in self._made:
            return
        if not await self.client.collection_exists(name):
            await self.client.create_collection(name, **parameters)
        if self._indexed:
            await self._make_indexes(name)
        self._made.add(name)

    async def _make_indexes(self, name: str) -> None:
        keywords = [*_KEYWORDS, "terms"] if name == self.passages else _KEYWORDS
        for key in keywords:
            await self.client.create_payload_index(name, key, models.PayloadSchemaType.KEYWORD)
        await self.client.create_payload_index(name, "modified_at", models.PayloadSchemaType.DATETIME)
