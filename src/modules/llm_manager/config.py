"""Settings of llm-manager that belong to the installation; what a user chooses is declared in domain/preferences.py."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class LlmManagerConfig(BaseModel):
    """The section ``modules.llm-manager.config``."""

    model_config = ConfigDict(extra="forbid")

    engine: str = Field("llama.cpp", description="Which engine plugin loads GGUF models.")
    onnx_engine: str = Field("onnxruntime", description="Which engine plugin loads encoders in the ONNX format.")
    catalogue: Path | None = Field(None, description="Another catalogue file than the one that is shipped.")
    huggingface_url: str = Field("https://huggingface.co", description="Where Hugging Face addresses are fetched from.")
    allowed_http_hosts: list[str] = Field(
        default_factory=list, description="Hosts that may be downloaded from without TLS, besides this computer."
    )
    range_bytes: int = Field(16 * 1024 * 1024, ge=64 * 1024, description="Size of one range of a download, in bytes.")
    stall_timeout_s: float = Field(30.0, gt=0, description="Silence after which a connection is given up, in seconds.")
    retries: int = Field(6, ge=0, description="Attempts in a row without a byte before a download fails.")
    retry_delay_s: float = Field(0.5, ge=0, description="Wait before the first new attempt, doubled each time.")
    load_timeout_s: float = Field(600.0, gt=0, description="Longest time to load a model, in seconds.")
