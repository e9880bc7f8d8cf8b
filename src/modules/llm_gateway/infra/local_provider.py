"""The provider ``local``: models on this computer, through llm-manager's leases."""

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.llm_gateway import contract as gateway
from modules.llm_gateway.contract import (
    ChatRequest,
    EmbeddingRequest,
    EmbeddingResponse,
    GatewayModel,
    Message,
    Params,
    ProviderHealth,
    StreamChunk,
    Usage,
)
from modules.llm_gateway.domain.names import join
from modules.llm_gateway.domain.streams import closing
from modules.llm_manager import contract as manager
from modules.llm_manager.contract import EngineMessage, EngineSession, LlmManagerClient, SamplingParams, Timings

SLUG = "local"

_ERRORS: dict[type[HyperSpotError], type[gateway.LlmGatewayError]] = {
    manager.ModelNotFound: gateway.ModelNotFound,
    manager.ContextOverflow: gateway.ContextLengthExceeded,
    manager.WrongPurpose: gateway.CapabilityNotSupported,
}


class LocalProvider:
    """Implements LlmProvider."""

    def __init__(self, models: LlmManagerClient) -> None:
        self._manager = models

    @property
    def slug(self) -> str:
        return SLUG

    async def models(self, ctx: SecurityContext) -> list[GatewayModel]:
        """Installed models; ``ready`` is false for those whose file is missing."""
        installed = await self._manager.installed(ctx)
        loaded = {model.model_id: model.context_length for model in await self._manager.loaded(ctx)}
        return [
            GatewayModel(
                id=join(SLUG, model.id),
                provider=SLUG,
                name=model.name,
                purpose=model.purpose,
                context_window=loaded.get(model.id, model.context_length),
                local=True,
                ready=model.state is not manager.LoadState.MISSING,
            )
            for model in installed
            if model.purpose != "reranking"
        ]

    async def stream(
        self, ctx: SecurityContext, model_id: str, request: ChatRequest
    ) -> AsyncGenerator[StreamChunk, None]:
        """Load the model if needed and stream; closing stops between two tokens."""
        answer_id = f"chat-{uuid.uuid4().hex}"
        async with self._session(ctx, model_id) as session:
            pieces = session.chat(
                _engine_messages(request.messages),
                _sampling(request.params),
                conversation_key=request.conversation_key,
                continue_last=request.continue_last,
            )
            async with closing(pieces) as chunks:
                async for chunk in chunks:
                    usage = _usage(chunk.timings) if chunk.timings is not None else None
                    yield StreamChunk(answer_id, model_id, chunk.text, finish_reason=chunk.finish_reason, usage=usage)

    async def embeddings(self, ctx: SecurityContext, model_id: str, request: EmbeddingRequest) -> EmbeddingResponse:
        async with self._session(ctx, model_id) as session:
            vectors = await session.embed(request.input)
            # Counting would cost as much as half an embedding; the size in characters is near enough for totals.
            tokens = sum(len(text) // 4 + 1 for text in request.input)
        data = tuple(tuple(vector) for vector in vectors)
        return EmbeddingResponse(model_id, data, Usage(input_tokens=tokens, output_tokens=0))

    async def count_tokens(self, ctx: SecurityContext, model_id: str, messages: Sequence[Message]) -> int:
        async with self._session(ctx, model_id) as session:
            return await session.count_tokens(_engine_messages(messages))

    async def context_window(self, ctx: SecurityContext, model_id: str) -> int:
        """As it is loaded, else as it would be."""
        async with self._typed_errors():
            for model in await self._manager.loaded(ctx):
                if model.model_id == model_id:
                    return model.context_length
            return (await self._manager.fit(ctx, model_id)).context_length

    async def default_model_id(self, ctx: SecurityContext) -> str | None:
        try:
            return (await self._manager.default_model(ctx, "chat")).id
        except manager.ModelNotFound:
            return None

    async def health(self, ctx: SecurityContext) -> ProviderHealth:
        """Healthy with a chat model at hand, degraded without."""
        models = await self.models(ctx)
        chat_models = [model for model in models if model.purpose == "chat"]
        if any(model.ready for model in chat_models):
            return ProviderHealth(SLUG, "healthy")
        detail = "The files of all chat models are missing." if chat_models else "No chat model is installed."
        return ProviderHealth(SLUG, "degraded", detail)

    @asynccontextmanager
    async def _session(self, ctx: SecurityContext, model_id: str) -> AsyncIterator[EngineSession]:
        async with self._typed_errors(), self._manager.lease(ctx, model_id) as session:
            yield session

    @asynccontextmanager
    async def _typed_errors(self) -> AsyncIterator[None]:
        try:
            yield
        except manager.LlmManagerError as error:
            kind = _ERRORS.get(type(error), gateway.ProviderError)
            raise kind(error.sentence, action=error.action) from error


def _engine_messages(messages: Sequence[Message]) -> list[EngineMessage]:
    return [EngineMessage(message.role, message.text) for message in messages]


def _sampling(params: Params) -> SamplingParams:
    return SamplingParams(
        temperature=params.temperature,
        top_p=params.top_p,
        top_k=params.top_k,
        min_p=params.min_p,
        repeat_penalty=params.repeat_penalty,
        max_output_tokens=params.max_output_tokens,
        stop=params.stop,
        seed=params.seed,
    )


def _usage(timings: Timings) -> Usage:
    return Usage(
        input_tokens=timings.prompt_tokens,
        output_tokens=timings.output_tokens,
        cached_tokens=timings.cached_tokens,
        first_token_ms=timings.first_token_ms,
        total_ms=timings.first_token_ms + timings.generation_ms,
        tokens_per_s=timings.tokens_per_s,
    )
