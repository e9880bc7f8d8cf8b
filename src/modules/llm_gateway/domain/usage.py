"""Who used how much: counted and logged per request, never with any content."""

from __future__ import annotations

import time
from dataclasses import dataclass

from loguru import logger

from modkit.security import SecurityContext
from modules.llm_gateway.contract import Usage


@dataclass(slots=True)
class ModelTotals:
    """Sums over all requests of one model since the start."""

    requests: int = 0
    failures: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


class UsageLedger:
    """Counters per model; each finished request is also one log line."""

    def __init__(self) -> None:
        self._totals: dict[str, ModelTotals] = {}

    def totals(self) -> dict[str, ModelTotals]:
        return dict(self._totals)

    def begin(self, ctx: SecurityContext, model: str, operation: str) -> UsageEntry:
        return UsageEntry(self, ctx, model, operation)

    def add(self, model: str, usage: Usage | None, *, failed: bool) -> None:
        totals = self._totals.setdefault(model, ModelTotals())
        totals.requests += 1
        totals.failures += failed
        if usage is not None:
            totals.input_tokens += usage.input_tokens
            totals.output_tokens += usage.output_tokens


class UsageEntry:
    """One request on its way; written once, when it ends."""

    def __init__(self, ledger: UsageLedger, ctx: SecurityContext, model: str, operation: str) -> None:
        self._ledger = ledger
        self._fields = {"model": model, "operation": operation, "tenant_id": str(ctx.subject_tenant_id)}
        self._model = model
        self._started = time.perf_counter()

    def write(self, outcome: str, usage: Usage | None) -> None:
        """``outcome`` is a finish reason, ``cancelled`` or an error's code."""
        failed = usage is None and outcome != "cancelled"
        self._ledger.add(self._model, usage, failed=failed)
        numbers = {} if usage is None else {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens}
        latency_ms = round((time.perf_counter() - self._started) * 1000, 1)
        logger.bind(**self._fields, **numbers, outcome=outcome, latency_ms=latency_ms).info("model request ended")
