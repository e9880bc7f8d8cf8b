"""One answer: read the prompt piece by piece, then write token by token."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from modules.llm_manager.contract import EngineDied, SamplingParams, Timings
from modules.llm_manager.infra.llama_cpp.native_context import NativeContext
from modules.llm_manager.infra.llama_cpp.native_model import NativeModel
from modules.llm_manager.infra.llama_cpp.prefix_cache import PrefixCache
from modules.llm_manager.infra.llama_cpp.sampling import Sampler
from modules.llm_manager.infra.llama_cpp.text_stream import TextStream
from modules.llm_manager.infra.llama_cpp.threads import ReadThreads

_FIRST_LOOK = 128
"""Tokens of the first piece while it is unknown whether all cores are free."""

Finish = Literal["stop", "length", "cancelled"]


class Caller(Protocol):
    """The other end of the pipe, as far as a generation cares."""

    @property
    def cancelled(self) -> bool: ...
    def must_wait(self) -> bool: ...
    def when_cancelled(self, listener: Callable[[], None] | None) -> None: ...
    def progress(self, value: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of an answer."""

    finish_reason: Finish
    timings: Timings


class Generator:
    """Belongs to the engine thread."""

    def __init__(
        self, model: NativeModel, context: NativeContext, cache: PrefixCache, threads: ReadThreads, vocabulary: int
    ) -> None:
        self._model = model
        self._context = context
        self._cache = cache
        self._threads = threads
        self._vocabulary = vocabulary

    def run(
        self,
        prompt: list[int],
        params: SamplingParams,
        *,
        key: str | None,
        stops: Sequence[str],
        caller: Caller,
        clock: Callable[[], float] = time.perf_counter,
    ) -> Iterator[str | Answer]:
        """Yield text as it becomes certain, then one Answer.

        While the reader is slow, tokens are gathered into one piece of text instead of many small ones.
        """
        started = clock()
        cached = self._cache.enter(prompt, key)
        complete = self._read_prompt(prompt, cached, caller)
        prompt_read = clock()
        output = 0
        first_token = prompt_read
        finish: Finish = "cancelled"
        if complete:
            sampler = Sampler(params, self._model.metadata, prompt, self._vocabulary)
            text = TextStream(stops)
            held = ""
            limit = self._limit(len(prompt), params.max_output_tokens)
            try:
                while True:
                    token = sampler.next_token(self._context.handle)
                    output += 1
                    if output == 1:
                        first_token = clock()
                    if self._model.is_end(token):
                        finish = "stop"
                        break
                    held += text.feed(self._model.piece(token))
                    if text.stopped:
                        finish = "stop"
                        break
                    if output >= limit:
                        finish = "length"
                        break
                    if held and not caller.must_wait():
                        yield held
                        held = ""
                    if caller.cancelled or not self._read_back(token):
                        break
                held += text.finish()
                if held:
                    yield held
            finally:
                sampler.close()
        ended = clock()
        yield Answer(
            finish,
            Timings(
                prompt_tokens=len(prompt),
                cached_tokens=cached,
                output_tokens=output,
                prompt_ms=(prompt_read - started) * 1000,
                first_token_ms=(first_token - started) * 1000,
                generation_ms=(ended - first_token) * 1000,
            ),
        )

    def _limit(self, prompt_tokens: int, asked: int | None) -> int:
        room = self._context.context_length - prompt_tokens
        return max(1, room if asked is None else min(asked, room))

    def _read_prompt(self, prompt: list[int], cached: int, caller: Caller) -> bool:
        """Read what is not in memory yet; False when the caller left meanwhile."""
        position = cached
        self._threads.look()
        while position < len(prompt):
            if caller.cancelled:
                return False
            size = self._context.batch_size
            if self._threads.uncertain and len(prompt) - position > 2 * _FIRST_LOOK:
                size = _FIRST_LOOK
            piece = prompt[position : position + size]
            self._context.set_read_threads(self._threads.begin())
            result = self._context.read(piece, position)
            self._threads.end()
            if result == "aborted":
                self._cache.resync()
                return False
            self._check(result)
            self._cache.append(piece)
            position += len(piece)
            caller.progress({"read": position, "of": len(prompt)})
        return True

    def _read_back(self, token: int) -> bool:
        """Read the token just written, so that the next one can follow; False when the caller left meanwhile."""
        result = self._context.read_next(token, self._cache.length)
        if result == "aborted":
            self._cache.resync()
            return False
        self._check(result)
        self._cache.append((token,))
        return True

    def _check(self, result: str) -> None:
        if result == "full":
            # Rooms are counted beforehand, so this is the engine failing and not a conversation that is too long.
            self._cache.clear()
            raise EngineDied("The engine could not go on computing; its memory of the conversations was cleared.")
