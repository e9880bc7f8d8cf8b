"""Chat as it ships, down to the real engine: a host with its modules and the starter model."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.client_hub import ClientHub
from modkit.config.defaults import desktop_defaults
from modkit.config.load import load_config
from modkit.db.provider import SqlCipherProvider
from modkit.host import Host
from modkit.keys import KeyStore
from modkit.security import SecurityContext
from modules.chat.contract import AnswerDelta, ChatClient, ChatParams, MessageStatus
from modules.settings.contract import SettingsClient
from tests.modules.chat.chat_support import told
from tests.support.starter import starter_models

pytestmark = [pytest.mark.slow, pytest.mark.engine]

MODULES = {
    "settings": "modules.settings.module:SettingsModule",
    "jobs-manager": "modules.jobs_manager.module:JobsManagerModule",
    "llm-manager": "modules.llm_manager.module:LlmManagerModule",
    "llm-gateway": "modules.llm_gateway.module:LlmGatewayModule",
    "chat": "modules.chat.module:ChatModule",
}
STEADY = ChatParams(temperature=0.0, max_output_tokens=48)


@pytest.fixture
async def hub(home: Path, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ClientHub]:
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", os.fspath(starter_models()))
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    config = load_config(
        None, overrides={"server.home_dir": str(home)}, defaults=desktop_defaults(MODULES), create_home=True
    )
    keys = KeyStore(config.home)
    databases = SqlCipherProvider(keys, config.home)
    async with Host(config, list(MODULES.values()), databases=databases, clients=[(KeyStore, keys)]) as host:
        # A small window is full after a few short messages.
        await host.client_hub.get(SettingsClient).set(ctx, "models.context_length", 1024)
        yield host.client_hub


@pytest.fixture
def chat(hub: ClientHub) -> ChatClient:
    client: ChatClient = hub.get(ChatClient)
    return client


async def test_a_conversation_is_answered_and_not_read_twice(chat: ChatClient, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx, params=STEADY)
    first = await told(chat.send(ctx, conversation.id, "My name is Ada Lovelace. Say hello to me by name."))
    second = await told(chat.send(ctx, conversation.id, "What is my name? Answer in one word."))
    stats = second.finished.answer.stats
    assert "Lovelace" in first.text
    assert second.text
    assert stats is not None
    assert stats.cached_tokens > 20
    assert stats.input_tokens + stats.output_tokens <= stats.context_length
    assert second.finished.meter is not None
    assert second.finished.meter.exact


async def test_a_stopped_answer_goes_on_in_place(chat: ChatClient, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx, params=ChatParams(temperature=0.0, max_output_tokens=120))
    events = chat.send(ctx, conversation.id, "Count from one to fifty in words.")
    texts = [event.text async for event in _until_some_text(events)]
    assert await chat.stop(ctx, conversation.id)
    stopped = (await chat.messages(ctx, conversation.id)).messages[-1]
    continued = await told(chat.continue_answer(ctx, stopped.id))
    assert stopped.status is MessageStatus.STOPPED
    assert stopped.content.startswith("".join(texts))
    assert continued.text.startswith(stopped.content)
    assert len(continued.text) > len(stopped.content)


async def test_a_conversation_longer_than_the_window_goes_on(
    hub: ClientHub, chat: ChatClient, ctx: SecurityContext
) -> None:
    await hub.get(SettingsClient).set(ctx, "models.context_length", 512)
    conversation = await chat.create(ctx, params=ChatParams(temperature=0.0, max_output_tokens=8))
    for number in range(4):
        last = await told(chat.send(ctx, conversation.id, f"Remember {number}. " + "word " * 150))
    stats = last.finished.answer.stats
    assert last.finished.answer.status is MessageStatus.COMPLETE
    assert stats is not None
    assert stats.dropped_messages > 0


async def _until_some_text(events: AsyncIterator[object]) -> AsyncIterator[AnswerDelta]:
    length = 0
    async for event in events:
        if isinstance(event, AnswerDelta):
            length += len(event.text)
            yield event
        if length >= 20:
            return
