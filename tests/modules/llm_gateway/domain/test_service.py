"""The gateway over a provider plugin that behaves, and over some that do not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pytest
from loguru import logger

from modkit.errors import ErrorKind, HyperSpotError
from modkit.security import SecurityContext
from modules.llm_gateway.contract import (
    CapabilityNotSupported,
    ChatRequest,
    ContextLengthExceeded,
    EmbeddingRequest,
    EmbeddingResponse,
    GatewayModel,
    LlmProvider,
    Message,
    ModelNotFound,
    Params,
    ProviderError,
    ProviderHealth,
    ProviderTimeout,
    StreamChunk,
    Usage,
    ValidationFailed,
)
from modules.llm_gateway.domain.service import LlmGatewayService

USAGE = Usage(input_tokens=5, output_tokens=2)
SECRET = "the-secret-of-the-user"


class Offline(HyperSpotError):
    kind = ErrorKind.UNAVAILABLE
    action = "Plug it in."


def model(provider: str, model_id: str, purpose: Literal["chat", "embedding"] = "chat") -> GatewayModel:
    return GatewayModel(f"{provider}::{model_id}", provider, model_id.title(), purpose, 4096, True, True)


@dataclass
class ScriptedProvider:
    """Implements LlmProvider: says what it was given to say."""

    slug: str = "local"
    pieces: Sequence[str | HyperSpotError | None] = ("Hel", "lo")
    offline: bool = False
    listed: Sequence[GatewayModel] = ()
    closed: int = 0
    asked: list[tuple[str, ChatRequest]] = field(default_factory=list)

    async def models(self, ctx: SecurityContext) -> list[GatewayModel]:
        if self.offline:
            raise Offline("The provider cannot be reached.")
        return list(self.listed)

    async def stream(self, ctx: SecurityContext, model_id: str, request: ChatRequest) -> AsyncIterator[StreamChunk]:
        self.asked.append((model_id, request))
        try:
            for piece in self.pieces:
                if piece is None:
                    await asyncio.Event().wait()
                elif isinstance(piece, HyperSpotError):
                    raise piece
                else:
                    yield StreamChunk("1", model_id, piece, role="user", usage=USAGE)
            yield StreamChunk("1", model_id, finish_reason="stop", usage=USAGE)
        finally:
            self.closed += 1

    async def embeddings(self, ctx: SecurityContext, model_id: str, request: EmbeddingRequest) -> EmbeddingResponse:
        return EmbeddingResponse(model_id, ((0.6, 0.8),) * len(request.input), Usage(3, 0))

    async def count_tokens(self, ctx: SecurityContext, model_id: str, messages: Sequence[Message]) -> int:
        return len(messages)

    async def context_window(self, ctx: SecurityContext, model_id: str) -> int:
        return 4096

    async def default_model_id(self, ctx: SecurityContext) -> str | None:
        return next((entry.id.split("::")[1] for entry in self.listed if entry.purpose == "chat"), None)

    async def health(self, ctx: SecurityContext) -> ProviderHealth:
        if self.offline:
            raise Offline("The provider cannot be reached.")
        return ProviderHealth(self.slug, "healthy")


def gateway(*providers: ScriptedProvider) -> LlmGatewayService:
    by_slug: dict[str, LlmProvider] = {provider.slug: provider for provider in providers}
    return LlmGatewayService(lambda: by_slug)


@pytest.fixture
def provider() -> ScriptedProvider:
    return ScriptedProvider(listed=[model("local", "smol"), model("local", "minilm", "embedding")])


def request(name: str = "smol", **changes: Any) -> ChatRequest:
    return replace(ChatRequest(name, (Message.of("user", SECRET),)), **changes)


async def collected(service: LlmGatewayService, ctx: SecurityContext, asked: ChatRequest) -> list[StreamChunk]:
    return [chunk async for chunk in service.stream(ctx, asked)]


async def test_role_comes_first_and_usage_last(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    chunks = await collected(gateway(provider), ctx, request())
    assert [chunk.content for chunk in chunks] == ["Hel", "lo", ""]
    assert [chunk.role for chunk in chunks] == ["assistant", None, None]
    assert [chunk.finish_reason for chunk in chunks] == [None, None, "stop"]
    assert [chunk.usage for chunk in chunks] == [None, None, USAGE]
    assert {chunk.model for chunk in chunks} == {"local::smol"}


async def test_a_whole_answer_is_its_pieces(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    answer = await gateway(provider).chat(ctx, request())
    assert (answer.text, answer.usage, answer.model_used, answer.finish_reason) == (
        "Hello",
        USAGE,
        "local::smol",
        "stop",
    )


async def test_a_name_is_split_at_the_first_separator(ctx: SecurityContext) -> None:
    remote = ScriptedProvider("remote", listed=[model("remote", "org::big")])
    service = gateway(ScriptedProvider(), remote)
    await service.chat(ctx, request("remote::org::big"))
    assert remote.asked[0][0] == "org::big"


async def test_a_part_of_a_name_is_enough_if_it_is_the_only_one(
    ctx: SecurityContext, provider: ScriptedProvider
) -> None:
    assert (await gateway(provider).resolve(ctx, "SMO")).id == "local::smol"


@pytest.mark.parametrize("name", ["l", "absent", "", "nobody::smol"])
async def test_other_names_are_not_found(ctx: SecurityContext, provider: ScriptedProvider, name: str) -> None:
    with pytest.raises(ModelNotFound):
        await gateway(provider).resolve(ctx, name)


async def test_no_name_means_the_default_model(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    assert (await gateway(provider).resolve(ctx, None)).id == "local::smol"


async def test_no_model_at_all_says_where_to_get_one(ctx: SecurityContext) -> None:
    with pytest.raises(ModelNotFound, match="no chat model") as caught:
        await gateway(ScriptedProvider()).resolve(ctx, None)
    assert "pull" in caught.value.action


@pytest.mark.parametrize(
    "changes",
    [
        {"messages": ()},
        {"messages": (Message("robot", ()),)},  # type: ignore[arg-type]  # what an HTTP caller might send
        {"continue_last": True},
        {"params": Params(temperature=-1.0)},
        {"params": Params(temperature=float("nan"))},
        {"params": Params(top_p=1.5)},
        {"params": Params(max_output_tokens=0)},
        {"params": Params(stop=("",))},
        {"params": Params(stop=("x",) * 17)},
        {"total_timeout_s": 0.0},
    ],
)
async def test_impossible_requests_reach_no_provider(
    ctx: SecurityContext, provider: ScriptedProvider, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValidationFailed):
        await collected(gateway(provider), ctx, request(**changes))
    assert provider.asked == []


async def test_an_embedding_model_is_not_asked_to_chat(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    with pytest.raises(CapabilityNotSupported):
        await collected(gateway(provider), ctx, request("minilm"))


async def test_vectors_come_with_the_model_and_usage(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    answer = await gateway(provider).embeddings(ctx, EmbeddingRequest("minilm", ("a", "b")))
    assert (answer.model, len(answer.data), answer.usage.input_tokens) == ("local::minilm", 2, 3)


@pytest.mark.parametrize(("name", "texts"), [("smol", ("a",)), ("minilm", ())])
async def test_impossible_requests_for_vectors_are_refused(
    ctx: SecurityContext, provider: ScriptedProvider, name: str, texts: tuple[str, ...]
) -> None:
    with pytest.raises((CapabilityNotSupported, ValidationFailed)):
        await gateway(provider).embeddings(ctx, EmbeddingRequest(name, texts))


async def test_a_gateway_error_of_a_provider_passes(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    provider.pieces = ["a", ContextLengthExceeded("Too long.")]
    with pytest.raises(ContextLengthExceeded):
        await collected(gateway(provider), ctx, request())


async def test_any_other_error_keeps_its_words(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    provider.pieces = ["a", Offline("It is unplugged.")]
    with pytest.raises(ProviderError, match="unplugged") as caught:
        await collected(gateway(provider), ctx, request())
    assert caught.value.action == "Plug it in."


async def test_an_answer_without_an_end_is_an_error(ctx: SecurityContext) -> None:
    class Abrupt(ScriptedProvider):
        async def stream(self, ctx: SecurityContext, model_id: str, request: ChatRequest) -> AsyncIterator[StreamChunk]:
            yield StreamChunk("1", model_id, "a")

    with pytest.raises(ProviderError, match="without saying why"):
        await gateway(Abrupt(listed=[model("local", "smol")])).chat(ctx, request())


async def test_waiting_for_the_first_piece_is_limited(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    provider.pieces = [None]
    with pytest.raises(ProviderTimeout, match="first piece"):
        await collected(gateway(provider), ctx, request(first_token_timeout_s=0.01))
    assert provider.closed == 1


async def test_the_whole_answer_is_limited(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    provider.pieces = ["a", None]
    seen: list[str] = []
    with pytest.raises(ProviderTimeout, match="whole answer"):
        async for chunk in gateway(provider).stream(ctx, request(total_timeout_s=0.05)):
            seen.append(chunk.content)
    assert (seen, provider.closed) == (["a"], 1)


async def test_closing_the_stream_closes_the_provider_s(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    service = gateway(provider)
    stream = service.stream(ctx, request())
    await anext(stream)
    await stream.aclose()
    assert provider.closed == 1
    assert service.ledger.totals()["local::smol"].failures == 0


async def test_each_request_is_counted_and_logged_without_its_content(
    ctx: SecurityContext, provider: ScriptedProvider
) -> None:
    lines: list[str] = []
    sink = logger.add(lines.append, format="{message} {extra}", level=0)
    service = gateway(provider)
    await service.chat(ctx, request())
    provider.pieces = [Offline("It is unplugged.")]
    with pytest.raises(ProviderError):
        await service.chat(ctx, request())
    logger.remove(sink)
    totals = service.ledger.totals()["local::smol"]
    assert (totals.requests, totals.failures, totals.input_tokens, totals.output_tokens) == (2, 1, 5, 2)
    assert "'output_tokens': 2" in "".join(lines)
    assert (SECRET in "".join(lines), "Hello" in "".join(lines)) == (False, False)


async def test_a_provider_that_is_away_hides_no_other(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    service = gateway(ScriptedProvider("away", offline=True), provider)
    assert [entry.id for entry in await service.models(ctx)] == ["local::smol", "local::minilm"]
    assert [(state.provider, state.status) for state in await service.health(ctx)] == [
        ("away", "unhealthy"),
        ("local", "healthy"),
    ]


async def test_counting_and_the_window_go_to_the_provider(ctx: SecurityContext, provider: ScriptedProvider) -> None:
    service = gateway(provider)
    counted = await service.count_tokens(ctx, "smol", [Message.of("user", "a")])
    assert (counted, await service.context_window(ctx, "local::smol")) == (1, 4096)
