"""What runs in the engine child: one model, behind the engine-neutral protocol of the pipe."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modkit.children import CallContext, serve
from modules.llm_manager.contract import EngineMessage, ModelLoadFailed
from modules.llm_manager.infra import engine_wire as wire


class EngineChild:
    """The handlers. ``load`` comes first; everything else needs a loaded model."""

    def __init__(self) -> None:
        self._engine: Any = None

    def load(self, params: dict[str, Any], call: CallContext) -> dict[str, Any]:
        """Load the model; progress is the share from 0 to 1."""
        from modules.llm_manager.infra.llama_cpp.engine import Engine, LoadRequest
        from modules.llm_manager.infra.llama_cpp.threads import ThreadPlan

        if self._engine is not None:
            self._engine.close()
            self._engine = None
        request = LoadRequest(
            path=Path(params["path"]),
            context_length=params["context_length"],
            threads=ThreadPlan(params["threads"], params["read_threads"]),
            park_bytes=params["park_bytes"],
            tuned_kernels=params["tuned_kernels"],
        )
        self._engine = Engine(request, call.progress)
        return dict(self._engine.details())

    def chat(self, params: dict[str, Any], call: CallContext) -> Iterator[Any]:
        """Text pieces, then the end with its timings."""
        messages = [EngineMessage(role, text) for role, text in params["messages"]]
        answer = self._loaded().chat(
            messages,
            wire.read_params(params["params"]),
            key=params["key"],
            continue_last=params["continue_last"],
            caller=call,
        )
        yield from _packed(answer)

    def complete(self, params: dict[str, Any], call: CallContext) -> Iterator[Any]:
        answer = self._loaded().complete(params["prompt"], wire.read_params(params["params"]), caller=call)
        yield from _packed(answer)

    def embed(self, params: dict[str, Any], call: CallContext) -> Iterator[bytes]:
        """One vector of native floats per text, each as soon as it is there: batches gain nothing on a CPU."""
        engine = self._loaded()
        for text in params["texts"]:
            if call.cancelled:
                return
            yield array("f", engine.embed(text)).tobytes()

    def rerank(self, params: dict[str, Any], call: CallContext) -> Iterator[float]:
        """One score per text, each as soon as it is there."""
        engine = self._loaded()
        for text in params["texts"]:
            if call.cancelled:
                return
            yield engine.rank(params["query"], text)

    def sizes(self, params: dict[str, Any], call: CallContext) -> list[int]:
        engine = self._loaded()
        return [len(engine.tokenize(text)) for text in params["texts"]]

    def tokenize(self, params: dict[str, Any], call: CallContext) -> list[int]:
        return list(self._loaded().tokenize(params["text"]))

    def count(self, params: dict[str, Any], call: CallContext) -> int:
        return int(self._loaded().count([EngineMessage(role, text) for role, text in params["messages"]]))

    def stats(self, params: dict[str, Any], call: CallContext) -> dict[str, Any]:
        return dict(self._loaded().details())

    def quantize(self, params: dict[str, Any], call: CallContext) -> None:
        """Write the model in another quantisation; progress is the share from 0 to 1."""
        from modules.llm_manager.infra.llama_cpp.quantizing import quantize

        quantize(params["source"], params["target"], params["quantization"], params["threads"], call.progress)

    def _loaded(self) -> Any:
        if self._engine is None:
            raise ModelLoadFailed("The engine has no model loaded.", action="Load the model again.")
        return self._engine


def _packed(answer: Iterator[Any]) -> Iterator[Any]:
    for item in answer:
        yield item if isinstance(item, str) else wire.pack_answer(item.finish_reason, item.timings)


def main() -> None:
    """Entry of the child kind ``engine``; llama.cpp is loaded inside the sandbox, with the first request."""
    child = EngineChild()
    # Loading the library takes a moment; done now, it runs while the owner waits for the start anyway.
    from modules.llm_manager.infra.llama_cpp import engine as _engine

    del _engine
    names = ("load", "chat", "complete", "embed", "rerank", "tokenize", "sizes", "count", "stats", "quantize")
    serve({name: getattr(child, name) for name in names})
