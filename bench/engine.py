"""The engine against llama-cpp-python driven directly, by turns in the same run; cached prefixes; a busy neighbour."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from bench._models import starter
from bench.table import Row
from modkit.errors import HyperSpotError
from modules.llm_manager.contract import EngineMessage, SamplingParams
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.session import LlamaCppSession
from modules.llm_manager.infra.llama_cpp.threads import ThreadPlan

_CONTEXT = 4096
_ROUNDS = 15
_TOKENS = 64


class DirectDied(HyperSpotError):
    action = "Build it again: python3 dev.py setup"


@dataclass(frozen=True, slots=True)
class Run:
    """One generation, timed where its tokens arrive."""

    first_ms: float
    tokens_per_s: float


async def bench_engine() -> list[Row]:
    """Decode and first token against the library, prefixes, a busy neighbour."""
    async with _session() as (session, load_ms):
        rows = [Row("load the starter chat model", load_ms, "ms")]
        rows += await _against_direct(session)
        rows += await _prefixes(session)
        rows += await _busy_neighbour(session)
    return rows


@asynccontextmanager
async def _session() -> AsyncIterator[tuple[LlamaCppSession, float]]:
    factory = LlamaCppFactory()
    model = starter("smollm2-*.gguf", "chat", _CONTEXT)
    # The first start of all finds out which kernels work here; that is not what loading takes.
    await (await factory.start(model, context_length=256)).stop()
    started = time.perf_counter()
    session = await factory.start(model, context_length=_CONTEXT)
    try:
        yield session, (time.perf_counter() - started) * 1000
    finally:
        await session.stop()


# -- against the library


async def _against_direct(session: LlamaCppSession) -> list[Row]:
    ours: list[Run] = []
    theirs: list[Run] = []
    with _direct(tuned_kernels=session.tuned_kernels) as direct:
        for number in range(_ROUNDS):
            topic = f"Story number {number} is about a ship, a storm and {'many ' * 60}brave sailors. Write all of it."
            # Who goes first changes by turns: a machine that slows down is nobody's fault.
            if number % 2 == 0:
                ours.append(await _measured(session, topic, _TOKENS))
            theirs.append(await asyncio.to_thread(_ask, direct, topic, _TOKENS))
            if number % 2 == 1:
                ours.append(await _measured(session, topic, _TOKENS))
    decode = [mine.tokens_per_s / other.tokens_per_s for mine, other in zip(ours, theirs, strict=True)]
    later = [mine.first_ms - other.first_ms for mine, other in zip(ours, theirs, strict=True)]
    ratio = statistics.median(decode)
    return [
        Row(
            "decode",
            statistics.median(run.tokens_per_s for run in ours),
            "tokens/s",
            ">= 0.97 of direct",
            ratio >= 0.97,
            statistics.median(run.tokens_per_s for run in theirs),
            ratio,
            f"{_TOKENS} tokens, {_ROUNDS} rounds by turns; rounds {min(decode):.2f} to {max(decode):.2f}",
        ),
        Row(
            "first token",
            statistics.median(run.first_ms for run in ours),
            "ms",
            "<= direct + 30 ms",
            statistics.median(later) <= 30,
            statistics.median(run.first_ms for run in theirs),
            None,
            f"difference {statistics.median(later):+.0f} ms",
        ),
    ]


@contextmanager
def _direct(*, tuned_kernels: bool) -> Iterator[subprocess.Popen[str]]:
    model = starter("smollm2-*.gguf", "chat", _CONTEXT)
    threads = ThreadPlan.for_this_computer()
    settings = {
        "path": str(model.path),
        "context_length": _CONTEXT,
        "threads": threads.generate,
        "read_threads": threads.read,
        "tuned_kernels": tuned_kernels,
    }
    command = [sys.executable, "-m", "bench._direct"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            _exchange(process, settings)
            yield process
        finally:
            process.kill()


def _ask(process: subprocess.Popen[str], topic: str, count: int) -> Run:
    text = f"<|im_start|>user\n{topic}<|im_end|>\n<|im_start|>assistant\n"
    told = _exchange(process, {"text": text, "count": count})
    return Run(told["first_ms"], told["tokens_per_s"])


def _exchange(process: subprocess.Popen[str], message: dict[str, Any]) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise DirectDied("llama-cpp-python, driven directly, died.")
    answer: dict[str, Any] = json.loads(line)
    return answer


# -- ours alone


async def _measured(session: LlamaCppSession, topic: str, tokens: int, *, key: str | None = None) -> Run:
    started = time.perf_counter()
    first = last = started
    produced = 0
    params = SamplingParams(temperature=0.0, max_output_tokens=tokens)
    async for chunk in session.chat([EngineMessage("user", topic)], params, conversation_key=key):
        now = time.perf_counter()
        first = now if first == started else first
        if chunk.text:
            last = now
        produced = chunk.timings.output_tokens if chunk.timings is not None else produced
    return Run((first - started) * 1000, (produced - 1) / (last - first) if last > first else 0.0)


async def _prefixes(session: LlamaCppSession) -> list[Row]:
    topics = [
        f"{name} " + " ".join(f"{name}{number}" for number in range(380)) for name in ("oak", "elm", "fir", "ash")
    ]
    first = [await _measured(session, topic, 2, key=topic[:3]) for topic in topics]
    # By turns through all four: each has been away three times as long as it was there.
    returned = [await _measured(session, topic, 2, key=topic[:3]) for topic in topics]
    again = await _measured(session, topics[-1] + "?", 2, key="ash")
    read = statistics.median(run.first_ms for run in first)
    back = statistics.median(run.first_ms for run in returned)
    count = await session.count_tokens([EngineMessage("user", topics[0])])
    return [
        _share("second turn over a known prefix", again.first_ms, read, f"first token; prefix of {count} tokens"),
        _share("return to one of four conversations", back, read, f"first token; {count} tokens each"),
    ]


def _share(what: str, value: float, reference: float, note: str) -> Row:
    ratio = value / reference
    return Row(what, value, "ms", "<= 0.10 of the first", ratio <= 0.10, reference, ratio, note)


async def _busy_neighbour(session: LlamaCppSession) -> list[Row]:
    quiet: list[float] = []
    busy: list[float] = []
    for number in range(3):
        quiet.append((await _measured(session, f"Story {number} about the sea, at length.", _TOKENS)).tokens_per_s)
        with _neighbour():
            busy.append((await _measured(session, f"Tale {number} about the sea, at length.", _TOKENS)).tokens_per_s)
    ratio = max(busy) / max(quiet)
    return [
        Row(
            "decode beside a busy process",
            max(busy),
            "tokens/s",
            ">= 0.85 of undisturbed",
            ratio >= 0.85,
            max(quiet),
            ratio,
            "one core kept busy; best of 3 by turns",
        )
    ]


@contextmanager
def _neighbour() -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        try:
            yield
        finally:
            process.kill()
