"""Opens the Qdrant plugin; the one place that knows that its client is an optional package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modules.local_search_index.config import QdrantConfig
from modules.local_search_index.contract import IndexUnavailable

if TYPE_CHECKING:
    from modules.local_search_index.infra.qdrant.store import QdrantStore

IN_MEMORY = ":memory:"


def open_store(config: QdrantConfig) -> QdrantStore:
    """A store on the configured server; nothing is sent before its first use.

    Raises:
        IndexUnavailable: the package is not installed.
    """
    try:
        from qdrant_client import AsyncQdrantClient
    except ImportError as err:
        raise IndexUnavailable(
            "Searching on a Qdrant server needs the package qdrant-client, which is not installed.",
            action='Install it: pip install "hyperspot-desktop[qdrant]", or take config.qdrant away.',
        ) from err
    from modules.local_search_index.infra.qdrant.store import QdrantStore

    if config.url == IN_MEMORY:
        return QdrantStore(AsyncQdrantClient(location=IN_MEMORY), config.prefix, indexed=False)
    api_key = config.api_key.get_secret_value() if config.api_key else None
    timeout_s = max(1, round(config.timeout_s))
    # The check would ask the server at once, on a thread of its own.
    client = AsyncQdrantClient(url=config.url, api_key=api_key, timeout=timeout_s, check_compatibility=False)
    return QdrantStore(client, config.prefix)
