"""A real host: encrypted databases, parser children, jobs. Only the chat model is scripted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from modkit.config.defaults import desktop_defaults
from modkit.config.load import load_config
from modkit.db.provider import SqlCipherProvider
from modkit.host import Host
from modkit.keys import KeyStore
from modkit.security import SecurityContext
from modules.llm_gateway.contract import LlmProvider
from modules.llm_manager.contract import LlmManagerClient
from tests.modules.rag.rag_support import MODULES, ScriptedProvider, Workplace
from tests.support.starter import embedder_file, gguf_embedder_file

Open = Callable[[], AbstractAsyncContextManager[Workplace]]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "Unterlagen 家"
    folder.mkdir()
    return folder


@pytest.fixture
def open_workplace(home: Path, docs: Path, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch) -> Open:
    """``async with open_workplace() as work``: leaving the block is a clean shutdown, a second one is a restart."""
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", "")

    @asynccontextmanager
    async def open_one() -> AsyncIterator[Workplace]:
        changes = {
            "server.home_dir": str(home),
            "modules.rag.config.max_file_size_mb": "1",
            "modules.rag.config.watch_after_s": "0",
            "modules.rag.config.watch_check_s": "0.1",
        }
        config = load_config(None, overrides=changes, defaults=desktop_defaults(MODULES), create_home=True)
        keys = KeyStore(config.home)
        databases = SqlCipherProvider(keys, config.home)
        host = Host(
            config,
            list(MODULES.values()),
            databases=databases,
            clients=[(KeyStore, keys), (SqlCipherProvider, databases)],
        )
        provider = ScriptedProvider()
        host.client_hub.register_scoped(LlmProvider, "provider:scripted", provider)
        async with host:
            yield Workplace(host.client_hub, ctx, docs, provider)

    return open_one


@pytest.fixture
async def work(open_workplace: Open) -> AsyncIterator[Workplace]:
    """Without any model: passages are found by their words."""
    async with open_workplace() as opened:
        yield opened


@pytest.fixture
def embedder() -> Path:
    """Asked for before ``work``, which hides the starter models from the program."""
    return embedder_file()


@pytest.fixture
def gguf_embedder() -> Path:
    """Another one, for another engine; asked for before ``work`` as well."""
    return gguf_embedder_file()


@pytest.fixture
async def embedding_work(embedder: Path, gguf_embedder: Path, work: Workplace) -> Workplace:
    """With the real embedder."""
    await work.hub.get(LlmManagerClient).import_file(work.ctx, embedder, mode="link", name="minilm")
    return work
