"""Wires rag: tables, the indexing job, retrieval and answers behind the client."""

from __future__ import annotations

from collections.abc import Sequence

from modkit.cancellation import CancellationToken
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
from modules.rag.domain.answers.answering import Answering
from modules.rag.domain.answers.checking import Checker
from modules.rag.domain.answers.finding import Finder
from modules.rag.domain.answers.leading import Leading
from modules.rag.domain.answers.model_sizes import LocalModelSizes
from modules.rag.domain.asking import Asking
from modules.rag.domain.collections import Collections
from modules.rag.domain.cutting.rulers import Rulers
from modules.rag.domain.embedding import Embedder
from modules.rag.domain.events import RagEvents
from modules.rag.domain.indexing.handler import IndexingHandler
from modules.rag.domain.indexing.ingestion import Ingestion
from modules.rag.domain.indexing.keeping import Keeper
from modules.rag.domain.indexing.pacing import SPECS, Pacing
from modules.rag.domain.indexing.pipeline import Pipeline
from modules.rag.domain.indexing.reading import Reader
from modules.rag.domain.indexing.scan import Scanner
from modules.rag.domain.indexing.watching import Watcher, WatchTimes
from modules.rag.domain.jobs import IndexingJobs
from modules.rag.domain.question_sets import QuestionSets
from modules.rag.domain.retrieval.reranking import ModelReranker
from modules.rag.domain.retrieval.search import Retrieval
from modules.rag.domain.service import RagService
from modules.rag.domain.viewing import Viewing
from modules.rag.domain.whole_collection.answers import WholeAnswers
from modules.rag.domain.whole_collection.files import WholeCollections
from modules.rag.domain.whole_collection.map_files import FileByFile
from modules.rag.infra.computer import LocalComputer
from modules.rag.infra.disk import LocalDisk
from modules.rag.infra.notices import WatchfilesNotices
from modules.rag.infra.storage.migrations import MIGRATIONS
from modules.rag.infra.storage.question_sets import SqlQuestionSets
from modules.rag.infra.storage.repository import SqlRagStore
from modules.settings.contract import SettingsClient


@module(
    name="rag",
    deps=["file-parser", "local-search-index", "jobs-manager", "llm-manager", "llm-gateway", "settings"],
    capabilities=["db", "stateful"],
    client=RagClient,
)
class RagModule:
    """Documents in, cited answers out."""

    def __init__(self) -> None:
        self._collections: Collections | None = None
        self._watcher: Watcher | None = None
        self._events = RagEvents()

    def migrations(self) -> Sequence[Migration]:
        return MIGRATIONS

    async def init(self, ctx: ModuleContext) -> None:
        hub, config, events = ctx.client_hub, ctx.config(RagConfig), self._events
        index, models, settings = hub.get(LocalSearchIndexClient), hub.get(LlmManagerClient), hub.get(SettingsClient)
        settings.declare(SPECS)
        store, disk = SqlRagStore(ctx.db_required()), LocalDisk(config.max_file_size_mb << 20, excluded=ctx.home)
        jobs = IndexingJobs(hub.get(JobsClient))
        pacing = Pacing(settings, models, LocalComputer(), events, most=config.readers)
        embedder = Embedder(store, index, models, batch=config.embed_batch)
        scanner = Scanner(store, disk, index, uuid7)
        reader = Reader(store, disk, hub.get(FileParserClient), index, Rulers(models))
        pipeline = Pipeline(store, reader, Keeper(store, index), pacing, events, readers=config.readers)
        handler = IndexingHandler(store, index, scanner, pipeline, embedder, pacing, events)
        hub.get(JobsClient).register_handler(INDEXING, handler)
        self._collections = Collections(store, index, jobs, events)
        ingestion = Ingestion(store, self._collections, jobs, events)
        times = WatchTimes(config.watch_after_s, config.watch_check_s, config.watch_poll_s)
        notices = WatchfilesNotices(check_s=config.watch_check_s, excluded=ctx.home)
        self._watcher = Watcher(store, ingestion, hub.get(JobsClient), notices, events, times)
        retrieval = Retrieval(store, index, embedder)
        gateway = hub.get(LlmGatewayClient)
        finder = Finder(
            retrieval, index, gateway, most_passages=config.passages_in_prompt, reranker=ModelReranker(models)
        )
        sizes, checker, leading = LocalModelSizes(models), Checker(embedder), Leading(embedder)
        answering = Answering(gateway, sizes, checker, leading)
        whole = WholeAnswers(WholeCollections(store, index, retrieval), gateway, FileByFile(gateway, sizes, checker))
        asking = Asking(retrieval, finder, gateway, answering, whole)
        viewing = Viewing(store, index, disk, hub.get(FileParserClient))
        question_sets = QuestionSets(store, SqlQuestionSets(ctx.db_required()), retrieval, embedder)
        hub.register(
            RagClient,
            RagService(self._collections, ingestion, pacing, events, retrieval, asking, viewing, question_sets),
        )

    async def start(self, cancel: CancellationToken) -> None:
        if self._collections is not None:
            await self._collections.empty_old_trash()
        if self._watcher is not None:
            self._watcher.start()

    async def stop(self, cancel: CancellationToken) -> None:
        if self._watcher is not None:
            await self._watcher.stop()
        self._events.close()
