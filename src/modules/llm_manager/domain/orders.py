"""Turns long wishes (download, measure, convert) into durable jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from modkit.errors import ErrorKind
from modkit.security import SecurityContext
from modules.jobs_manager.contract import ACTIVE_STATES, JobsClient
from modules.llm_manager.contract.errors import LlmManagerError, ModelAlreadyInstalled
from modules.llm_manager.domain.catalogue import Catalogue
from modules.llm_manager.domain.library import Library
from modules.llm_manager.domain.naming import unique
from modules.llm_manager.domain.places import PULL, Places, target_of

BENCHMARK, OPTIMISE = "model-benchmark", "model-optimise"
QUANTIZATIONS = ("Q8_0", "Q4_0", "Q4_K_M", "Q5_K_M", "Q6_K", "F16")
"""What a model can be re-quantised to."""


class UnknownQuantization(LlmManagerError):
    kind = ErrorKind.INVALID

    def __init__(self, quantization: str) -> None:
        super().__init__(
            f"Models cannot be converted to {quantization!r} here.", action=f"Choose one of {', '.join(QUANTIZATIONS)}."
        )


class AlreadyConverted(LlmManagerError):
    kind = ErrorKind.CONFLICT

    def __init__(self, name: str, quantization: str) -> None:
        super().__init__(f"{name} is stored as {quantization} already.", action="There is nothing to convert.")


class NotConvertible(LlmManagerError):
    kind = ErrorKind.UNSUPPORTED

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was made for this program as small as it gets.", action="Only GGUF models can be converted."
        )


class Orders:
    """Checks what can be checked at once, then enqueues; asking twice gives the job that is there."""

    def __init__(self, jobs: JobsClient, library: Library, catalogue: Catalogue, places: Places) -> None:
        self._jobs = jobs
        self._library = library
        self._catalogue = catalogue
        self._places = places
        self._pulling = asyncio.Lock()

    async def pull(self, ctx: SecurityContext, entry_or_address: str) -> UUID:
        """Start the download, or take up one of the same thing that failed or was cancelled.

        Raises:
            ModelNotFound: neither in the catalogue nor an address.
            ModelAlreadyInstalled
        """
        wanted = await self._catalogue.wanted(entry_or_address)
        installed = await self._library.all(ctx)
        entry_id = wanted.entry.id if wanted.entry else None
        if entry_id and any(model.catalogue_id == entry_id for model in installed):
            raise ModelAlreadyInstalled(f"{wanted.title} is installed already.")
        key = {"sources": [asdict(source) for source in wanted.sources], "catalogue_id": entry_id}
        # One at a time: two that looked at the same moment would both find no job, and make one each.
        async with self._pulling:
            if (job_id := await self._pulled_before(ctx, key)) is not None:
                return job_id
            # Place and name are fixed here, once: a resumed job must find its own partial file again.
            stem = unique(wanted.stem, {model.path.stem for model in installed})
            async with self._places.reserved(ctx, stem, wanted.kind) as target:
                place = {"folder": str(target.parent), "file": target.name}
                job = await self._jobs.enqueue(ctx, PULL, f"Download {wanted.title}", {**key, **place})
        return job.id

    async def benchmark(self, ctx: SecurityContext, model_id: str) -> UUID:
        model = await self._library.present(ctx, model_id)
        params = {"model_id": model.id}
        return (
            await self._same(ctx, BENCHMARK, params)
            or (await self._jobs.enqueue(ctx, BENCHMARK, f"Measure {model.name}", params)).id
        )

    async def optimise(self, ctx: SecurityContext, model_id: str, quantization: str) -> UUID:
        """
        Raises:
            UnknownQuantization, AlreadyConverted, NotConvertible
        """
        if quantization not in QUANTIZATIONS:
            raise UnknownQuantization(quantization)
        model = await self._library.present(ctx, model_id)
        if model.format != "gguf":
            raise NotConvertible(model.name)
        if model.quantization == quantization:
            raise AlreadyConverted(model.name, quantization)
        params = {"model_id": model.id, "quantization": quantization}
        title = f"Convert {model.name} to {quantization}"
        return await self._same(ctx, OPTIMISE, params) or (await self._jobs.enqueue(ctx, OPTIMISE, title, params)).id

    async def _pulled_before(self, ctx: SecurityContext, key: Mapping[str, Any]) -> UUID | None:
        """The job for the same thing that is under way, or that ended without success and is tried again now."""
        same = [job for job in await self._places.pulls(ctx) if key.items() <= job.params.items()]
        if under_way := next((job for job in same if job.state in ACTIVE_STATES), None):
            return under_way.id
        folder = await self._places.folder(ctx)
        for job in same:
            # Begun in another folder, it would go on there; who chose a new one since then wants the new one.
            if target_of(job.params).parent == folder:
                return (await self._jobs.retry(ctx, job.id)).id
        return None

    async def _same(self, ctx: SecurityContext, kind: str, params: Mapping[str, Any]) -> UUID | None:
        """An unfinished job for the same thing."""
        for job in await self._jobs.list(ctx, active_only=True):
            if job.kind == kind and params.items() <= job.params.items():
                return job.id
        return None
