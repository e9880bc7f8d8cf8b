"""Supervises one child: starts it when needed, brings it back with back-off, lets it go when idle or worn out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from types import TracebackType
from typing import Any, Self

from loguru import logger

from modkit.children.backoff import Backoff
from modkit.children.errors import ChildError, ChildStopped
from modkit.children.handshake import read_report
from modkit.children.pending import ProgressListener
from modkit.children.session import ChildSession
from modkit.children.spec import ChildSpec, SandboxReport

DeathListener = Callable[[ChildError], None]


class ChildProcess:
    """A child as its owner sees it, across restarts. Belongs to the event loop it is first used on.

    Calls start it when it does not run (unless the restart mode is ``never``), waiting out the back-off.
    A restart loses everything the child held: compare ``generation`` to know whether to load again.
    ``on_death`` hears of every end nobody asked for, also between calls.
    """

    def __init__(self, spec: ChildSpec, *, on_death: DeathListener | None = None) -> None:
        self.spec = spec
        self.generation = 0
        """How many processes this has been so far; 0 before the first."""
        self.restarts = 0
        """How many of them replaced one that died."""
        self._on_death = on_death
        self._session: ChildSession | None = None
        self._starting = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._backoff = Backoff(spec.restart)
        self._opening: asyncio.Task[ChildSession] | None = None
        self._guard: asyncio.Task[None] | None = None
        self._retired: set[asyncio.Task[None]] = set()
        self._idle_timer: asyncio.TimerHandle | None = None
        self._calls_in_session = 0
        self._running_calls = 0

    @property
    def alive(self) -> bool:
        """A process runs and is ready."""
        return self._session is not None and self._session.alive

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        return self._session.pid if self._session is not None and self._session.alive else None

    @property
    def report(self) -> SandboxReport | None:
        """What the self-check at start said; None while nothing runs."""
        return self._session.report if self._session is not None else None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start it unless it runs; also after ``stop``.

        Raises:
            ChildStartFailed: it cannot be started, or ended before it was ready.
        """
        self._stopping.clear()
        await self._running()
        self._rest()

    async def stop(self) -> None:
        """End it: close its stdin, wait, terminate, kill. Calls in flight get ChildStopped, later ones too."""
        self._stopping.set()
        self._stop_idle_timer()
        if self._opening is not None:
            self._opening.cancel()
        async with self._starting:
            session, self._session = self._session, None
            if session is not None:
                await session.stop()
        # Not under the lock: in mode "always" the guard may be waiting for it, to learn that all is over.
        if self._guard is not None:
            await self._guard
        if self._retired:
            await asyncio.wait(self._retired)

    async def call(
        self,
        method: str,
        params: dict[str, Any] | None = None,
        *,
        timeout_s: float | None = None,
        silence_timeout_s: float | None = None,
        on_progress: ProgressListener | None = None,
    ) -> Any:
        """The result of the child's handler, as plain data. Time-outs not given are those of the spec.

        ``on_progress`` is called on the event loop with whatever the handler reports.

        Raises:
            RemoteError: the handler raised.
            ChildDied, ChildTimeout, ChildProtocolError, ChildStopped, ChildStartFailed: the process.
            ChildFrameTooLarge: the parameters are too large to send.
        """
        session = await self._enter()
        try:
            return await session.call(
                method,
                params or {},
                timeout_s=self.spec.call_timeout_s if timeout_s is None else timeout_s,
                silence_timeout_s=self.spec.silence_timeout_s if silence_timeout_s is None else silence_timeout_s,
                on_progress=on_progress,
            )
        finally:
            self._exit(session)

    async def stream(
        self,
        method: str,
        params: dict[str, Any] | None = None,
        *,
        timeout_s: float | None = None,
        silence_timeout_s: float | None = None,
        on_progress: ProgressListener | None = None,
    ) -> AsyncGenerator[Any, None]:
        """What the child's generator yields, in order; it never runs further ahead than the window.

        Closing the iterator (``aclosing``), or being cancelled, cancels it in the child. When the process dies,
        everything it sent before is handed out first. ``timeout_s`` limits the whole stream and has no default.
        Raises as ``call`` does.
        """
        session = await self._enter()
        items = session.stream(
            method,
            params or {},
            timeout_s=timeout_s,
            silence_timeout_s=self.spec.silence_timeout_s if silence_timeout_s is None else silence_timeout_s,
            on_progress=on_progress,
        )
        try:
            async with aclosing(items):
                async for item in items:
                    yield item
        finally:
            self._exit(session)

    async def sandbox_report(self) -> SandboxReport:
        """Let the child try the forbidden acts again, now, from one of its worker threads."""
        return read_report(await self.call("__sandbox__", timeout_s=10.0))

    # -- one session after another

    async def _enter(self) -> ChildSession:
        session = await self._running()
        self._stop_idle_timer()
        self._running_calls += 1
        self._calls_in_session += 1
        return session

    def _exit(self, session: ChildSession) -> None:
        self._running_calls -= 1
        if session is self._session:
            self._rest()

    def _rest(self) -> None:
        """If nothing is to be done: recycle a worn process, and start counting the idle time."""
        self._stop_idle_timer()
        if self._running_calls:
            return
        if self.spec.max_calls is not None and self._calls_in_session >= self.spec.max_calls:
            self._retire()
        elif self.spec.idle_timeout_s is not None:
            self._idle_timer = asyncio.get_running_loop().call_later(self.spec.idle_timeout_s, self._retire)

    async def _running(self) -> ChildSession:
        if self._session is not None and self._session.alive:
            return self._session
        async with self._starting:
            if self._session is None or not self._session.alive:
                await self._replace()
            assert self._session is not None
            return self._session

    async def _replace(self) -> None:
        died = self._session
        if died is not None and self.spec.restart.mode == "never" and self.generation:
            self._session = None  # the next start() is an explicit one
            raise died.reason
        await self._wait_for_turn()
        if self._stopping.is_set():
            raise ChildStopped(f"The {self.spec.kind} process was stopped")
        session = await self._open()
        self._backoff.note_start()
        self.generation += 1
        self.restarts += died is not None
        self._calls_in_session = 0
        self._session = session
        self._guard = asyncio.create_task(self._wait_for_death(session), name=f"{self.spec.kind} guard")
        self._tell_level(session)

    async def _open(self) -> ChildSession:
        # A task of its own, so that stop() need not wait until a child that hangs at start has used up its time.
        self._opening = asyncio.create_task(ChildSession.open(self.spec), name=f"{self.spec.kind} start")
        try:
            return await self._opening
        except ChildError:
            self._backoff.note_death()
            raise
        except asyncio.CancelledError:
            this_task = asyncio.current_task()
            if this_task is not None and this_task.cancelling():
                raise
            raise ChildStopped(f"The {self.spec.kind} process was stopped") from None
        finally:
            self._opening = None

    async def _wait_for_turn(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._backoff.delay_s()):
                await self._stopping.wait()

    async def _wait_for_death(self, session: ChildSession) -> None:
        await session.ended.wait()
        if session is not self._session or isinstance(session.reason, ChildStopped):
            return
        self._backoff.note_death()
        logger.bind(child=self.spec.kind).warning("{}", session.reason.sentence)
        self._tell_death(session.reason)
        if self.spec.restart.mode == "always":
            await self._come_back()

    def _tell_death(self, reason: ChildError) -> None:
        if self._on_death is None:
            return
        try:
            self._on_death(reason)
        except Exception:  # a listener's bug must not keep the child from coming back
            logger.exception("A listener for the death of a child failed")

    async def _come_back(self) -> None:
        while not self.alive and not self._stopping.is_set():
            try:
                await self._running()
            except ChildStopped:
                return
            except ChildError as error:
                logger.bind(child=self.spec.kind).warning("{}", error.sentence)

    def _retire(self) -> None:
        """Let the process go without counting it as a death; the next call starts another."""
        session, self._session = self._session, None
        if session is not None:
            task = asyncio.get_running_loop().create_task(session.stop(), name=f"{self.spec.kind} retirement")
            self._retired.add(task)
            task.add_done_callback(self._retired.discard)

    def _stop_idle_timer(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None

    def _tell_level(self, session: ChildSession) -> None:
        report = session.report
        if report is not None and report.level != "full" and self.spec.sandbox.enabled:
            acts = "; ".join(check.detail for check in report.failed)
            logger.bind(child=self.spec.kind).warning("The sandbox is {}: {}", report.level, acts)
