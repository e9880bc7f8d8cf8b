"""The gateway: finds the provider of a model, holds requests and answers to one shape, counts."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace

from loguru import logger

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.llm_gateway.contract import (
    CapabilityNotSupported,
    ChatRequest,
    ChatResponse,
    EmbeddingRequest,
    EmbeddingResponse,
    FinishReason,
    GatewayModel,
    LlmGatewayError,
    LlmProvider,
    Message,
    ModelNotFound,
    ProviderError,
    ProviderHealth,
    StreamChunk,
    TextPart,
    Usage,
)
from modules.llm_gateway.domain import names, validation
from modules.llm_gateway.domain.streams import Deadlines, closing
from modules.llm_gateway.domain.usage import UsageLedger

Providers = Callable[[], Mapping[str, LlmProvider]]


class LlmGatewayService:
    """Implements LlmGatewayClient. Providers are looked up anew for every request: plugins may come and go."""

    def __init__(
        self,
        providers: Providers,
        *,
        default_provider: str = "local",
        first_token_timeout_s: float | None = None,
        total_timeout_s: float | None = None,
    ) -> None:
        self._providers = providers
        self._default_provider = default_provider
        self._first_token_timeout_s = first_token_timeout_s
        self._total_timeout_s = total_timeout_s
        self.ledger = UsageLedger()

    async def models(self, ctx: SecurityContext) -> list[GatewayModel]:
        """All models of all providers; one that cannot be asked now is left out, and its health says why."""
        found: list[GatewayModel] = []
        for slug, provider in self._providers().items():
            try:
                found += await provider.models(ctx)
            except HyperSpotError as error:
                logger.bind(provider=slug).warning("cannot list models: {}", error.sentence)
        return found

    async def resolve(self, ctx: SecurityContext, model: str | None) -> GatewayModel:
        """
        Raises:
            ModelNotFound: no such provider or model, or nothing to chat with at all.
        """
        if model is None:
            return await self._default_model(ctx)
        slug, model_id = names.split(model, self._default_provider)
        return names.find(await self._provider(slug).models(ctx), model_id)

    async def chat(self, ctx: SecurityContext, request: ChatRequest) -> ChatResponse:
        """The whole answer at once; errors as for ``stream``."""
        texts: list[str] = []
        model = request.model
        async with closing(self.stream(ctx, request)) as chunks:
            async for chunk in chunks:
                texts.append(chunk.content)
                model = chunk.model
                if chunk.finish_reason is not None and chunk.usage is not None:
                    return ChatResponse((TextPart("".join(texts)),), chunk.usage, model, chunk.finish_reason)
        raise ProviderError("The provider ended its answer without saying why.")

    async def stream(self, ctx: SecurityContext, request: ChatRequest) -> AsyncGenerator[StreamChunk, None]:
        """
        Raises:
            ValidationFailed, ModelNotFound, CapabilityNotSupported, ContextLengthExceeded, ProviderError,
            ProviderTimeout
        """
        validation.check_chat(request)
        model = await self.resolve(ctx, request.model)
        if model.purpose != "chat":
            raise CapabilityNotSupported(f"{model.name} makes vectors for search and cannot chat.")
        provider, model_id = self._provider(model.provider), names.split(model.id, model.provider)[1]
        entry = self.ledger.begin(ctx, model.id, "chat")
        outcome, usage = "cancelled", None
        try:
            async with closing(self._chunks(ctx, provider, model_id, request)) as chunks:
                async for chunk in chunks:
                    if chunk.finish_reason is not None:
                        outcome, usage = chunk.finish_reason, chunk.usage
                    yield replace(chunk, model=model.id)
        except HyperSpotError as error:
            outcome = error.code
            raise
        finally:
            entry.write(outcome, usage)

    async def embeddings(self, ctx: SecurityContext, request: EmbeddingRequest) -> EmbeddingResponse:
        """
        Raises:
            ValidationFailed, ModelNotFound, CapabilityNotSupported, ProviderError
        """
        validation.check_embeddings(request)
        model = await self.resolve(ctx, request.model)
        if model.purpose != "embedding":
            raise CapabilityNotSupported(f"{model.name} writes text and cannot make vectors for search.")
        entry = self.ledger.begin(ctx, model.id, "embeddings")
        outcome: str = "cancelled"
        usage: Usage | None = None
        try:
            answer = await self._provider(model.provider).embeddings(
                ctx, names.split(model.id, model.provider)[1], request
            )
            outcome, usage = "stop", answer.usage
            return replace(answer, model=model.id)
        except HyperSpotError as error:
            outcome = error.code
            raise _as_gateway_error(error) from error
        finally:
            entry.write(outcome, usage)

    async def count_tokens(self, ctx: SecurityContext, model: str, messages: Sequence[Message]) -> int:
        provider, model_id = await self._found(ctx, model)
        try:
            return await provider.count_tokens(ctx, model_id, messages)
        except HyperSpotError as error:
            raise _as_gateway_error(error) from error

    async def context_window(self, ctx: SecurityContext, model: str) -> int:
        provider, model_id = await self._found(ctx, model)
        try:
            return await provider.context_window(ctx, model_id)
        except HyperSpotError as error:
            raise _as_gateway_error(error) from error

    async def health(self, ctx: SecurityContext) -> list[ProviderHealth]:
        """One entry per provider; a provider that cannot even answer this is unhealthy."""
        states: list[ProviderHealth] = []
        for slug, provider in self._providers().items():
            try:
                states.append(await provider.health(ctx))
            except HyperSpotError as error:
                states.append(ProviderHealth(slug, "unhealthy", error.sentence))
        return states

    # -- finding

    async def _default_model(self, ctx: SecurityContext) -> GatewayModel:
        providers = self._providers()
        order = sorted(providers, key=lambda slug: slug != self._default_provider)
        for slug in order:
            model_id = await providers[slug].default_model_id(ctx)
            if model_id is not None:
                return names.find(await providers[slug].models(ctx), model_id)
        raise ModelNotFound(
            "There is no chat model yet.", action="Add one on the Models page, or: hyperspot models pull"
        )

    async def _found(self, ctx: SecurityContext, model: str) -> tuple[LlmProvider, str]:
        resolved = await self.resolve(ctx, model)
        return self._provider(resolved.provider), names.split(resolved.id, resolved.provider)[1]

    def _provider(self, slug: str) -> LlmProvider:
        provider = self._providers().get(slug)
        if provider is None:
            raise ModelNotFound(f"There is no provider {slug!r}.", action="Check the name in front of '::'.")
        return provider

    # -- one shape for all providers

    async def _chunks(
        self, ctx: SecurityContext, provider: LlmProvider, model_id: str, request: ChatRequest
    ) -> AsyncGenerator[StreamChunk, None]:
        """The provider's chunks within the time limits: role in the first only, usage and reason in the last only."""
        deadlines = Deadlines(
            request.first_token_timeout_s or self._first_token_timeout_s,
            request.total_timeout_s or self._total_timeout_s,
        )
        first = True
        async with closing(provider.stream(ctx, model_id, request)) as chunks:
            while True:
                try:
                    chunk = await deadlines.next_of(chunks)
                except StopAsyncIteration:
                    raise ProviderError("The provider ended its answer without saying why.") from None
                except HyperSpotError as error:
                    raise _as_gateway_error(error) from error
                reason: FinishReason | None = chunk.finish_reason
                yield replace(
                    chunk, role="assistant" if first else None, usage=chunk.usage if reason is not None else None
                )
                first = False
                if reason is not None:
                    return


def _as_gateway_error(error: HyperSpotError) -> LlmGatewayError:
    """A provider's own errors pass; anything else it raised on purpose becomes a ProviderError with its words."""
    if isinstance(error, LlmGatewayError):
        return error
    return ProviderError(error.sentence, action=error.action)
