"""The job that measures a model on this computer."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobHandler, JobProgress, JobRun
from modules.llm_manager.contract.engine import EngineSession
from modules.llm_manager.contract.errors import EngineDied
from modules.llm_manager.contract.models import Benchmark, EngineChunk, SamplingParams, Timings
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.pool import EnginePool

ROUNDS = 3
OUTPUT_TOKENS = 32
WARM_UP_TOKENS = 2
PASSAGES = 16
_SENTENCES = (
    "The harbour lay quiet in the first light, and the boats had not yet left.",
    "A report of last year names the costs, the delays and who decided what.",
    "Whoever reads the manual twice finds the valve before the water finds the floor.",
    "Between the two villages a narrow road follows the river for nine kilometres.",
    "Prices rose in spring, fell in summer, and nobody could say why they did either.",
    "The experiment was repeated with colder samples and gave the same result.",
)
_PROMPT_SENTENCES = 18
_PASSAGE_SENTENCES = 8

Clock = Callable[[], float]
Tell = Callable[[float, str], None]


class Measurer:
    """Measures through the same session that chats use, so that the figures are those a user will see."""

    def __init__(self, library: Library, pool: EnginePool, clock: Clock = time.perf_counter) -> None:
        self._library = library
        self._pool = pool
        self._clock = clock

    async def measure(self, ctx: SecurityContext, model_id: str, tell: Tell) -> Benchmark:
        """Load the model, measure, and keep the result with the model; ``tell`` hears the share done and a note.

        Raises:
            ModelNotFound, ModelFileMissing, NotEnoughMemory, ModelLoadFailed, EngineDied
        """
        model = await self._library.present(ctx, model_id)
        tell(0.0, "loading")
        async with self._pool.lease(ctx, model.id) as session:
            if model.purpose == "embedding":
                benchmark = await self._measure_embedder(session, tell)
            else:
                benchmark = await self._measure_chat(session, tell)
        await self._library.measured(ctx, model.id, benchmark)
        return benchmark

    async def _measure_chat(self, session: EngineSession, tell: Tell) -> Benchmark:
        # One that does not count: the first touches every page of the weights.
        await last_timings(session.complete(_text(0, 1), SamplingParams(max_output_tokens=WARM_UP_TOKENS)))
        rounds: list[Timings] = []
        params = SamplingParams(temperature=0.0, max_output_tokens=OUTPUT_TOKENS)
        for number in range(ROUNDS):
            tell(number / ROUNDS, "generating")
            # A different beginning each time: a repeated prefix is not read again and would look infinitely fast.
            prompt = f"Round {number}. {_text(number, _PROMPT_SENTENCES)}"
            rounds.append(await last_timings(session.complete(prompt, params)))
        return Benchmark(
            prompt_tokens_per_s=statistics.median(_prompt_speed(timings) for timings in rounds),
            generation_tokens_per_s=statistics.median(timings.tokens_per_s for timings in rounds),
            passages_per_s=None,
            measured_at=datetime.now(UTC),
        )

    async def _measure_embedder(self, session: EngineSession, tell: Tell) -> Benchmark:
        passages = [_text(number, _PASSAGE_SENTENCES) for number in range(PASSAGES)]
        tokens = sum([len(await session.tokenize(passage)) for passage in passages[:4]]) / 4 * PASSAGES
        await session.embed(passages[:2])
        seconds = []
        for number in range(ROUNDS):
            tell(number / ROUNDS, "embedding")
            begun = self._clock()
            await session.embed(passages)
            seconds.append(max(self._clock() - begun, 1e-9))
        typical = statistics.median(seconds)
        return Benchmark(
            prompt_tokens_per_s=tokens / typical,
            generation_tokens_per_s=0.0,
            passages_per_s=PASSAGES / typical,
            measured_at=datetime.now(UTC),
        )


class BenchmarkHandler(JobHandler):
    """Runs ``model-benchmark``."""

    def __init__(self, measurer: Measurer) -> None:
        self._measurer = measurer

    async def run(self, run: JobRun) -> Mapping[str, Any]:
        model_id = str(run.job.params["model_id"])
        benchmark = await self._measurer.measure(run.ctx, model_id, lambda share, note: tell_job(run, share, note))
        return {"model_id": model_id, **as_json(benchmark)}

    async def discard(self, job: Job) -> None:
        """A measurement leaves nothing behind."""


def tell_job(run: JobRun, share: float, note: str) -> None:
    """Report a share of the work, 0 to 1."""
    run.report(JobProgress(done=round(share * 100), total=100, unit="percent", note=note))


def as_json(benchmark: Benchmark) -> dict[str, Any]:
    return asdict(benchmark) | {"measured_at": benchmark.measured_at.isoformat()}


async def last_timings(chunks: AsyncIterator[EngineChunk]) -> Timings:
    """Read a stream to its end.

    Raises:
        EngineDied: it ended without saying what it cost.
    """
    timings: Timings | None = None
    async for chunk in chunks:
        timings = chunk.timings or timings
    if timings is None:
        raise EngineDied("The engine ended the text without its timings.")
    return timings


def _prompt_speed(timings: Timings) -> float:
    read = timings.prompt_tokens - timings.cached_tokens
    return read / timings.prompt_ms * 1000 if timings.prompt_ms > 0 else 0.0


def _text(offset: int, sentences: int) -> str:
    return " ".join(_SENTENCES[(offset + number) % len(_SENTENCES)] for number in range(sentences))
