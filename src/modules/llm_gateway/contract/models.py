"""The gateway's data shapes (spec: LLM data shapes); text parts only until media arrive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["system", "user", "assistant", "tool"]
FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "cancelled"]


@dataclass(frozen=True, slots=True)
class TextPart:
    text: str
    type: Literal["text"] = "text"


ContentPart = TextPart


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: tuple[ContentPart, ...]

    @classmethod
    def of(cls, role: Role, text: str) -> Message:
        return cls(role, (TextPart(text),))

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.content)


@dataclass(frozen=True, slots=True)
class Params:
    """Sampling parameters; None leaves the model's default."""

    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    repeat_penalty: float | None = None
    max_output_tokens: int | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """``model`` is ``provider::model_id`` (split at the first ``::``); without a provider it means ``local``.

    ``conversation_key`` lets a provider reuse what it read before; ``continue_last`` goes on with the last message.
    """

    model: str
    messages: tuple[Message, ...]
    params: Params = field(default_factory=Params)
    conversation_key: str | None = None
    continue_last: bool = False
    first_token_timeout_s: float | None = None
    total_timeout_s: float | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens and times of one request; milliseconds."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    first_token_ms: float = 0.0
    total_ms: float = 0.0
    tokens_per_s: float = 0.0
    cost_estimate: float | None = None


@dataclass(frozen=True, slots=True)
class StreamChunk:
    """``role`` only in the first chunk; ``finish_reason`` and ``usage`` only in the last."""

    id: str
    model: str
    content: str = ""
    role: Role | None = None
    finish_reason: FinishReason | None = None
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class ChatResponse:
    content: tuple[ContentPart, ...]
    usage: Usage
    model_used: str
    finish_reason: FinishReason

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.content)


@dataclass(frozen=True, slots=True)
class EmbeddingRequest:
    model: str
    input: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmbeddingResponse:
    model: str
    data: tuple[tuple[float, ...], ...]
    usage: Usage


@dataclass(frozen=True, slots=True)
class GatewayModel:
    """A model that can be asked through the gateway."""

    id: str
    provider: str
    name: str
    purpose: Literal["chat", "embedding"]
    context_window: int
    local: bool
    ready: bool


@dataclass(frozen=True, slots=True)
class ProviderHealth:
    provider: str
    status: Literal["healthy", "degraded", "unhealthy"]
    detail: str = ""
