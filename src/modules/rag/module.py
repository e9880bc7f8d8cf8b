"""Wires rag: tables, the indexing job, retrieval and answers behind the client."""

from __future__ import annotations

from collections.abc import Sequence

from modkit.db import Migration, uuid7
from modkit.module import module
from modkit.module_context import ModuleContext
from modules.file_parser.contract import FileParserClient
from modules.jobs_manager.contract import JobsClient
from modules.llm_gateway.contract import LlmGatewayClient
from modules.llm_manager.contract import LlmManagerClient
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.rag.config import RagConfig
from modules.rag.contract import INDEXING, RagClient
from modules.rag.domain.asking import Asking
from modules.rag.domain.embedding import Embedder
from modules.rag.domain.indexing import IndexingHandler
from modules.rag.domain.reading import Reader
from modules.rag.domain.retrieval import Retrieval
from modules.rag.domain.scan import Scanner
from modules.rag.domain.service import RagService
from modules.rag.infra.disk import LocalDisk
from modules.rag.infra.storage.migrations import MIGRATIONS
from modules.rag.infra.storage.repository import SqlRagStore


@module(
    name="rag",
    deps=["file-parser", "local-search-index", "jobs-manager", "llm-manager", "llm-gateway", "settings"],
    capabilities=["db"],
    client=RagClient,
)
class RagModule:
    """Documents in, cited answers out."""

    def migrations(self) -> Sequence[Migration]:
        return MIGRATIONS

    async def init(self, ctx: ModuleContext) -> None:
        hub, config = ctx.client_hub, ctx.config(RagConfig)
        index, jobs = hub.get(LocalSearchIndexClient), hub.get(JobsClient)
        store, disk = SqlRagStore(ctx.db_required()), LocalDisk(config.max_file_size_mb << 20)
        embedder = Embedder(store, index, hub.get(LlmManagerClient), batch=config.embed_batch)
        scanner = Scanner(store, disk, index, uuid7)
        reader = Reader(store, disk, hub.get(FileParserClient), index)
        jobs.register_handler(
            INDEXING, IndexingHandler(store, index, scanner, reader, embedder, readers=config.readers)
        )
        retrieval = Retrieval(store, index, embedder)
        asking = Asking(retrieval, hub.get(LlmGatewayClient), most_passages=config.passages_in_prompt)
        hub.register(RagClient, RagService(store, index, jobs, retrieval, asking))
