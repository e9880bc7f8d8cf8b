"""Opens the user's own profile on the host thread: lock, modules, control socket. Imports its weight only there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hyperspot_desktop.clients import Clients, HostOpener, OpenHost, Recovery
from hyperspot_desktop.instance import HomeHeld, HomeLock, HomeNotWritable
from hyperspot_desktop.read_only_home import ReadOnlyProfile

if TYPE_CHECKING:
    from hyperspot_desktop.crash.care import CrashCare
    from modkit.errors import HyperSpotError

LOCK_PATIENCE_S = 10.0
"""A command that holds the home for a moment is waited for this long."""
WINDOW_PATIENCE_S = 1.0
"""Another window is there to stay; but a name left by one that was killed is read until its successor says its own."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Which profile to open, and what to do when another start asks for the window."""

    home: Path
    config_file: Path | None = None
    overrides: Sequence[str] = field(default_factory=tuple)
    activate: Callable[[str], None] | None = None
    care: CrashCare | None = None
    """Who looks after crashes; None where nobody does."""
    locked: Callable[[], bool] = lambda: False
    """Whether the window is locked: then no command is answered through it. Called on the host's thread."""


def opener(profile: Profile, secret: str = "", recovery: Recovery | None = None) -> HostOpener:
    """How to open ``profile``; ``secret`` is a recovery code or passphrase that unlocks it first, or "".

    ``recovery`` is done to its bad file before.
    """

    async def open_profile() -> OpenHost:
        stack = AsyncExitStack()
        try:
            clients = await _open(profile, secret, recovery, stack)
        except BaseException:
            await stack.aclose()
            raise
        return OpenHost(clients, stack.aclose)

    return open_profile


async def _open(profile: Profile, secret: str, recovery: Recovery | None, stack: AsyncExitStack) -> Clients:
    read_only = await _hold(profile.home, stack)
    import asyncio

    if profile.care is not None and read_only is None:
        # Before the lock is given back: then this run has ended as it should.
        stack.callback(profile.care.end_run)
        await asyncio.to_thread(profile.care.begin_run)

    # The modules and their libraries: half a second of imports that the first frame did not wait for.
    from hyperspot_desktop.bootstrap import open_host
    from hyperspot_desktop.cli.run import forwarded
    from hyperspot_desktop.control import ControlServer
    from hyperspot_desktop.locked import unless_locked
    from hyperspot_desktop.window.first_draft import SealedFirstDraft
    from hyperspot_desktop.window.pdf_printer import QtPdfPrinter
    from modkit.cancellation import cancel_and_wait
    from modkit.db.health import StorageWatch
    from modkit.db.provider import SqlCipherProvider
    from modkit.errors import HyperSpotError
    from modkit.keys import KeyStore
    from modkit.security import SecurityContext
    from modules.backups.contract import BackupsClient
    from modules.chat.contract import ChatClient
    from modules.jobs_manager.contract import JobsClient
    from modules.llm_manager.contract import LlmManagerClient
    from modules.portability.contract import PdfPrinter, PortabilityClient
    from modules.rag.contract import RagClient
    from modules.settings.contract import SettingsClient

    keys = KeyStore(profile.home)
    if secret:
        await keys.unlock(secret)
    if recovery is not None:
        await _recover(profile.home, recovery)
    home = profile.home if read_only is None else read_only.path
    opening = open_host(
        home,
        config_file=profile.config_file,
        overrides=profile.overrides,
        keys=keys,
        read_only="" if read_only is None else read_only.reason,
    )
    try:
        host = await stack.enter_async_context(opening)
    except HyperSpotError as err:
        raise await _with_choices(err, profile.home) from err
    if read_only is not None:
        await _show_backups(read_only)
    hub = host.client_hub
    hub.register(PdfPrinter, QtPdfPrinter())
    run = unless_locked(forwarded(hub, profile.home), profile.locked)
    server = ControlServer(home, run, profile.activate)
    await server.start()
    stack.push_async_callback(server.stop)
    settling = asyncio.create_task(keys.settle(), name="settle the key")
    stack.push_async_callback(cancel_and_wait, settling)
    if profile.care is not None:
        # Only now: opening the profile imports much on this loop, which nobody waits for.
        watched = profile.care.watch_loop(asyncio.get_running_loop())
        stack.callback(profile.care.watchdog.forget, watched)
    return Clients(
        ctx=SecurityContext.local_user(),
        chat=hub.get(ChatClient),
        models=hub.get(LlmManagerClient),
        jobs=hub.get(JobsClient),
        settings=hub.get(SettingsClient),
        rag=hub.get(RagClient),
        portability=hub.get(PortabilityClient),
        backups=hub.get(BackupsClient),
        storage=StorageWatch(lambda: hub.get(SqlCipherProvider).files),
        first_draft=SealedFirstDraft(home, keys),
        keys=keys,
    )


async def _hold(home: Path, stack: AsyncExitStack) -> ReadOnlyProfile | None:
    """Take the home's lock, waiting for a command that is about to finish. A home that cannot be written is read."""
    import asyncio

    lock = HomeLock(home, "window")
    began = asyncio.get_running_loop().time()
    while True:
        try:
            lock.acquire()
        except HomeHeld as held:
            patience_s = WINDOW_PATIENCE_S if held.holder.get("role") == "window" else LOCK_PATIENCE_S
            if asyncio.get_running_loop().time() > began + patience_s:
                raise
            await asyncio.sleep(0.1)
            continue
        except HomeNotWritable as cause:
            copy = ReadOnlyProfile(home, "window")
            await asyncio.to_thread(copy.open, cause)
            stack.push_async_callback(asyncio.to_thread, copy.close)
            return copy
        stack.callback(lock.release)
        return None


async def _show_backups(read_only: ReadOnlyProfile) -> None:
    import asyncio

    await asyncio.to_thread(read_only.show_backups)


async def _recover(home: Path, recovery: Recovery) -> None:
    # Loaded only where there is something to recover.
    from hyperspot_desktop.window.recovery import recover

    await recover(home, recovery)


async def _with_choices(err: HyperSpotError, home: Path) -> HyperSpotError:
    """The error itself, or with what can be done about a bad file."""
    from hyperspot_desktop.window.recovery import path_of, with_choices

    path = path_of(err)
    return err if path is None else await with_choices(err, home, path)
