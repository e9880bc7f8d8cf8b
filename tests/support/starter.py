"""The prepared starter models, and homes that begin with them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def starter_models() -> Path:
    """The folder that ``dev.py setup`` prepared; its absence is a failure, because silence would hide it."""
    folder = Path(os.environ.get("HYPERSPOT_STARTER_MODELS", REPOSITORY / ".cache" / "models"))
    if not list(folder.glob("*.gguf")):
        pytest.fail(f"no starter models in {folder}: run python3 dev.py setup")
    return folder


def embedder_file() -> Path:
    """The small embedding model that new homes get."""
    return next(starter_models().glob("*minilm*.onnx"))


def gguf_embedder_file() -> Path:
    """The same model for llama.cpp."""
    return next(starter_models().glob("*minilm*.gguf"))


def unmeasured() -> dict[str, str]:
    """The environment without coverage, for processes that may not write: they would complain of it at their end."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def environment() -> dict[str, str]:
    """For the real program: starter models from the cache, keys in a file because tests own no keyring."""
    return os.environ | {"HYPERSPOT_STARTER_MODELS": str(starter_models()), "HYPERSPOT_KEYRING": "off"}
