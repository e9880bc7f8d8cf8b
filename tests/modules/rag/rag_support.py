"""A running program with rag in it, and a model that says what it is told to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from modkit.client_hub import ClientHub
from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobsClient
from modules.llm_gateway.contract import (
    ChatRequest,
    EmbeddingRequest,
    EmbeddingResponse,
    GatewayModel,
    Message,
    ProviderHealth,
    StreamChunk,
    Usage,
)
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    FileState,
    IndexedFile,
    PassagesChosen,
    Question,
    RagClient,
)

MODEL = "scripted::parrot"
MODULES = {
    "settings": "modules.settings.module:SettingsModule",
    "jobs-manager": "modules.jobs_manager.module:JobsManagerModule",
    "llm-manager": "modules.llm_manager.module:LlmManagerModule",
    "llm-gateway": "modules.llm_gateway.module:LlmGatewayModule",
    "file-parser": "modules.file_parser.module:FileParserModule",
    "local-search-index": "modules.local_search_index.module:LocalSearchIndexModule",
    "rag": "modules.rag.module:RagModule",
}


@dataclass
class ScriptedProvider:
    """Implements LlmProvider; counts a token for every four characters."""

    slug: str = "scripted"
    pieces: Sequence[str] = ("It is ", "so [1].")
    window: int = 4096
    asked: list[ChatRequest] = field(default_factory=list)

    async def models(self, ctx: SecurityContext) -> list[GatewayModel]:
        return [GatewayModel(MODEL, self.slug, "Parrot", "chat", self.window, local=True, ready=True)]

    async def stream(self, ctx: SecurityContext, model_id: str, request: ChatRequest) -> AsyncIterator[StreamChunk]:
        self.asked.append(request)
        for piece in self.pieces:
            yield StreamChunk("1", model_id, piece)
        yield StreamChunk("1", model_id, finish_reason="stop", usage=Usage(5, 2))

    async def embeddings(self, ctx: SecurityContext, model_id: str, request: EmbeddingRequest) -> EmbeddingResponse:
        return EmbeddingResponse(model_id, (), Usage(0, 0))

    async def count_tokens(self, ctx: SecurityContext, model_id: str, messages: Sequence[Message]) -> int:
        return sum(len(message.text) for message in messages) // 4

    async def context_window(self, ctx: SecurityContext, model_id: str) -> int:
        return self.window

    async def default_model_id(self, ctx: SecurityContext) -> str | None:
        return "parrot"

    async def health(self, ctx: SecurityContext) -> ProviderHealth:
        return ProviderHealth(self.slug, "healthy")


@dataclass(frozen=True)
class Asked:
    """One whole answer."""

    chosen: PassagesChosen
    text: str
    done: AnswerDone


@dataclass(frozen=True)
class Workplace:
    """A running host and the usual things to do with it; ``docs`` is a folder of the user's."""

    hub: ClientHub
    ctx: SecurityContext
    docs: Path
    provider: ScriptedProvider

    @property
    def rag(self) -> RagClient:
        client: RagClient = self.hub.get(RagClient)
        return client

    async def done(self, job_id: Any) -> dict[str, Any]:
        """What the job counted when it had succeeded."""
        job: Job = await self.hub.get(JobsClient).wait(self.ctx, job_id)
        assert job.error is None, job.error
        return job.result

    async def index(self, *paths: Path, collection: str = "C") -> dict[str, Any]:
        return await self.done(await self.rag.add(self.ctx, collection, paths or (self.docs,)))

    async def files(self, collection: str = "C") -> dict[str, IndexedFile]:
        """By the path below ``docs``."""
        report = await self.rag.report(self.ctx, collection)
        return {one.path.relative_to(self.docs).as_posix(): one for one in report.files}

    async def states(self, collection: str = "C") -> dict[str, FileState]:
        return {name: one.state for name, one in (await self.files(collection)).items()}

    async def counts(self, collection: str = "C") -> Counter[FileState]:
        return Counter((await self.rag.report(self.ctx, collection)).counts)

    async def ask(self, text: str, *, collection: str = "C", model: str | None = MODEL) -> Asked:
        question = Question(text=text, collections=(collection,), model=model)
        events = [event async for event in self.rag.ask(self.ctx, question)]
        chosen, *pieces, done = [event for event in events if not isinstance(event, AnswerProgress)]
        assert isinstance(chosen, PassagesChosen)
        assert isinstance(done, AnswerDone)
        return Asked(chosen, "".join(piece.text for piece in pieces if isinstance(piece, AnswerPiece)), done)
