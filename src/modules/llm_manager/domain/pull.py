"""The job that downloads a model and installs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from loguru import logger

from modkit.security import SecurityContext
from modules.jobs_manager.contract import Job, JobHandler, JobProgress, JobRun
from modules.llm_manager.contract.errors import DownloadFailed, ModelNotFound
from modules.llm_manager.contract.models import CatalogueEntry, ModelSource
from modules.llm_manager.domain.catalogue import Catalogue, Plugins
from modules.llm_manager.domain.import_model import Importer
from modules.llm_manager.domain.places import Places, target_of
from modules.llm_manager.domain.ports import DownloadProgress, Fetched, ModelFiles


class PullHandler(JobHandler):
    """Runs ``model-download``. Which bytes are there is remembered beside the file, not in the job."""

    def __init__(
        self, importer: Importer, files: ModelFiles, places: Places, catalogue: Catalogue, plugins: Plugins
    ) -> None:
        self._importer = importer
        self._files = files
        self._places = places
        self._catalogue = catalogue
        self._plugins = plugins

    async def run(self, run: JobRun) -> Mapping[str, Any]:
        params = run.job.params
        target = target_of(params)
        fetched = await self._fetched_before(run, target)
        if fetched is None:
            fetched = await self._fetch(_sources(params), target, lambda progress: _report(run, progress))
            await run.checkpoint({"sha256": fetched.sha256, "created": fetched.created})
        model = await self._importer.register(run.ctx, fetched, entry=await self._entry(params))
        return {"model_id": model.id, "path": str(model.path), "size_bytes": model.size_bytes, "sha256": model.sha256}

    async def discard(self, job: Job) -> None:
        # Jobs carry no user, and this program has one.
        if await self._places.needed_by_another(SecurityContext.local_user(), job):
            return
        target = target_of(job.params)
        for source in _sources(job.params):
            if plugin := self._plugins().get(source.kind):
                await plugin.discard(source, target)

    async def _fetched_before(self, run: JobRun, target: Path) -> Fetched | None:
        """The file that an interrupted run of this job had brought to its end, when it is still that file."""
        known = run.checkpoint_state
        size_bytes = await self._files.size(target) if known else None
        if size_bytes is None or await self._files.hash(target) != known["sha256"]:
            return None
        return Fetched(target, size_bytes, known["sha256"], created=known["created"])

    async def _fetch(
        self, sources: list[ModelSource], target: Path, report: Callable[[DownloadProgress], None]
    ) -> Fetched:
        """From the first source that works; the error of the first one is what the user sees."""
        first: DownloadFailed | None = None
        for source in sources:
            plugin = self._plugins().get(source.kind)
            if plugin is None:
                continue
            try:
                return await plugin.fetch(source, target, report)
            except DownloadFailed as err:
                logger.bind(source=source.kind).info("A source of a model failed: {}", err.sentence)
                first = first or err
        raise first or DownloadFailed("No source that this model is published at can be used here.")

    async def _entry(self, params: Mapping[str, Any]) -> CatalogueEntry | None:
        entry_id = params.get("catalogue_id")
        if not entry_id:
            return None
        try:
            return await self._catalogue.entry(str(entry_id))
        except ModelNotFound:
            # An update took it out of the catalogue while the download was paused: the file is good all the same.
            return None


def _sources(params: Mapping[str, Any]) -> list[ModelSource]:
    return [ModelSource(**source) for source in params.get("sources", [])]


def _report(run: JobRun, progress: DownloadProgress) -> None:
    run.report(
        JobProgress(
            done=progress.done_bytes,
            total=progress.total_bytes,
            unit="bytes",
            per_second=progress.bytes_per_s,
            seconds_left=progress.seconds_left,
            note=progress.note,
        )
    )
