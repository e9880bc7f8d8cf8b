"""The starter models for benchmarks."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from modkit.errors import ErrorKind, HyperSpotError
from modules.llm_manager.contract import InstalledModel, LoadState, Purpose

_REPOSITORY = Path(__file__).resolve().parents[1]


class NoStarterModel(HyperSpotError):
    kind = ErrorKind.NOT_FOUND
    action = "Run python3 dev.py setup first."


def starter(pattern: str, purpose: Purpose, context_length: int) -> InstalledModel:
    """
    Raises:
        NoStarterModel: it was not prepared.
    """
    folder = Path(os.environ.get("HYPERSPOT_STARTER_MODELS", _REPOSITORY / ".cache" / "models"))
    path = next(iter(sorted(folder.glob(pattern))), None)
    if path is None:
        raise NoStarterModel(f"There is no starter model {pattern} in {folder}.")
    return InstalledModel(
        id=path.stem,
        name=path.stem,
        purpose=purpose,
        path=path,
        size_bytes=path.stat().st_size,
        sha256="",
        architecture="",
        parameters=0,
        quantization="",
        context_length=context_length,
        embedding_length=1024,
        licence="",
        chat_template=None,
        linked=False,
        state=LoadState.ON_DISK,
        added_at=datetime.now(UTC),
        format="onnx" if path.suffix == ".onnx" else "gguf",
    )
