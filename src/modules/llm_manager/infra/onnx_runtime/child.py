"""What runs in the embedder child: one encoder, behind the engine-neutral protocol of the pipe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modkit.children import CallContext, serve
from modules.llm_manager.contract import ModelLoadFailed


class EmbedderChild:
    """The handlers. ``load`` comes first; everything else needs a loaded model."""

    def __init__(self) -> None:
        self._encoder: Any = None

    def load(self, params: dict[str, Any], call: CallContext) -> dict[str, Any]:
        from modules.llm_manager.infra.onnx_runtime.encoder import Encoder

        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None
        self._encoder = Encoder(Path(params["path"]), threads=params["threads"])
        return {"context_length": self._encoder.facts.context_length}

    def embed(self, params: dict[str, Any], call: CallContext) -> Iterator[bytes]:
        """One vector of native floats per text, each as soon as it and those before it are there."""
        for vector in self._loaded().embed(params["texts"], threads=params["threads"]):
            if call.cancelled:
                return
            yield vector

    def tokenize(self, params: dict[str, Any], call: CallContext) -> list[int]:
        return list(self._loaded().tokenize(params["text"]))

    def sizes(self, params: dict[str, Any], call: CallContext) -> list[int]:
        return list(self._loaded().sizes(params["texts"]))

    def stats(self, params: dict[str, Any], call: CallContext) -> dict[str, Any]:
        encoder = self._loaded()
        return {
            "context_length": encoder.facts.context_length,
            "architecture": encoder.facts.architecture,
            "requests": encoder.requests,
        }

    def _loaded(self) -> Any:
        if self._encoder is None:
            raise ModelLoadFailed("The engine has no model loaded.", action="Load the model again.")
        return self._encoder


def main() -> None:
    """Entry of the child kind ``embedder``; ONNX Runtime is loaded inside the sandbox."""
    child = EmbedderChild()
    # Loading the libraries takes a moment; done now, it runs while the owner waits for the start anyway.
    from modules.llm_manager.infra.onnx_runtime import encoder as _encoder

    del _encoder
    names = ("load", "embed", "tokenize", "sizes", "stats")
    serve({name: getattr(child, name) for name in names})
