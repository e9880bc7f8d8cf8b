"""How the next token is picked: llama.cpp's own sampler chain, so that Python never sees a probability."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from modules.llm_manager.contract import SamplingParams
from modules.llm_manager.infra.llama_cpp.bindings import C

_PENALTY_WINDOW = 64
_KEEP_AT_LEAST = 1


class Sampler:
    """Owns a ``llama_sampler`` chain: penalties, top-k, top-p, min-p, temperature, then the draw.

    What a request leaves open comes from the model's header (``general.sampling.*``), else from the engine's usual
    values: temperature 0.8, top-k 40, top-p 0.95, min-p 0.05, no penalty.
    """

    def __init__(
        self, params: SamplingParams, metadata: Mapping[str, str], prompt: Sequence[int], vocabulary: int
    ) -> None:
        def pick(asked: float | None, name: str, usual: float, low: float, high: float) -> float:
            value = asked if asked is not None else _number(metadata.get(f"general.sampling.{name}"), usual)
            return min(max(value, low), high) if math.isfinite(value) else usual

        temperature = pick(params.temperature, "temp", 0.8, 0.0, 10.0)
        penalty = pick(params.repeat_penalty, "penalty_repeat", 1.0, 0.1, 10.0)
        seed = C.LLAMA_DEFAULT_SEED if params.seed is None else params.seed & 0xFFFFFFFF
        self._chain = C.llama_sampler_chain_init(C.llama_sampler_chain_default_params())
        if penalty != 1.0:
            self._add(C.llama_sampler_init_penalties(vocabulary, _PENALTY_WINDOW, penalty, 0.0, 0.0))
            for token in prompt[-_PENALTY_WINDOW:]:
                C.llama_sampler_accept(self._chain, token)
        if temperature <= 0.0:
            self._add(C.llama_sampler_init_greedy())
            return
        self._add(C.llama_sampler_init_top_k(int(pick(params.top_k, "top_k", 40, 0, 1 << 30))))
        self._add(C.llama_sampler_init_top_p(pick(params.top_p, "top_p", 0.95, 0.0, 1.0), _KEEP_AT_LEAST))
        self._add(C.llama_sampler_init_min_p(pick(params.min_p, "min_p", 0.05, 0.0, 1.0), _KEEP_AT_LEAST))
        self._add(C.llama_sampler_init_temp(temperature))
        self._add(C.llama_sampler_init_dist(seed))

    def next_token(self, context_handle: Any) -> int:
        """The next token after what was read last; remembered for the penalties."""
        return int(C.llama_sampler_sample(self._chain, context_handle, -1))

    def close(self) -> None:
        if self._chain:
            C.llama_sampler_free(self._chain)
            self._chain = None

    def _add(self, sampler: Any) -> None:
        C.llama_sampler_chain_add(self._chain, sampler)


def _number(text: str | None, usual: float) -> float:
    try:
        return float(text) if text is not None else usual
    except ValueError:
        return usual
