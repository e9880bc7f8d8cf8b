"""From an address to a verified file under its final name."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary

import httpx

from modules.llm_manager.contract.errors import DownloadFailed, FileInTheWay, HashMismatch, InvalidModelFile
from modules.llm_manager.domain.ports import DownloadProgress, Fetched, ProgressSink
from modules.llm_manager.infra.blocking import on_thread
from modules.llm_manager.infra.download.partfile import PartFile
from modules.llm_manager.infra.download.policy import AddressPolicy
from modules.llm_manager.infra.download.remote import RemoteFile, TemporaryFailure, look_up
from modules.llm_manager.infra.download.state import (
    PartialState,
    Piece,
    discard_partial,
    finished_sha256,
    load_state,
    new_state,
    save_state,
)
from modules.llm_manager.infra.download.transfer import AddressExpired, FileChanged, Patience, Transfer, trying_again
from modules.llm_manager.infra.durable import disk_full, is_disk_full, part_path, publish
from modules.llm_manager.infra.files import LocalModelFiles, require_space

_UNKNOWN_END = 2**62
_MAX_RESTARTS = 3
_MAX_RENEWALS = 50

Check = Callable[[Path], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class DownloadOptions:
    """Sizes in bytes, times in seconds; see the module's configuration for their meaning."""

    range_bytes: int = 16 * 1024 * 1024
    stall_timeout_s: float = 30.0
    retries: int = 6
    retry_delay_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch, where to put it, and what it must be. ``check`` looks at the file before it gets its name."""

    address: str
    target: Path
    sha256: str = ""
    connections: int = 4
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Downloader:
    """Fetches files. One object serves any number of downloads; two of the same target run one after the other."""

    options: DownloadOptions = field(default_factory=DownloadOptions)
    policy: AddressPolicy = field(default_factory=AddressPolicy)
    _turns: WeakValueDictionary[Path, asyncio.Lock] = field(
        default_factory=WeakValueDictionary, init=False, repr=False, compare=False
    )

    async def fetch(self, order: Order, report: ProgressSink) -> Fetched:
        """Bring the file to ``order.target``; interrupted at any moment, the same call goes on from there.

        Raises:
            NotEnoughDisk: now or after some of it came; what came is kept.
            DownloadFailed: the server, the address or the network; what came is kept.
            HashMismatch, InvalidModelFile: the file came and is not what it should be; it is removed.
            FileInTheWay: at the target lies a file that cannot be shown to be this one.
        """
        async with self._turns.setdefault(order.target, asyncio.Lock()):
            return await self._fetch_alone(order, report)

    async def _fetch_alone(self, order: Order, report: ProgressSink) -> Fetched:
        if (there := await self._already_there(order)) is not None:
            return there
        async with self._client(order.connections) as client:
            try:
                return await self._fetch(client, order, report)
            except OSError as err:
                if is_disk_full(err):
                    raise disk_full(order.target.parent) from err
                raise DownloadFailed(
                    f"{order.target.name} cannot be written: {err.strerror or err}.",
                    action="Check the models folder and its permissions, then resume the download.",
                ) from err

    async def _fetch(self, client: httpx.AsyncClient, order: Order, report: ProgressSink) -> Fetched:
        restarts = renewals = 0
        while restarts <= _MAX_RESTARTS and renewals <= _MAX_RENEWALS:
            remote = await self._look_up(client, order, report)
            try:
                return await self._transfer(client, remote, order, report)
            except FileChanged:
                restarts += 1
                await on_thread(discard_partial, order.target)
            except AddressExpired:
                renewals += 1
        raise DownloadFailed(f"The file at {httpx.URL(order.address).host} keeps changing while it is downloaded.")

    async def _look_up(self, client: httpx.AsyncClient, order: Order, report: ProgressSink) -> RemoteFile:
        patience, failures = self._patience(), 0
        while True:
            try:
                return await look_up(client, order.address, self.policy)
            except (httpx.TransportError, TemporaryFailure) as err:
                failures += 1
                host = httpx.URL(order.address).host
                if failures > patience.retries:
                    raise DownloadFailed(f"{host} cannot be reached: {str(err) or type(err).__name__}.") from err
                kept = await on_thread(load_state, order.target)
                report(
                    DownloadProgress(
                        kept.done_bytes if kept else 0, kept.size_bytes if kept else None, note=trying_again(host)
                    )
                )
                await asyncio.sleep(patience.wait_s(failures, getattr(err, "wait_s", 0.0)))

    async def _transfer(
        self, client: httpx.AsyncClient, remote: RemoteFile, order: Order, report: ProgressSink
    ) -> Fetched:
        state = await self._state(remote, order)
        part = await PartFile.open(order.target, state)
        try:
            transfer = Transfer(client, remote, part, self._patience(), report)
            await transfer.run(order.target.parent, order.connections if remote.ranges else 1)
            report(DownloadProgress(state.size_bytes, state.size_bytes, note="checking"))
            digest = await part.digest()
        finally:
            if remote.ranges:
                # On a full disk the sidecar cannot be written either; the last one that could is still true.
                with contextlib.suppress(OSError):
                    await part.save()
            await part.close()
        return await self._finish(order, remote, state, digest)

    async def _state(self, remote: RemoteFile, order: Order) -> PartialState:
        """What is there already of this very file, else a fresh beginning; there is room for the rest.

        Raises:
            NotEnoughDisk
        """
        folder = order.target.parent
        size_bytes = remote.size_bytes or 0
        if remote.ranges:
            state = await on_thread(load_state, order.target)
            if state is not None and state.same_file(size_bytes, remote.validator):
                await asyncio.to_thread(require_space, folder, size_bytes - state.done_bytes)
                return state
        # Before anything is made for it: a server may claim any size.
        await asyncio.to_thread(require_space, folder, size_bytes)
        await on_thread(discard_partial, order.target)
        if remote.ranges:
            return new_state(order.address, size_bytes, remote.validator, self.options.range_bytes)
        end = _UNKNOWN_END if remote.size_bytes is None else size_bytes
        return PartialState(order.address, size_bytes, remote.validator, [Piece(0, end)])

    async def _finish(self, order: Order, remote: RemoteFile, state: PartialState, digest: str) -> Fetched:
        expected = (order.sha256 or remote.sha256).lower()
        part = part_path(order.target)
        if expected and digest != expected:
            await on_thread(discard_partial, order.target)
            raise HashMismatch(f"{order.target.name} was damaged or exchanged on its way here.")
        if order.check is not None:
            try:
                await order.check(part)
            except InvalidModelFile:
                await on_thread(discard_partial, order.target)
                raise
        state.sha256 = digest
        # Without it, only a kill in the next moment would cost anything: somebody would have to look at the file.
        with contextlib.suppress(OSError):
            await on_thread(save_state, order.target, state)
        await on_thread(publish, part, order.target)
        await on_thread(discard_partial, order.target)
        return Fetched(order.target, state.size_bytes, digest)

    async def _already_there(self, order: Order) -> Fetched | None:
        """A run that was killed between the final rename and the report of success leaves a finished file.

        Only its content tells it from a file of somebody else's: the expected hash, or the one in the sidecar.
        """
        files = LocalModelFiles()
        size_bytes = await files.size(order.target)
        if size_bytes is None:
            return None
        digest = await files.hash(order.target)
        own = await on_thread(finished_sha256, order.target)
        if digest != (order.sha256.lower() or own):
            raise FileInTheWay(order.target)
        if order.check is not None:
            await order.check(order.target)
        # Whoever made the file: what is left of a download of it is of no use any more.
        await on_thread(discard_partial, order.target)
        return Fetched(order.target, size_bytes, digest, created=digest == own)

    def _client(self, connections: int) -> httpx.AsyncClient:
        stall = self.options.stall_timeout_s
        return httpx.AsyncClient(
            follow_redirects=False,  # each redirect is checked by the policy first
            timeout=httpx.Timeout(stall, pool=None),
            limits=httpx.Limits(max_connections=connections + 1),
            headers={"User-Agent": "HyperSpot-Desktop"},
        )

    def _patience(self) -> Patience:
        return Patience(self.options.retries, self.options.retry_delay_s)
