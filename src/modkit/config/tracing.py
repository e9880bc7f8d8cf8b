"""The ``tracing`` section (OpenTelemetry); absent or disabled means that nothing is exported."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

_STRICT = ConfigDict(extra="forbid", frozen=True)


class ExporterSection(BaseModel):
    model_config = _STRICT

    kind: Literal["otlp_grpc", "otlp_http"] = "otlp_grpc"
    endpoint: str = "http://127.0.0.1:4317"
    headers: dict[str, str] = Field(default_factory=dict)
    timeout_ms: int = Field(default=5000, ge=1)


class RatioSection(BaseModel):
    model_config = _STRICT

    ratio: float = Field(default=0.1, ge=0, le=1, description="share of traces kept")


class NoOptions(BaseModel):
    model_config = _STRICT


class SamplerSection(BaseModel):
    """Exactly one of the four; without any, the parent decides and roots are kept."""

    model_config = _STRICT

    parent_based_ratio: RatioSection | None = None
    parent_based_always_on: NoOptions | None = None
    always_on: NoOptions | None = None
    always_off: NoOptions | None = None

    @model_validator(mode="after")
    def _at_most_one(self) -> SamplerSection:
        if len(self.model_fields_set) > 1:
            raise ValueError(f"choose one sampler, not {' and '.join(sorted(self.model_fields_set))}")
        return self


class PropagationSection(BaseModel):
    model_config = _STRICT

    w3c_trace_context: bool = True


class TracedHttpSection(BaseModel):
    model_config = _STRICT

    inject_request_id_header: str | None = "x-request-id"
    record_headers: list[str] = Field(default_factory=list)


class LogsCorrelationSection(BaseModel):
    model_config = _STRICT

    inject_trace_ids_into_logs: bool = False


class TracingSection(BaseModel):
    """``tracing``."""

    model_config = _STRICT

    enabled: bool = False
    service_name: str = "hyperspot"
    exporter: ExporterSection = Field(default_factory=ExporterSection)
    sampler: SamplerSection = Field(default_factory=SamplerSection)
    propagation: PropagationSection = Field(default_factory=PropagationSection)
    resource: dict[str, str] = Field(default_factory=dict)
    http: TracedHttpSection = Field(default_factory=TracedHttpSection)
    logs_correlation: LogsCorrelationSection = Field(default_factory=LogsCorrelationSection)
