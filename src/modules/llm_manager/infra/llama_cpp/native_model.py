"""A model file in memory, with its vocabulary and what its header says."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from modules.llm_manager.contract import ModelLoadFailed
from modules.llm_manager.infra.llama_cpp.bindings import LOG, C

_CONTROL = 1 << 3
_USER_DEFINED = 1 << 4
_POOLING_NONE, _POOLING_RANK = 0, 4
_MOST_OF_QUERY = 2
"""A query takes at most this part of the context, so that some of the text is always read."""


class NativeModel:
    """Owns a ``llama_model``. Reading methods may be called from any thread."""

    def __init__(self, path: Path, *, tuned_kernels: bool, on_progress: Callable[[float], None]) -> None:
        """
        Raises:
            ModelLoadFailed: with the engine's own reason.
        """
        params = C.llama_model_default_params()
        params.load_mode = C.LLAMA_LOAD_MODE_MMAP
        params.use_extra_bufts = tuned_kernels

        def report(share: float, _: Any) -> bool:
            on_progress(share)
            return True

        params.progress_callback = self._progress = C.llama_progress_callback(report)
        LOG.clear()
        self.handle = C.llama_model_load_from_file(bytes(path), params)
        if not self.handle:
            reason = LOG.reason() or "the engine gave no reason"
            raise ModelLoadFailed(f"The engine cannot load {path.name}: {reason}.")
        self.vocab = C.llama_model_get_vocab(self.handle)
        self._pieces: dict[int, bytes] = {}

    def close(self) -> None:
        if self.handle:
            C.llama_model_free(self.handle)
            self.handle = None

    @cached_property
    def metadata(self) -> dict[str, str]:
        """All scalar values of the header, as text; long values such as chat templates in full."""
        found: dict[str, str] = {}
        for index in range(C.llama_model_meta_count(self.handle)):
            key = _read_text(C.llama_model_meta_key_by_index, self.handle, index)
            found[key] = _read_text(C.llama_model_meta_val_str_by_index, self.handle, index)
        return found

    @property
    def architecture(self) -> str:
        return self.metadata.get("general.architecture", "")

    @property
    def chat_template(self) -> str | None:
        return self.metadata.get("tokenizer.chat_template") or None

    @property
    def trained_context(self) -> int:
        return int(C.llama_model_n_ctx_train(self.handle))

    @property
    def embedding_length(self) -> int:
        return int(C.llama_model_n_embd_out(self.handle))

    @property
    def is_embedder(self) -> bool:
        """It pools, or looks at text in both directions: it makes vectors and no text."""
        pooling = self.metadata.get(f"{self.architecture}.pooling_type", str(_POOLING_NONE))
        causal = self.metadata.get(f"{self.architecture}.attention.causal", "true")
        return pooling != str(_POOLING_NONE) or causal == "false" or not C.llama_model_has_decoder(self.handle)

    @property
    def is_reranker(self) -> bool:
        """It reads a query with a text and judges how well they go together."""
        return self.metadata.get(f"{self.architecture}.pooling_type") == str(_POOLING_RANK)

    @property
    def is_encoder(self) -> bool:
        """No token depends on the ones before it alone: a text must be read in one piece."""
        return self.metadata.get(f"{self.architecture}.attention.causal", "true") == "false"

    def tokenize(self, text: str, *, add_special: bool, parse_special: bool) -> list[int]:
        """Token ids of ``text``; ``parse_special`` turns the texts of control tokens into those tokens."""
        data = text.encode("utf-8", "replace")
        size = len(data) + 16
        while True:
            tokens = (C.llama_token * size)()
            count = C.llama_tokenize(self.vocab, data, len(data), tokens, size, add_special, parse_special)
            if count >= 0:
                return list(tokens[:count])
            size = -count

    def tokenize_pair(self, query: str, text: str, room: int) -> list[int]:
        """Both texts in the frame of a cross-encoder: [CLS] query [SEP] text [SEP], or <s> query </s></s> text </s>."""
        frame = self.tokenize("", add_special=True, parse_special=False)
        begin, after = frame[: C.llama_vocab_get_add_bos(self.vocab)], frame[C.llama_vocab_get_add_bos(self.vocab) :]
        both = C.llama_vocab_get_add_eos(self.vocab) and C.llama_vocab_get_add_sep(self.vocab)
        between = [*after, C.llama_vocab_sep(self.vocab)] if both else after
        asked = self.tokenize(query, add_special=False, parse_special=False)[: room // _MOST_OF_QUERY]
        left = room - len(asked) - len(begin) - len(between) - len(after)
        read = self.tokenize(text, add_special=False, parse_special=False)[: max(0, left)]
        return [*begin, *asked, *between, *read, *after]

    def piece(self, token: int) -> bytes:
        """The bytes of a token; control tokens have none."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._read_piece(token, special=False)
        return known

    def is_end(self, token: int) -> bool:
        """The model ended its answer with this token."""
        return bool(C.llama_vocab_is_eog(self.vocab, token))

    @cached_property
    def bos_text(self) -> str:
        return self._special_text(C.llama_vocab_bos(self.vocab))

    @cached_property
    def eos_text(self) -> str:
        return self._special_text(C.llama_vocab_eos(self.vocab))

    @property
    def adds_bos(self) -> bool:
        return bool(C.llama_vocab_get_add_bos(self.vocab))

    @cached_property
    def control_texts(self) -> frozenset[str]:
        """The texts that mean something to the engine, such as ``<|im_end|>``: never to be taken from a message."""
        marked = _CONTROL | _USER_DEFINED
        tokens = range(C.llama_vocab_n_tokens(self.vocab))
        special = (token for token in tokens if C.llama_vocab_get_attr(self.vocab, token) & marked)
        texts = (self._special_text(token) for token in special)
        return frozenset(text for text in texts if len(text.strip()) > 1)

    def _special_text(self, token: int) -> str:
        return self._read_piece(token, special=True).decode("utf-8", "replace") if token >= 0 else ""

    def _read_piece(self, token: int, *, special: bool) -> bytes:
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            count = C.llama_token_to_piece(self.vocab, token, buffer, size, 0, special)
            if count >= 0:
                return buffer.raw[:count]
            size = -count


def normalised(vector: list[float]) -> list[float]:
    """The vector at length 1; a zero vector stays one."""
    length = math.sqrt(sum(value * value for value in vector))
    return [value / length for value in vector] if length > 0 else vector


def _read_text(function: Any, handle: Any, index: int) -> str:
    size = 256
    while True:
        buffer = ctypes.create_string_buffer(size)
        length = function(handle, index, buffer, size)
        if length < 0:
            return ""
        if length < size:
            return buffer.raw[:length].decode("utf-8", "replace")
        size = length + 1
