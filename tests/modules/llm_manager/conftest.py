"""A real host with settings, jobs and models on a real encrypted store; only the engine is a fake plugin."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from modkit.config.defaults import desktop_defaults
from modkit.config.load import load_config
from modkit.db.provider import SqlCipherProvider
from modkit.host import Host
from modkit.keys import KeyStore
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient
from modules.llm_manager.contract import LlmManagerClient
from modules.llm_manager.domain.ports import EngineFactory, Requantizer
from modules.settings.contract import SettingsClient
from tests.modules.llm_manager.fake_engine import FakeFactory, FakeRequantizer
from tests.modules.llm_manager.gguf_support import LLAMA, GgufFile

MODULES = {
    "settings": "modules.settings.module:SettingsModule",
    "jobs-manager": "modules.jobs_manager.module:JobsManagerModule",
    "llm-manager": "modules.llm_manager.module:LlmManagerModule",
}


@dataclass(frozen=True)
class Workplace:
    """A running host and what tests want from it."""

    host: Host
    models: LlmManagerClient
    jobs: JobsClient
    settings: SettingsClient
    engines: FakeFactory
    requantizer: FakeRequantizer
    home: Path


Open = Callable[..., AbstractAsyncContextManager[Workplace]]


@pytest.fixture
def open_workplace(home: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """``async with open_workplace() as work``: leaving the block is a clean shutdown, a second one is a restart."""
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", "")

    @asynccontextmanager
    async def open_one(**config: str) -> AsyncIterator[Workplace]:
        prefix = "modules.llm-manager.config."
        changes = {prefix + key: value for key, value in {"engine": "fake", "retry_delay_s": "0.01", **config}.items()}
        loaded = load_config(
            None,
            overrides={"server.home_dir": str(home), **changes},
            defaults=desktop_defaults(MODULES),
            create_home=True,
        )
        keys = KeyStore(loaded.home)
        host = Host(
            loaded, list(MODULES.values()), databases=SqlCipherProvider(keys, loaded.home), clients=[(KeyStore, keys)]
        )
        engines = FakeFactory()
        requantizer = FakeRequantizer(GgufFile(LLAMA | {"general.file_type": 0}, filler=b"\x07").packed())
        host.client_hub.register_scoped(EngineFactory, "engine:fake", engines)
        host.client_hub.register_scoped(Requantizer, "engine:fake", requantizer)
        async with host:
            hub = host.client_hub
            yield Workplace(
                host,
                hub.get(LlmManagerClient),
                hub.get(JobsClient),
                hub.get(SettingsClient),
                engines,
                requantizer,
                home,
            )

    return open_one


@pytest.fixture
async def work(open_workplace: Open) -> AsyncIterator[Workplace]:
    async with open_workplace() as opened:
        yield opened


@pytest.fixture
def ctx() -> SecurityContext:
    return SecurityContext.local_user()


@pytest.fixture
def model_file(tmp_path: Path) -> Callable[..., Path]:
    """``model_file("name", **metadata)``: a small GGUF outside the home; each name has content of its own."""

    def write(name: str = "tiny", **changes: object) -> Path:
        metadata = LLAMA | {"general.name": name} | {key.replace("__", "."): value for key, value in changes.items()}
        return GgufFile(metadata).write(tmp_path / f"{name}.gguf")

    return write
