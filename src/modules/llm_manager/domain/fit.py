"""How much memory a model needs, and how that compares with what is free."""

from __future__ import annotations

from dataclasses import dataclass

from modules.llm_manager.contract.models import CatalogueEntry, Fit, FitLevel
from modules.llm_manager.domain.ports import GgufHeader

MICRO_BATCH_TOKENS = 512
CHILD_BYTES = 96 * 1024 * 1024
"""What an engine child uses before it has a model: the interpreter, llama.cpp, its buffers for work in progress."""

EASY_SHARE, COMFORTABLE_SHARE = 0.5, 0.8
"""Up to half of the free memory, the computer stays as quick as it is; up to four fifths, other programs keep room
to grow; above, the system may begin to swap as soon as anything else wants memory."""

_FLOAT_BYTES = 4
_ACTIVATION_ROWS = 8
_ASSUMED_VOCABULARY = 128_000


@dataclass(frozen=True, slots=True)
class Needs:
    """Bytes for the weights, for the cache at a context length, and for the engine's work."""

    weights_bytes: int
    kv_bytes: int
    compute_bytes: int

    @property
    def total_bytes(self) -> int:
        return self.weights_bytes + self.kv_bytes + self.compute_bytes


def needs_of_header(header: GgufHeader, context_length: int, *, embedding: bool) -> Needs:
    """What an installed model needs.

    The compute buffer is llama.cpp's largest graph: one micro-batch of logits over the vocabulary and some rows of
    activations, in f32. An embedder has no logits, and its cache lives only for one micro-batch at a time.
    """
    vocabulary = 0 if embedding else header.vocabulary
    row = vocabulary + _ACTIVATION_ROWS * header.embedding_length
    return Needs(
        weights_bytes=header.weights_bytes,
        kv_bytes=header.kv_bytes_per_token * context_length,
        compute_bytes=MICRO_BATCH_TOKENS * row * _FLOAT_BYTES + CHILD_BYTES,
    )


def needs_of_entry(entry: CatalogueEntry, context_length: int) -> Needs:
    """What a model that is not here yet will need; its vocabulary is not known, so a large one is assumed."""
    vocabulary = 0 if entry.purpose != "chat" else _ASSUMED_VOCABULARY
    return Needs(
        weights_bytes=entry.size_bytes,
        kv_bytes=entry.kv_bytes_per_token * context_length,
        compute_bytes=MICRO_BATCH_TOKENS * vocabulary * _FLOAT_BYTES + CHILD_BYTES,
    )


def fit_of(needs: Needs, free_bytes: int, context_length: int) -> Fit:
    """Compare; see EASY_SHARE and COMFORTABLE_SHARE for the levels."""
    return Fit(
        level=_level(needs.total_bytes, free_bytes),
        weights_bytes=needs.weights_bytes,
        kv_bytes=needs.kv_bytes,
        compute_bytes=needs.compute_bytes,
        free_bytes=free_bytes,
        context_length=context_length,
    )


def effective_context(wanted: int, limit: int) -> int:
    """The wanted context, capped by what the model was trained for (0 = it does not say)."""
    return min(wanted, limit) if limit else wanted


def _level(needed_bytes: int, free_bytes: int) -> FitLevel:
    if needed_bytes > free_bytes:
        return FitLevel.DOES_NOT_FIT
    if needed_bytes > free_bytes * COMFORTABLE_SHARE:
        return FitLevel.TIGHT
    if needed_bytes > free_bytes * EASY_SHARE:
        return FitLevel.FITS
    return FitLevel.FITS_EASILY
