"""What a request must be like before any provider sees it."""

from __future__ import annotations

import math

from modules.llm_gateway.contract import ChatRequest, EmbeddingRequest, Params, ValidationFailed

_RANGES = {
    "temperature": (0.0, 10.0),
    "top_p": (0.0, 1.0),
    "min_p": (0.0, 1.0),
    "repeat_penalty": (0.1, 10.0),
    "top_k": (0, 1 << 30),
    "max_output_tokens": (1, 1 << 30),
}
_ROLES = frozenset({"system", "user", "assistant", "tool"})
_MAX_STOPS = 16


def check_chat(request: ChatRequest) -> None:
    """
    Raises:
        ValidationFailed: no messages, an unknown role, an impossible parameter.
    """
    if not request.messages:
        raise ValidationFailed("A request needs at least one message.")
    for message in request.messages:
        if message.role not in _ROLES:
            raise ValidationFailed(f"{message.role!r} is not a role; use system, user, assistant or tool.")
    if request.continue_last and request.messages[-1].role != "assistant":
        raise ValidationFailed("Only an answer can be continued, and the last message is none.")
    _check_params(request.params)
    for name in ("first_token_timeout_s", "total_timeout_s"):
        limit = getattr(request, name)
        if limit is not None and not limit > 0:
            raise ValidationFailed(f"{name} must be more than 0.")


def check_embeddings(request: EmbeddingRequest) -> None:
    """
    Raises:
        ValidationFailed: nothing to embed.
    """
    if not request.input:
        raise ValidationFailed("A request for vectors needs at least one text.")


def _check_params(params: Params) -> None:
    for name, (low, high) in _RANGES.items():
        value = getattr(params, name)
        if value is not None and not (math.isfinite(value) and low <= value <= high):
            raise ValidationFailed(f"{name} must be between {low} and {high}, not {value}.")
    if len(params.stop) > _MAX_STOPS or not all(params.stop):
        raise ValidationFailed(f"There may be up to {_MAX_STOPS} stop texts, none of them empty.")
