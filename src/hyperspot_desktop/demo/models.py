"""Models in memory: a small computer with a few of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from hyperspot_desktop.demo.feed import Feed
from hyperspot_desktop.demo.jobs import DemoJobs
from modkit.security import SecurityContext
from modules.llm_manager.contract import (
    Benchmark,
    CatalogueEntry,
    EngineBuild,
    EngineSession,
    Fit,
    FitLevel,
    Hardware,
    InstalledModel,
    InvalidModelFile,
    LoadedModel,
    LoadState,
    ModelChanged,
    ModelNotFound,
    ModelSource,
    Purpose,
)

GIB = 2**30
_LEVELS = {
    "smollm2-1.7b": FitLevel.FITS_EASILY,
    "qwen3-4b": FitLevel.FITS,
    "gemma-3-12b": FitLevel.TIGHT,
    "all-minilm-l6-v2": FitLevel.FITS_EASILY,
    "gpt-oss-20b": FitLevel.DOES_NOT_FIT,
    "qwen3-0.6b": FitLevel.FITS_EASILY,
}


def _entry(
    entry_id: str,
    name: str,
    parameters: float,
    quantization: str,
    size_bytes: float,
    licence: str,
    description: str,
    *,
    purpose: Purpose = "chat",
) -> CatalogueEntry:
    return CatalogueEntry(
        entry_id,
        name,
        name.split(" ")[0],
        purpose,
        int(parameters),
        quantization,
        int(size_bytes),
        32_768,
        licence,
        "",
        description,
        (ModelSource("huggingface", "example/" + entry_id, entry_id + ".gguf"),),
    )


CATALOGUE = (
    _entry("smollm2-1.7b", "SmolLM2 1.7B Instruct", 1.7e9, "Q4_K_M", 1.06e9, "Apache-2.0", "Quick and polite."),
    _entry("qwen3-4b", "Qwen3 4B Instruct", 4e9, "Q4_K_M", 2.5e9, "Apache-2.0", "A good all-rounder."),
    _entry("gemma-3-12b", "Gemma 3 12B", 12e9, "Q4_K_M", 7.3e9, "Gemma", "Careful and knowledgeable."),
    _entry(
        "all-minilm-l6-v2", "all-MiniLM-L6-v2", 22.7e6, "Q8_0", 24e6, "Apache-2.0", "For search.", purpose="embedding"
    ),
    _entry("gpt-oss-20b", "gpt-oss 20B", 20e9, "MXFP4", 12.1e9, "Apache-2.0", "Large; reasons before it answers."),
    _entry("qwen3-0.6b", "Qwen3 0.6B", 0.6e9, "Q8_0", 0.64e9, "Apache-2.0", "Answers at once on any computer."),
)


class DemoModels:
    """Implements LlmManagerClient."""

    def __init__(self, jobs: DemoJobs) -> None:
        self._jobs = jobs
        self._installed: dict[str, InstalledModel] = {}
        self._trashed: dict[str, InstalledModel] = {}
        self._feed: Feed[ModelChanged] = Feed()
        self._catalogue: tuple[CatalogueEntry, ...] = CATALOGUE

    @classmethod
    def full(cls, jobs: DemoJobs) -> DemoModels:
        models = cls(jobs)
        models.install("smollm2-1.7b", LoadState.LOADED, tokens_per_s=38.0)
        models.install("qwen3-4b", LoadState.ON_DISK, tokens_per_s=17.2, slow=True)
        models.install("all-minilm-l6-v2", LoadState.LOADED, passages_per_s=410.0)
        return models

    @classmethod
    def nothing_installed(cls, jobs: DemoJobs) -> DemoModels:
        return cls(jobs)

    @classmethod
    def no_catalogue(cls, jobs: DemoJobs) -> DemoModels:
        models = cls(jobs)
        models._catalogue = ()
        return models

    def install(
        self,
        entry_id: str,
        state: LoadState,
        *,
        tokens_per_s: float = 0.0,
        passages_per_s: float | None = None,
        slow: bool = False,
    ) -> InstalledModel:
        entry = next(one for one in CATALOGUE if one.id == entry_id)
        now = datetime.now(UTC)
        measured = tokens_per_s or passages_per_s
        model = InstalledModel(
            entry.id,
            entry.name,
            entry.purpose,
            Path(entry.id + ".gguf"),
            entry.size_bytes,
            "",
            "llama",
            entry.parameters,
            entry.quantization,
            entry.context_length,
            384,
            entry.licence,
            None,
            False,
            state,
            now,
            catalogue_id=entry.id,
            benchmark=Benchmark(tokens_per_s * 6, tokens_per_s, passages_per_s, now) if measured else None,
            slow_quantization=slow,
        )
        self._installed[model.id] = model
        return model

    async def hardware(self, ctx: SecurityContext) -> Hardware:
        return Hardware(8, 16, 16 * GIB, int(9.4 * GIB), 212_000_000_000, "Demo CPU", None)

    async def engine_builds(self, ctx: SecurityContext) -> list[EngineBuild]:
        return [EngineBuild("llama.cpp", None, chosen=True)]

    async def catalogue(self, ctx: SecurityContext) -> list[CatalogueEntry]:
        return list(self._catalogue)

    async def installed(self, ctx: SecurityContext) -> list[InstalledModel]:
        return list(self._installed.values())

    async def get(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        if model_id not in self._installed:
            raise ModelNotFound(model_id)
        return self._installed[model_id]

    async def default_model(self, ctx: SecurityContext, purpose: Purpose) -> InstalledModel:
        for model in self._installed.values():
            if model.purpose == purpose:
                return model
        raise ModelNotFound(purpose)

    async def fit(self, ctx: SecurityContext, model_id: str, *, context_length: int | None = None) -> Fit:
        entry = next(one for one in CATALOGUE if one.id == model_id)
        weights = entry.size_bytes
        return Fit(_LEVELS[model_id], weights, weights // 8, weights // 20, int(9.4 * GIB), context_length or 8_192)

    async def inspect_file(self, ctx: SecurityContext, path: Path) -> InstalledModel:
        raise InvalidModelFile(f"{path.name} is not a GGUF file: it begins with other bytes.")

    async def import_file(
        self, ctx: SecurityContext, path: Path, *, mode: Literal["copy", "link"] = "copy", name: str | None = None
    ) -> InstalledModel:
        return await self.inspect_file(ctx, path)

    async def pull(self, ctx: SecurityContext, entry_or_address: str) -> UUID:
        entry = next(one for one in CATALOGUE if one.id == entry_or_address)
        job = await self._jobs.enqueue(ctx, "model-download", f"Download {entry.name}", {"catalogue_id": entry.id})
        return job.id

    async def benchmark(self, ctx: SecurityContext, model_id: str) -> UUID:
        model = await self.get(ctx, model_id)
        return (await self._jobs.enqueue(ctx, "model-benchmark", f"Measure {model.name}", {"model_id": model.id})).id

    async def optimise(self, ctx: SecurityContext, model_id: str, quantization: str = "Q8_0") -> UUID:
        model = await self.get(ctx, model_id)
        return (await self._jobs.enqueue(ctx, "model-optimise", f"Optimise {model.name}", {"model_id": model.id})).id

    async def load(
        self, ctx: SecurityContext, model_id: str, *, context_length: int | None = None, keep_warm: bool = False
    ) -> LoadedModel:
        model = self._change(await self.get(ctx, model_id), LoadState.LOADED, "loaded")
        return LoadedModel(model.id, "llama.cpp", context_length or 8_192, model.size_bytes, datetime.now(UTC), 4711)

    def chat_in_use(self) -> bool:
        return False

    async def chat_idle(self) -> None:
        """It always is."""

    async def unload(self, ctx: SecurityContext, model_id: str) -> None:
        self._change(await self.get(ctx, model_id), LoadState.ON_DISK, "unloaded")

    async def loaded(self, ctx: SecurityContext) -> list[LoadedModel]:
        return [
            LoadedModel(one.id, "llama.cpp", 8_192, one.size_bytes, one.added_at, 4711)
            for one in self._installed.values()
            if one.state == LoadState.LOADED
        ]

    async def trash(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        model = await self.get(ctx, model_id)
        del self._installed[model_id]
        self._trashed[model_id] = replace(model, state=LoadState.ON_DISK, deleted_at=datetime.now(UTC))
        self._feed.publish(ModelChanged(model_id, "removed"))
        return model

    async def restore(self, ctx: SecurityContext, model_id: str) -> InstalledModel:
        model = self._installed[model_id] = replace(self._trashed.pop(model_id), deleted_at=None)
        self._feed.publish(ModelChanged(model_id, "added"))
        return model

    async def trashed(self, ctx: SecurityContext) -> list[InstalledModel]:
        return list(self._trashed.values())

    async def remove(self, ctx: SecurityContext, model_id: str) -> None:
        if self._trashed.pop(model_id, None) is None:
            await self.get(ctx, model_id)
            del self._installed[model_id]
        self._feed.publish(ModelChanged(model_id, "removed"))

    def lease(self, ctx: SecurityContext, model_id: str) -> AbstractAsyncContextManager[EngineSession]:
        raise ModelNotFound(model_id)

    def watch(self, ctx: SecurityContext) -> AsyncIterator[ModelChanged]:
        return self._feed.watch()

    def _change(self, model: InstalledModel, state: LoadState, change: Literal["loaded", "unloaded"]) -> InstalledModel:
        self._installed[model.id] = replace(model, state=state)
        self._feed.publish(ModelChanged(model.id, change))
        return self._installed[model.id]
