"""The verbs of llm-gateway, and the port that a provider plugin implements."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from modkit.security import SecurityContext
from modules.llm_gateway.contract.models import (
    ChatRequest,
    ChatResponse,
    EmbeddingRequest,
    EmbeddingResponse,
    GatewayModel,
    Message,
    ProviderHealth,
    StreamChunk,
)


class LlmGatewayClient(Protocol):
    """One interface to local and remote models; stateless: the caller sends the whole context every time."""

    async def models(self, ctx: SecurityContext) -> list[GatewayModel]: ...

    async def resolve(self, ctx: SecurityContext, model: str | None) -> GatewayModel:
        """The model asked for, or the default chat model when None.

        Raises:
            ModelNotFound: it is not there.
        """

    async def chat(self, ctx: SecurityContext, request: ChatRequest) -> ChatResponse: ...

    def stream(self, ctx: SecurityContext, request: ChatRequest) -> AsyncIterator[StreamChunk]:
        """Closing the iterator stops the generation between two tokens.

        Raises:
            LlmGatewayError: before or between chunks; text already streamed stays valid.
        """

    async def embeddings(self, ctx: SecurityContext, request: EmbeddingRequest) -> EmbeddingResponse: ...

    async def count_tokens(self, ctx: SecurityContext, model: str, messages: Sequence[Message]) -> int:
        """Tokens of the rendered conversation, including the opening of the answer."""

    async def context_window(self, ctx: SecurityContext, model: str) -> int:
        """Tokens that prompt and answer may take together, as loaded or as it would be loaded."""

    async def health(self, ctx: SecurityContext) -> list[ProviderHealth]: ...


class LlmProvider(Protocol):
    """A plugin: registered in the ClientHub under scope ``provider:<slug>``."""

    @property
    def slug(self) -> str: ...
    async def models(self, ctx: SecurityContext) -> list[GatewayModel]: ...
    def stream(self, ctx: SecurityContext, model_id: str, request: ChatRequest) -> AsyncIterator[StreamChunk]: ...
    async def embeddings(self, ctx: SecurityContext, model_id: str, request: EmbeddingRequest) -> EmbeddingResponse: ...
    async def count_tokens(self, ctx: SecurityContext, model_id: str, messages: Sequence[Message]) -> int: ...
    async def context_window(self, ctx: SecurityContext, model_id: str) -> int: ...
    async def default_model_id(self, ctx: SecurityContext) -> str | None: ...
    async def health(self, ctx: SecurityContext) -> ProviderHealth: ...
