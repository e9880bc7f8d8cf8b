"""Traces behind a small door: while tracing is off nothing is imported and a span costs next to nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from loguru import logger

from modkit.config.tracing import SamplerSection, TracingSection

_PACKAGES = "opentelemetry-sdk and opentelemetry-exporter-otlp"


class _State:
    """The process's tracer: None while tracing is off."""

    tracer: Any = None
    ids_in_logs: bool = False


@contextmanager
def span(name: str, **attributes: str | int | float | bool) -> Iterator[None]:
    """Trace what happens inside under ``name``; an exception marks the span as failed and goes on.

    Attributes must not contain prompts, document text or keys.
    """
    if _State.tracer is None:
        yield
        return
    with _State.tracer.start_as_current_span(name, attributes=attributes):
        yield


def current_ids() -> dict[str, str]:
    """Trace and span id for log records; empty when tracing or the correlation is off."""
    if not _State.ids_in_logs:
        return {}
    from opentelemetry import trace

    context = trace.get_current_span().get_span_context()
    if not context.is_valid:
        return {}
    return {"trace_id": f"{context.trace_id:032x}", "span_id": f"{context.span_id:016x}"}


def start_tracing(section: TracingSection | None, *, exporter: Any = None) -> Callable[[], None]:
    """Switch tracing on if it is configured; returns the way back, which flushes what is pending.

    Whatever goes wrong here is logged and never stops the process. ``exporter`` replaces the configured one.
    """
    if section is None or not section.enabled:
        return lambda: None
    try:
        provider = _make_provider(section, exporter)
    except ImportError as err:
        logger.warning("Tracing is enabled, but {} is not installed; install {}", err.name, _PACKAGES)
        return lambda: None
    except Exception as err:
        logger.opt(exception=err).warning("Tracing could not be started")
        return lambda: None
    _State.tracer = provider.get_tracer("hyperspot")
    _State.ids_in_logs = section.logs_correlation.inject_trace_ids_into_logs

    def stop() -> None:
        _State.tracer, _State.ids_in_logs = None, False
        provider.shutdown()

    return stop


def otlp_headers(configured: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """The configured headers and those of ``OTEL_EXPORTER_OTLP_HEADERS`` (``k=v,k2=v2``), the latter winning."""
    pairs = (part.partition("=") for part in environ.get("OTEL_EXPORTER_OTLP_HEADERS", "").split(","))
    return {**configured, **{name.strip(): value.strip() for name, equals, value in pairs if equals and name.strip()}}


def _make_provider(section: TracingSection, exporter: Any) -> Any:
    # By name: the SDK is an optional package, and importing it costs more than the rest of the telemetry.
    resources = import_module("opentelemetry.sdk.resources")
    sdk = import_module("opentelemetry.sdk.trace")
    export = import_module("opentelemetry.sdk.trace.export")
    resource = resources.Resource.create({"service.name": section.service_name, **section.resource})
    provider = sdk.TracerProvider(sampler=_sampler(section.sampler), resource=resource)
    provider.add_span_processor(export.BatchSpanProcessor(exporter or _exporter(section)))
    return provider


def _exporter(section: TracingSection) -> Any:
    settings = section.exporter
    transport = settings.kind.removeprefix("otlp_")
    module = import_module(f"opentelemetry.exporter.otlp.proto.{transport}.trace_exporter")
    headers = otlp_headers(settings.headers, os.environ)
    return module.OTLPSpanExporter(endpoint=settings.endpoint, headers=headers, timeout=settings.timeout_ms / 1000)


def _sampler(section: SamplerSection) -> Any:
    sampling = import_module("opentelemetry.sdk.trace.sampling")
    if section.parent_based_ratio is not None:
        return sampling.ParentBased(sampling.TraceIdRatioBased(section.parent_based_ratio.ratio))
    if section.always_on is not None:
        return sampling.ALWAYS_ON
    return sampling.ALWAYS_OFF if section.always_off is not None else sampling.DEFAULT_ON
