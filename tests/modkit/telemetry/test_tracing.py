"""Tracing: free while off, harmless when its packages are missing, real when they are there."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest
from loguru import logger

from modkit.config import ConfigInvalid, load_config
from modkit.config.tracing import SamplerSection, TracingSection
from modkit.telemetry import span, tracing
from modkit.telemetry.tracing import otlp_headers, start_tracing

HAS_SDK = importlib.util.find_spec("opentelemetry.sdk") is not None
needs_sdk = pytest.mark.skipif(not HAS_SDK, reason="the OpenTelemetry SDK is an optional package")


def test_while_off_a_span_does_nothing_and_imports_nothing() -> None:
    script = (
        "import sys; from modkit.telemetry import span\n"
        "with span('x', a=1): pass\n"
        "assert not [name for name in sys.modules if name.startswith('opentelemetry')]"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("section", [None, TracingSection(), TracingSection(enabled=False)])
def test_absent_or_disabled_nothing_starts(section: TracingSection | None) -> None:
    start_tracing(section)()
    assert tracing.current_ids() == {}


def test_missing_packages_are_told_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name=name)

    monkeypatch.setattr(tracing, "import_module", missing)
    told: list[str] = []
    sink = logger.add(lambda message: told.append(message.record["message"]), level="WARNING")
    start_tracing(TracingSection(enabled=True))()
    logger.remove(sink)
    assert told == [
        "Tracing is enabled, but opentelemetry.sdk.resources is not installed; "
        "install opentelemetry-sdk and opentelemetry-exporter-otlp"
    ]


def test_a_failing_start_is_told_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(section: TracingSection, exporter: Any) -> Any:
        raise RuntimeError("no")

    monkeypatch.setattr(tracing, "_make_provider", broken)
    start_tracing(TracingSection(enabled=True))()
    with span("still works"):
        pass


def test_headers_come_from_the_configuration_and_the_environment() -> None:
    environ = {"OTEL_EXPORTER_OTLP_HEADERS": "a=1, b = 2,broken,=x"}
    assert otlp_headers({"a": "0", "c": "3"}, environ) == {"a": "1", "b": "2", "c": "3"}


def test_two_samplers_at_once_are_an_error() -> None:
    overrides: dict[str, Any] = {"tracing.sampler": {"always_on": {}, "always_off": {}}}
    with pytest.raises(ConfigInvalid, match="choose one sampler, not always_off and always_on"):
        load_config(environ={}, overrides=overrides, create_home=False)


@needs_sdk
def test_spans_reach_the_exporter_with_ids_in_the_log() -> None:
    exporter = import_module("opentelemetry.sdk.trace.export.in_memory_span_exporter").InMemorySpanExporter()
    section = TracingSection.model_validate(
        {"enabled": True, "logs_correlation": {"inject_trace_ids_into_logs": True}, "resource": {"env": "test"}}
    )
    stop = start_tracing(section, exporter=exporter)
    with span("outer", size=3):
        ids = tracing.current_ids()
    stop()
    (finished,) = exporter.get_finished_spans()
    assert (finished.name, dict(finished.attributes or {})) == ("outer", {"size": 3})
    assert finished.resource.attributes["service.name"] == "hyperspot"
    assert ids["trace_id"] == f"{finished.context.trace_id:032x}"
    assert tracing.current_ids() == {}


@needs_sdk
@pytest.mark.parametrize(
    ("sampler", "description"),
    [
        ({}, "ParentBased{root:AlwaysOnSampler"),
        ({"always_on": {}}, "AlwaysOnSampler"),
        ({"always_off": {}}, "AlwaysOffSampler"),
        ({"parent_based_ratio": {}}, "ParentBased{root:TraceIdRatioBased{0.1}"),
        ({"parent_based_always_on": {}}, "ParentBased{root:AlwaysOnSampler"),
    ],
)
def test_each_sampler_of_the_configuration(sampler: dict[str, Any], description: str) -> None:
    made = tracing._sampler(SamplerSection.model_validate(sampler))
    assert made.get_description().startswith(description)
