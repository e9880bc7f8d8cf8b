"""The protocol between session and child as plain data: engine-neutral, both ends in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from modkit.errors import HyperSpotError, RemoteError
from modules.llm_manager import contract
from modules.llm_manager.contract import EngineChunk, EngineMessage, LlmManagerError, SamplingParams, Timings


def pack_params(params: SamplingParams) -> dict[str, Any]:
    return asdict(params) | {"stop": list(params.stop)}


def read_params(data: dict[str, Any]) -> SamplingParams:
    return SamplingParams(**(data | {"stop": tuple(data["stop"])}))


def pack_messages(messages: Sequence[EngineMessage]) -> list[list[str]]:
    """Texts become valid Unicode here: a lone surrogate is no character a model could read."""
    return [[clean(message.role), clean(message.text)] for message in messages]


def clean(text: str) -> str:
    """The text with lone surrogates replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def pack_answer(finish_reason: str, timings: Timings) -> dict[str, Any]:
    return {"finish_reason": finish_reason, "timings": asdict(timings)}


def read_chunk(item: Any) -> EngineChunk:
    """What one streamed item says."""
    if isinstance(item, str):
        return EngineChunk(text=item)
    return EngineChunk(finish_reason=item["finish_reason"], timings=Timings(**item["timings"]))


_ERRORS: dict[str, type[LlmManagerError]] = {
    error.code: error
    for error in (
        contract.ContextOverflow,
        contract.TemplateFailed,
        contract.WrongPurpose,
        contract.ModelLoadFailed,
        contract.EngineDied,
    )
}


def typed(error: RemoteError) -> HyperSpotError:
    """The contract's own error for one that came over the pipe as data."""
    known = _ERRORS.get(error.remote_code)
    return known(error.sentence, action=error.action or None) if known is not None else error
