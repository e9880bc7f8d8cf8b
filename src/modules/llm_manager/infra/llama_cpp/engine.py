"""One loaded model in the engine child: chat, completion, embeddings, counting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from modules.llm_manager.contract import EngineMessage, LlmManagerError, SamplingParams, WrongPurpose
from modules.llm_manager.infra.llama_cpp.bindings import C
from modules.llm_manager.infra.llama_cpp.generation import Answer, Caller, Generator
from modules.llm_manager.infra.llama_cpp.native_context import NativeContext
from modules.llm_manager.infra.llama_cpp.native_model import NativeModel, normalised
from modules.llm_manager.infra.llama_cpp.prefix_cache import PrefixCache
from modules.llm_manager.infra.llama_cpp.prompt_text import PromptText
from modules.llm_manager.infra.llama_cpp.threads import ReadThreads, ThreadPlan


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """How to load. ``context_length`` in tokens, cut to what the model was trained on; ``park_bytes`` limits copies
    of other conversations; ``tuned_kernels`` lets the engine repack weights for special instructions of this CPU."""

    path: Path
    context_length: int
    threads: ThreadPlan
    park_bytes: int
    tuned_kernels: bool = True


class Engine:
    """Requests may come from any thread; those that compute take turns."""

    def __init__(self, request: LoadRequest, on_progress: Callable[[float], None]) -> None:
        """
        Raises:
            ModelLoadFailed: the engine refused the file or the context.
        """
        self._turn = threading.Lock()
        self.requests = 0
        self._model = NativeModel(request.path, tuned_kernels=request.tuned_kernels, on_progress=on_progress)
        self.is_embedder = self._model.is_embedder
        context_length = max(8, min(request.context_length, self._model.trained_context or request.context_length))
        try:
            self._context = NativeContext(
                self._model, context_length=context_length, threads=request.threads, embedder=self.is_embedder
            )
        except LlmManagerError:
            self._model.close()
            raise
        self._threads = ReadThreads(request.threads)
        self._cache = PrefixCache(self._context, request.park_bytes)
        vocabulary = int(C.llama_vocab_n_tokens(self._model.vocab))
        self._generator = Generator(self._model, self._context, self._cache, self._threads, vocabulary)
        self._text = PromptText(self._model)
        self._context.warm_up(int(C.llama_vocab_bos(self._model.vocab)))

    @property
    def context_length(self) -> int:
        return self._context.context_length

    def close(self) -> None:
        with self._turn:
            self._context.close()
            self._model.close()

    def chat(
        self,
        messages: Sequence[EngineMessage],
        params: SamplingParams,
        *,
        key: str | None,
        continue_last: bool,
        caller: Caller,
    ) -> Iterator[str | Answer]:
        """Yield text, then one Answer. Raises as EngineSession.chat."""
        self._require_chat()
        prompt = self._text.of_chat(messages, continue_last=continue_last, room=self.context_length - 1)
        yield from self._run(prompt, params, (*params.stop, *self._text.extra_stops), key, caller)

    def complete(self, text: str, params: SamplingParams, *, caller: Caller) -> Iterator[str | Answer]:
        """The same for plain text."""
        self._require_chat()
        prompt = self._text.of_text(text, room=self.context_length - 1)
        yield from self._run(prompt, params, params.stop, None, caller)

    def embed(self, text: str) -> list[float]:
        """One vector of length 1. A text over the context is cut, its end token kept.

        Raises:
            WrongPurpose: the model writes text instead.
        """
        if not self.is_embedder or self._model.is_reranker:
            raise WrongPurpose("This model cannot make vectors for search.")
        room = self._context.batch_size if self._model.is_encoder else self.context_length
        tokens = self._model.tokenize(_cut(text, room), add_special=True, parse_special=False)
        if len(tokens) > room:
            tokens = [*tokens[: room - 1], tokens[-1]]
        with self._turn:
            self.requests += 1
            self._context.clear_abort()
            self._context.truncate(0)
            return self._vector(tokens or [max(0, int(C.llama_vocab_eos(self._model.vocab)))])

    def rank(self, query: str, text: str) -> float:
        """How well the text answers the query; what is too long together is cut off the text.

        Raises:
            WrongPurpose: the model does not judge pairs of texts.
        """
        if not self._model.is_reranker:
            raise WrongPurpose("This model cannot judge texts.")
        room = self._context.batch_size if self._model.is_encoder else self.context_length
        tokens = self._model.tokenize_pair(_cut(query, room), _cut(text, room), room)
        with self._turn:
            self.requests += 1
            self._context.clear_abort()
            self._context.truncate(0)
            self._read(tokens)
            return self._context.score()

    def tokenize(self, text: str) -> list[int]:
        return self._model.tokenize(text, add_special=False, parse_special=False)

    def count(self, messages: Sequence[EngineMessage]) -> int:
        """Tokens of the rendered conversation, with the opening of the answer; may exceed the context."""
        if self.is_embedder:
            return sum(len(self.tokenize(message.text)) for message in messages)
        return len(self._text.of_chat(messages, continue_last=False, room=1 << 40))

    def details(self) -> dict[str, int | str | bool]:
        """What ``stats`` and ``load`` tell."""
        return {
            "context_length": self.context_length,
            "trained_context": self._model.trained_context,
            "architecture": self._model.architecture,
            "embedder": self.is_embedder,
            "own_template": self._model.chat_template is not None,
            "cached_sequences": self._cache.sequences,
            "cached_tokens": self._cache.tokens,
            "parked_bytes": self._cache.parked_bytes,
            "requests": self.requests,
        }

    def _run(
        self, prompt: list[int], params: SamplingParams, stops: Sequence[str], key: str | None, caller: Caller
    ) -> Iterator[str | Answer]:
        with self._turn:
            self.requests += 1
            self._context.clear_abort()
            caller.when_cancelled(self._context.abort)
            try:
                yield from self._generator.run(prompt, params, key=key, stops=stops, caller=caller)
            finally:
                caller.when_cancelled(None)

    def _vector(self, tokens: list[int]) -> list[float]:
        self._read(tokens)
        return normalised(self._context.embedding())

    def _read(self, tokens: list[int]) -> None:
        size = self._context.batch_size
        self._threads.look()
        for start in range(0, len(tokens), size):
            piece = tokens[start : start + size]
            self._context.set_read_threads(self._threads.begin())
            result = self._context.read(piece, start)
            self._threads.end()
            if result != "ok":
                raise LlmManagerError("The engine could not read this text.", action="Try again.")

    def _require_chat(self) -> None:
        if self.is_embedder:
            raise WrongPurpose("This model does not write text: it cannot chat.")


def _cut(text: str, room: int) -> str:
    """A text far longer than any context is shortened before it is tokenised."""
    return text[: max(1, room) * 64]
