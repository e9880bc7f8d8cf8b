"""The engine's working memory for one model: reads tokens, picks the next one, saves and restores sequences."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from typing import Any, Literal

from modules.llm_manager.contract import ModelLoadFailed
from modules.llm_manager.infra.llama_cpp.bindings import LOG, C
from modules.llm_manager.infra.llama_cpp.native_model import NativeModel
from modules.llm_manager.infra.llama_cpp.threads import ThreadPlan

READ_BATCH = 512
"""Tokens that are read in one step; larger ones gain nothing on a CPU and cannot be cancelled as quickly."""
_POOLING_MEAN = 1
_POOLING_NONE = 0
_FLASH_ATTENTION_ON = 1
_SEQUENCE = 0

ReadResult = Literal["ok", "full", "aborted"]


class NativeContext:
    """Owns a ``llama_context`` with one sequence. Belongs to the engine thread; ``abort`` may come from any."""

    def __init__(self, model: NativeModel, *, context_length: int, threads: ThreadPlan, embedder: bool) -> None:
        """
        Raises:
            ModelLoadFailed: not enough memory for the context, or the engine refused it.
        """
        self._model = model
        # A text model reads in steps; what looks both ways must see its text at once.
        self.batch_size = min(context_length, READ_BATCH) if not model.is_encoder else context_length
        params = C.llama_context_default_params()
        params.n_ctx = context_length
        params.n_batch = params.n_ubatch = self.batch_size
        params.n_seq_max = 1
        params.n_threads = threads.generate
        params.n_threads_batch = threads.read
        params.flash_attn_type = _FLASH_ATTENTION_ON
        params.embeddings = embedder
        self._abort_flag = ctypes.create_string_buffer(2)
        params.abort_callback = self._abort_callback = _flag_reader()
        params.abort_callback_data = ctypes.cast(self._abort_flag, ctypes.c_void_p)
        if embedder and model.metadata.get(f"{model.architecture}.pooling_type") is None:
            params.pooling_type = _POOLING_MEAN
        LOG.clear()
        self.handle = C.llama_init_from_model(model.handle, params)
        if not self.handle:
            reason = LOG.reason() or "not enough memory for this context"
            raise ModelLoadFailed(f"The engine cannot make a context of {context_length:,} tokens: {reason}.")
        self.context_length = int(C.llama_n_ctx(self.handle))
        self._memory = C.llama_get_memory(self.handle)
        self._threads = threads
        self._batch = _new_batch(self.batch_size)
        self._embedder = embedder

    def close(self) -> None:
        if self.handle:
            C.llama_batch_free(self._batch)
            C.llama_free(self.handle)
            self.handle = None

    def abort(self) -> None:
        """Stop the reading that is going on as soon as possible, from another thread."""
        self._abort_flag[0] = b"\x01"

    def clear_abort(self) -> None:
        self._abort_flag[0] = b"\x00"

    def set_read_threads(self, count: int) -> None:
        C.llama_set_n_threads(self.handle, self._threads.generate, count)

    def read(self, tokens: Sequence[int], position: int) -> ReadResult:
        """Put up to ``batch_size`` tokens behind ``position``; the last one's probabilities are then ready."""
        batch = self._batch
        count = len(tokens)
        batch.n_tokens = count
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = position + index
            batch.logits[index] = 1 if self._embedder else 0
        batch.logits[count - 1] = 1
        run = C.llama_decode if self._memory else C.llama_encode
        status = run(self.handle, batch)
        if status == 0:
            return "ok"
        return "aborted" if status == 2 else "full"

    def read_next(self, token: int, position: int) -> ReadResult:
        """The same for the one token that was just picked."""
        batch = self._batch
        batch.n_tokens = 1
        batch.token[0] = token
        batch.pos[0] = position
        batch.logits[0] = 1
        status = C.llama_decode(self.handle, batch)
        if status == 0:
            return "ok"
        return "aborted" if status == 2 else "full"

    def warm_up(self, token: int) -> None:
        """Touch all weights and both ways of computing, so that the first answer does not pay for it."""
        self.set_read_threads(self._threads.generate)
        C.llama_set_warmup(self.handle, True)
        self.read([max(0, token)], 0)
        C.llama_set_warmup(self.handle, False)
        self.truncate(0)
        # A piece of a prompt takes other kernels than a single token; kernels that do not work here die now.
        self.read([max(0, token)] * min(64, self.batch_size), 0)
        C.llama_synchronize(self.handle)
        self.truncate(0)

    def embedding(self) -> list[float]:
        """The pooled vector of what was read last."""
        vector = C.llama_get_embeddings_seq(self.handle, _SEQUENCE)
        return list(vector[: self._model.embedding_length])

    def score(self) -> float:
        """The judgement of the pair that was read last."""
        return float(C.llama_get_embeddings_seq(self.handle, _SEQUENCE)[0])

    def size_bytes(self) -> int:
        return int(C.llama_state_seq_get_size(self.handle, _SEQUENCE))

    def save(self) -> Any:
        size = self.size_bytes()
        state = (ctypes.c_uint8 * size)()
        if C.llama_state_seq_get_data(self.handle, state, size, _SEQUENCE) != size:
            raise MemoryError("the engine could not copy its memory")
        return state

    def restore(self, state: Any) -> bool:
        if C.llama_state_seq_set_data(self.handle, state, len(state), _SEQUENCE) == len(state):
            return True
        self.truncate(0)
        return False

    def truncate(self, length: int) -> bool:
        if not self._memory:
            return length == 0
        if length > 0 and C.llama_memory_seq_rm(self._memory, _SEQUENCE, length, -1):
            return True
        # Recurrent models keep a running sum and cannot go back; they start again.
        C.llama_memory_clear(self._memory, False)
        return length == 0


def _new_batch(size: int) -> Any:
    batch = C.llama_batch_init(size, 0, 1)
    for index in range(size):
        batch.n_seq_id[index] = 1
        batch.seq_id[index][0] = _SEQUENCE
    return batch


def _flag_reader() -> Any:
    """A native ``bool f(void *)`` that is true while the byte it points to is set: the C library's ``strlen``.

    The engine calls it for every node of its graph, a thousand times per token. A Python function there would cost
    a sixth of the speed; this one costs nothing and needs no compiler.
    """
    library = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
    return ctypes.cast(library.strlen, C.ggml_abort_callback)
