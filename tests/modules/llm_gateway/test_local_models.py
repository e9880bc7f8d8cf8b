"""The gateway as it ships, down to the real engine: a host with its modules and the starter models."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.config.defaults import desktop_defaults
from modkit.config.load import load_config
from modkit.db.provider import SqlCipherProvider
from modkit.host import Host
from modkit.keys import KeyStore
from modkit.security import SecurityContext
from modules.llm_gateway.contract import (
    CapabilityNotSupported,
    ChatRequest,
    ContextLengthExceeded,
    EmbeddingRequest,
    LlmGatewayClient,
    Message,
    ModelNotFound,
    Params,
    ProviderError,
)
from modules.llm_manager.contract import LlmManagerClient
from tests.support.starter import starter_models

pytestmark = [pytest.mark.slow, pytest.mark.engine]

MODULES = {
    "settings": "modules.settings.module:SettingsModule",
    "jobs-manager": "modules.jobs_manager.module:JobsManagerModule",
    "llm-manager": "modules.llm_manager.module:LlmManagerModule",
    "llm-gateway": "modules.llm_gateway.module:LlmGatewayModule",
}
FRANCE = (Message.of("user", "What is the capital of France? Answer in one short sentence."),)
GREEDY = Params(temperature=0.0, max_output_tokens=24)


@pytest.fixture
async def host(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Host]:
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", os.fspath(starter_models()))
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    config = load_config(
        None, overrides={"server.home_dir": str(home)}, defaults=desktop_defaults(MODULES), create_home=True
    )
    keys = KeyStore(config.home)
    databases = SqlCipherProvider(keys, config.home)
    async with Host(config, list(MODULES.values()), databases=databases, clients=[(KeyStore, keys)]) as running:
        yield running


@pytest.fixture
def gateway(host: Host) -> LlmGatewayClient:
    client: LlmGatewayClient = host.client_hub.get(LlmGatewayClient)
    return client


async def test_the_default_model_answers_and_reads_a_repeated_question_only_once(
    gateway: LlmGatewayClient, ctx: SecurityContext
) -> None:
    model = await gateway.resolve(ctx, None)
    request = ChatRequest(model.id, FRANCE, GREEDY, conversation_key="a")
    chunks = [chunk async for chunk in gateway.stream(ctx, request)]
    again = await gateway.chat(ctx, request)
    assert (model.provider, model.purpose, model.local, model.ready) == ("local", "chat", True, True)
    assert "Paris" in "".join(chunk.content for chunk in chunks)
    assert [chunk.role for chunk in chunks[:2]] == ["assistant", None]
    assert chunks[-1].finish_reason == "stop"
    assert again.usage.cached_tokens == again.usage.input_tokens - 1
    assert await gateway.count_tokens(ctx, model.id, FRANCE) == again.usage.input_tokens


async def test_errors_of_the_engine_arrive_as_the_gateway_s(gateway: LlmGatewayClient, ctx: SecurityContext) -> None:
    model = await gateway.resolve(ctx, "smollm2")
    window = await gateway.context_window(ctx, model.id)
    endless = (Message.of("user", "word " * 2 * window),)
    with pytest.raises(ContextLengthExceeded, match="room"):
        await gateway.chat(ctx, ChatRequest(model.id, endless))
    with pytest.raises(ModelNotFound):
        await gateway.chat(ctx, ChatRequest("local::absent", FRANCE))
    with pytest.raises(CapabilityNotSupported):
        await gateway.chat(ctx, ChatRequest("minilm", FRANCE))


async def test_vectors_come_from_the_embedding_model(gateway: LlmGatewayClient, ctx: SecurityContext) -> None:
    answer = await gateway.embeddings(ctx, EmbeddingRequest("local::all-minilm-l6-v2-int8", ("cat", "dog")))
    assert [len(vector) for vector in answer.data] == [384, 384]
    assert answer.usage.input_tokens > 0


async def test_unloading_under_an_answer_is_a_provider_error_with_a_cure(
    host: Host, gateway: LlmGatewayClient, ctx: SecurityContext
) -> None:
    model = await gateway.resolve(ctx, None)
    stream = gateway.stream(ctx, ChatRequest(model.id, FRANCE, Params(max_output_tokens=400, seed=1, temperature=2.0)))
    await anext(stream)
    await host.client_hub.get(LlmManagerClient).unload(ctx, model.id.removeprefix("local::"))
    with pytest.raises(ProviderError) as caught:
        _ = [chunk async for chunk in stream]
    assert caught.value.action


async def test_the_local_provider_is_healthy_with_a_chat_model(gateway: LlmGatewayClient, ctx: SecurityContext) -> None:
    assert [(state.provider, state.status) for state in await gateway.health(ctx)] == [("local", "healthy")]
