"""The job that re-quantises a model for this computer, and measures before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobHandler, JobRun
from modules.llm_manager.contract.models import InstalledModel
from modules.llm_manager.domain.bench import Measurer, as_json, tell_job
from modules.llm_manager.domain.import_model import Importer
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.naming import model_id
from modules.llm_manager.domain.ports import Fetched, ModelFiles, Requantizer


class OptimiseHandler(JobHandler):
    """Runs ``model-optimise``: the original stays, the result is a second model, the user chooses."""

    def __init__(
        self,
        library: Library,
        importer: Importer,
        files: ModelFiles,
        measurer: Measurer,
        requantizer: Callable[[], Requantizer],
    ) -> None:
        self._library = library
        self._importer = importer
        self._files = files
        self._measurer = measurer
        self._requantizer = requantizer

    async def run(self, run: JobRun) -> Mapping[str, Any]:
        original = await self._library.present(run.ctx, str(run.job.params["model_id"]))
        quantization = str(run.job.params["quantization"])
        optimised = await self._optimised(
            run.ctx, original, quantization, lambda share: tell_job(run, share * 0.3, "converting")
        )
        before = await self._measurer.measure(
            run.ctx, original.id, lambda share, note: tell_job(run, 0.3 + share * 0.35, f"{original.name}: {note}")
        )
        after = await self._measurer.measure(
            run.ctx, optimised.id, lambda share, note: tell_job(run, 0.65 + share * 0.35, f"{optimised.name}: {note}")
        )
        return {
            "original": {"model_id": original.id, "size_bytes": original.size_bytes, **as_json(before)},
            "optimised": {"model_id": optimised.id, "size_bytes": optimised.size_bytes, **as_json(after)},
            "prompt_speed_ratio": _ratio(after.prompt_tokens_per_s, before.prompt_tokens_per_s),
            "generation_speed_ratio": _ratio(after.generation_tokens_per_s, before.generation_tokens_per_s),
        }

    async def discard(self, job: Job) -> None:
        """A conversion that was stopped removes its own file; a finished one is a model and stays."""

    async def _optimised(
        self, ctx: SecurityContext, original: InstalledModel, quantization: str, tell: Callable[[float], None]
    ) -> InstalledModel:
        """The converted model; one that an interrupted run of this job registered already is taken as it is."""
        wanted = model_id(original.name, quantization, ())
        for model in await self._library.all(ctx):
            if model.id == wanted and model.architecture == original.architecture:
                return model
        async with self._importer.place(ctx, wanted) as target:
            # The result is larger only when it was asked for; twice the original is enough for every step up to Q8_0.
            await self._files.require_space(target.parent, 2 * original.size_bytes)
            fetched = await self._convert(original.path, target, quantization, tell)
        name = f"{original.name} ({quantization})"
        return await self._importer.register(ctx, fetched, name=name, as_id=wanted, licence=original.licence)

    async def _convert(self, source: Path, target: Path, quantization: str, tell: Callable[[float], None]) -> Fetched:
        part = target.with_name(f"{target.name}.converting")
        try:
            await self._requantizer().requantize(source, part, quantization, tell)
            await self._files.header(part)
            digest = await self._files.hash(part)
            size_bytes = await self._files.size(part) or 0
            await self._files.publish(part, target)
        finally:
            await self._files.remove(part)
        return Fetched(target, size_bytes, digest)


def _ratio(after: float, before: float) -> float | None:
    return round(after / before, 2) if before > 0 else None
