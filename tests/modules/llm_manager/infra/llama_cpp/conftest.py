"""Real models in real engine children."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from modules.llm_manager.contract import InstalledModel, LoadState, Purpose
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.session import LlamaCppSession
from tests.support.starter import starter_models

MakeModel = Callable[[Path, Purpose], InstalledModel]


def installed(path: Path, purpose: Purpose = "chat", *, size_bytes: int | None = None) -> InstalledModel:
    """A model file as llm-manager would describe it."""
    return InstalledModel(
        id=path.stem,
        name=path.stem,
        purpose=purpose,
        path=path,
        size_bytes=path.stat().st_size if size_bytes is None else size_bytes,
        sha256="",
        architecture="llama",
        parameters=0,
        quantization="",
        context_length=2048,
        embedding_length=576,
        licence="",
        chat_template=None,
        linked=False,
        state=LoadState.ON_DISK,
        added_at=datetime.now(UTC),
    )


@pytest.fixture(scope="session")
def factory() -> LlamaCppFactory:
    """Shared by all tests, as in the program: what it learns about this processor holds for all models."""
    return LlamaCppFactory()


@pytest.fixture(scope="session")
def chat_model() -> InstalledModel:
    (path,) = starter_models().glob("smollm2-*.gguf")
    return installed(path)


@pytest.fixture(scope="session")
def embedding_model() -> InstalledModel:
    (path,) = starter_models().glob("all-minilm-*.gguf")
    return replace(installed(path, "embedding"), embedding_length=384, context_length=512)


@pytest.fixture
async def session(factory: LlamaCppFactory, chat_model: InstalledModel) -> AsyncIterator[LlamaCppSession]:
    """The starter model, loaded."""
    engine = await factory.start(chat_model, context_length=1024)
    yield engine
    await engine.stop()


@pytest.fixture
async def embedder(factory: LlamaCppFactory, embedding_model: InstalledModel) -> AsyncIterator[LlamaCppSession]:
    """The starter embedding model, loaded."""
    engine = await factory.start(embedding_model, context_length=512)
    yield engine
    await engine.stop()
