"""Model files on this computer's disks: headers, copies, hashes, removal."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from modules.llm_manager.contract.errors import FileInTheWay, InvalidModelFile, NotEnoughDisk
from modules.llm_manager.domain.ports import DownloadProgress, Fetched, GgufHeader, ProgressSink
from modules.llm_manager.infra.blocking import on_thread
from modules.llm_manager.infra.durable import disk_full, is_disk_full, part_path, publish, sync_folder
from modules.llm_manager.infra.model_header import read_header

_BLOCK_BYTES = 4 * 1024 * 1024
SPARE_BYTES = 64 * 1024 * 1024
"""Kept free besides the file itself: the database must be able to go on writing."""


class LocalModelFiles:
    """Implements ModelFiles."""

    async def header(self, path: Path) -> GgufHeader:
        return await asyncio.to_thread(read_header, path)

    async def require_space(self, folder: Path, size_bytes: int) -> None:
        await asyncio.to_thread(require_space, folder, size_bytes)

    async def free(self, path: Path) -> bool:
        return await asyncio.to_thread(_free, path)

    async def same(self, path: Path, other: Path) -> bool:
        return await asyncio.to_thread(_same, path, other)

    async def size(self, path: Path) -> int | None:
        return await asyncio.to_thread(_size, path)

    async def copy(self, source: Path, target: Path, on_progress: ProgressSink | None = None) -> Fetched:
        part = target.with_name(f"{target.name}.copying")
        await asyncio.to_thread(require_space, target.parent, await self.size(source) or 0)
        try:
            digest, size_bytes = await _read_through(source, part, on_progress)
            return await self._published(part, Fetched(target, size_bytes, digest))
        except OSError as err:
            raise _explained(err, source, target) from err
        finally:
            await on_thread(part.unlink, missing_ok=True)

    async def adopt(self, file: Fetched, target: Path) -> Fetched:
        if await self.size(file.path) != file.size_bytes:
            raise InvalidModelFile(f"{file.path.name} is not as long as it was when it was prepared.")
        if await self.same(file.path, target):
            return replace(file, path=target, created=False)
        await asyncio.to_thread(require_space, target.parent, 0)
        if await on_thread(_linked, file.path, target):
            return Fetched(target, file.size_bytes, file.sha256)
        return await self.copy(file.path, target)

    async def _published(self, part: Path, wanted: Fetched) -> Fetched:
        try:
            await on_thread(publish, part, wanted.path)
        except FileInTheWay:
            # The very same content is what a run that was killed right after publishing left, or as good as that.
            if await self.size(wanted.path) != wanted.size_bytes or await self.hash(wanted.path) != wanted.sha256:
                raise
            return replace(wanted, created=False)
        return wanted

    async def publish(self, part: Path, target: Path) -> None:
        await on_thread(publish, part, target)

    async def hash(self, path: Path, on_progress: ProgressSink | None = None) -> str:
        digest, _ = await _read_through(path, None, on_progress)
        return digest

    async def remove(self, path: Path) -> None:
        await asyncio.to_thread(path.unlink, missing_ok=True)


def require_space(folder: Path, needed_bytes: int) -> None:
    """Make the folder and check its disk.

    Raises:
        NotEnoughDisk: the file would not fit, or the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as err:
        raise NotEnoughDisk(
            f"The models folder {folder} cannot be used: {err.strerror or err}.",
            action="Choose another models folder in the settings, or change the folder's permissions.",
        ) from err
    if needed_bytes + SPARE_BYTES > free:
        raise NotEnoughDisk(
            f"The model needs {_megabytes(needed_bytes)} and the disk that holds {folder} has {_megabytes(free)} free."
        )


async def _read_through(source: Path, copy_to: Path | None, on_progress: ProgressSink | None) -> tuple[str, int]:
    """Hash a file, and copy it on the way; in blocks, so that cancelling takes effect soon."""
    digest, done = hashlib.sha256(), 0
    reader = await on_thread(source.open, "rb")
    writer = await on_thread(copy_to.open, "wb") if copy_to is not None else None
    try:
        total = await on_thread(_size, source)
        while block := await on_thread(reader.read, _BLOCK_BYTES):
            await on_thread(_take, block, digest.update, writer.write if writer is not None else None)
            done += len(block)
            if on_progress is not None:
                on_progress(DownloadProgress(done, total))
    finally:
        reader.close()
        if writer is not None:
            await on_thread(writer.close)
    return digest.hexdigest(), done


def _take(block: bytes, *sinks: Callable[[bytes], object] | None) -> None:
    for sink in sinks:
        if sink is not None:
            sink(block)


def _linked(source: Path, target: Path) -> bool:
    """A second name for the file; False where that is not possible (another disk, a file system without, taken)."""
    try:
        target.hardlink_to(source)
    except OSError:
        return False
    sync_folder(target.parent)
    return True


def _free(path: Path) -> bool:
    return not any(os.path.lexists(name) for name in (path, part_path(path)))


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _explained(err: OSError, source: Path, target: Path) -> Exception:
    if is_disk_full(err):
        return disk_full(target.parent)
    return InvalidModelFile(f"{source.name} could not be copied: {err.strerror or err}.", action="Check the disk.")


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.0f} MB"
