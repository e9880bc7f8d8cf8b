"""The one crossing between the window's thread and the host's: calls go over, results and streams come back.

The host thread runs its own asyncio loop with all modules; the GUI thread runs Qt alone. Qt's queued signals are
the way back, so the window needs no asyncio loop of its own (qasync would put a second loop into the thread that
must never wait). Whatever arrives between two frames is handed over together, so a fast stream costs one update
per frame.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from hyperspot_desktop.clients import Clients, HostOpener

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
FRAME_S = 0.016
LAST_CALLS_S = 3.0
"""How long the end of the program waits for calls that still run."""
_PLAIN = frozenset({"kind", "sentence", "action", "code"})
HostState = Literal["idle", "starting", "ready", "failed", "closed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as data: what happened, what to do about it, and its stable code."""

    sentence: str
    action: str
    code: str
    details: Mapping[str, str] = field(default_factory=dict)
    """What the error knows beyond that, by name."""

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        to_dict = getattr(error, "to_dict", None)
        if callable(to_dict):
            data = to_dict()
            details = {name: str(value) for name, value in data.items() if name not in _PLAIN}
            return cls(data["sentence"], data["action"], data["code"], details)
        return cls(
            f"Something went wrong inside the program ({type(error).__name__}).",
            "Try again. If it happens again, the log tells more.",
            "internal",
        )


class Call(Generic[T]):
    """A piece of work that runs on the host. Cancelling it here cancels the coroutine there."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._task: asyncio.Task[None] | None = None
        self.cancelled = False
        self.muted = False
        self.endless = False
        self.done: Callable[[T], None] | None = None
        self.failed: Callable[[Failure], None] | None = None
        self.items: Callable[[list[T]], None] | None = None
        self.ended: Callable[[], None] | None = None
        self.buffer: list[T] = []
        self.outcome: tuple[Literal["done", "failed", "ended"], Any] | None = None

    def cancel(self) -> None:
        """Stop the work; none of its callbacks runs any more."""
        if not self.cancelled:
            self.cancelled = True
            self._bridge.over(self)
            self._bridge.on_host(self._cancel_on_host)

    def mute(self) -> None:
        """Let the work go on; nobody hears of it any more."""
        self.muted = True
        self._bridge.over(self)
        self.done = self.failed = self.items = self.ended = None

    def run_on_host(self, work: Callable[[], Awaitable[None]]) -> None:
        import asyncio

        if not self.cancelled:
            self._task = asyncio.ensure_future(work())
            self._bridge.own(self._task, endless=self.endless)

    def _cancel_on_host(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def deliver(self) -> None:
        """On the GUI thread: everything that arrived since the last frame, in order."""
        if self.cancelled or self.muted:
            return
        # The outcome first: items that arrive between the two lines are then not behind their own end.
        outcome, self.outcome = self.outcome, None
        batch, self.buffer = self.buffer, []
        if batch and self.items is not None:
            self.items(batch)
        if outcome is None:
            return
        self._bridge.over(self)
        what, value = outcome
        if what == "done" and self.done is not None:
            self.done(value)
        elif what == "failed" and self.failed is not None:
            self.failed(value)
        elif what == "ended" and self.ended is not None:
            self.ended()


class Bridge(QObject):
    """Starts the host on its thread, runs calls on it, and brings results back to the thread it was made on.

    View-models are its children: they live exactly as long as it does.
    """

    stateChanged = Signal()  # noqa: N815 - Qt's convention for signals
    _woken = Signal()

    def __init__(self, opener: HostOpener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._state: HostState = "idle"
        self._failure: Failure | None = None
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[Callable[[], None]] = []
        self._arrived: deque[Call[Any] | Callable[[], None]] = deque()
        self._scheduled = False
        self._last_delivery = 0.0
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event | None = None
        self._closing = False
        self._clients: asyncio.Future[Clients] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._streams: set[asyncio.Task[None]] = set()
        self._open_calls: set[Call[Any]] = set()
        self.unexpected: Callable[[BaseException], None] | None = None
        """Told on the host's thread of errors that no module foresaw."""
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.timeout.connect(self._deliver)
        self._woken.connect(self._schedule)

    @property
    def state(self) -> HostState:
        return self._state

    @property
    def failure(self) -> Failure | None:
        """Why the host did not start, while ``state`` is "failed"."""
        return self._failure

    def start(self) -> None:
        """Open the host on its thread. Calls made before are kept and run once it is open."""
        if self._thread is None:
            self._closing = False
            self._set_state("starting", None)
            self._thread = threading.Thread(target=self._run_host, name="host")
            self._thread.start()

    def restart(self, opener: HostOpener) -> None:
        """Try again with another way to open, after a failed start. Calls that failed before stay failed."""
        self.close()
        self._opener, self._thread = opener, None
        self._arrived.clear()
        self._open_calls.clear()
        self.start()

    def close(self, timeout_s: float = 30.0) -> bool:
        """Cancel what runs, stop the host, and end the thread; False when it did not end in time."""
        thread = self._thread
        if thread is None:
            return True
        with self._lock:
            # The thread may not have come as far as making its loop; then it reads this.
            self._closing = True
            loop, stop = self._loop, self._stop
        if loop is not None and stop is not None:
            loop.call_soon_threadsafe(stop.set)
        thread.join(timeout_s)
        self._set_state("closed", None)
        return not thread.is_alive()

    def dispose(self) -> bool:
        """Close, and delete this and the view-models it owns here and now.

        Python's collector runs on any thread, and a QObject must not die on another thread than its own.
        """
        ended = self.close()
        shiboken6.delete(self)
        return ended

    def call(
        self,
        work: Callable[[Clients], Awaitable[T]],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> Call[T]:
        """Run a coroutine on the host; exactly one of ``done`` and ``failed`` follows, unless cancelled."""
        call: Call[T] = Call(self)
        call.done, call.failed = done, failed
        self._open_calls.add(call)

        async def run() -> None:
            try:
                result = await work(await self._ready())
            except Exception as error:
                self._report(call, error)
                return
            call.outcome = ("done", result)
            self._post(call)

        self.on_host(lambda: call.run_on_host(run))
        return call

    def stream(
        self,
        work: Callable[[Clients], AsyncIterator[T]],
        items: Callable[[list[T]], None],
        ended: Callable[[], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
    ) -> Call[T]:
        """Follow an async iterator; ``items`` gets what arrived since the last frame, then ``ended`` or ``failed``."""
        call: Call[T] = Call(self)
        call.items, call.ended, call.failed = items, ended, failed
        call.endless = True
        self._open_calls.add(call)

        async def run() -> None:
            try:
                async with aclosing(work(await self._ready())) as source:  # type: ignore[type-var]  # generators
                    async for item in source:
                        call.buffer.append(item)
                        self._post(call)
            except Exception as error:
                self._report(call, error)
                return
            call.outcome = ("ended", None)
            self._post(call)

        self.on_host(lambda: call.run_on_host(run))
        return call

    @property
    def busy(self) -> bool:
        """A call (not a stream) has been made whose result has not been delivered."""
        return any(not call.endless for call in self._open_calls)

    def forget_calls(self) -> None:
        """Nobody listens any more: streams are cancelled, and verbs end unheard."""
        for call in list(self._open_calls):
            if call.endless:
                call.cancel()
            else:
                call.mute()

    def over(self, call: Call[Any]) -> None:
        """Nothing more comes of this call."""
        self._open_calls.discard(call)

    def on_host(self, action: Callable[[], None]) -> None:
        """Run a plain function on the host's loop as soon as there is one; dropped once the host is closed."""
        with self._lock:
            loop = self._loop
            if loop is None:
                if self._state != "closed":
                    self._waiting.append(action)
                return
            loop.call_soon_threadsafe(action)

    def post(self, action: Callable[[], None]) -> None:
        """From any thread: run a function on the GUI thread, with the next delivery."""
        self._post(action)

    def own(self, task: asyncio.Task[None], *, endless: bool) -> None:
        """Keep a task until it ends (the loop itself holds only weak references)."""
        tasks = self._streams if endless else self._tasks
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    # The host's thread.

    def _run_host(self) -> None:
        import asyncio

        asyncio.run(self._serve())

    async def _serve(self) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        self._clients = loop.create_future()
        stop = asyncio.Event()
        with self._lock:
            self._loop, self._stop = loop, stop
            waiting, self._waiting = self._waiting, []
            if self._closing:
                stop.set()
        for action in waiting:
            loop.call_soon(action)
        close: Callable[[], Awaitable[None]] | None = None
        try:
            opened = await self._open_or_stop(stop)
            if opened is not None:
                close = opened.close
                self._clients.set_result(opened.clients)
                self._post(lambda: self._set_state("ready", None))
                await stop.wait()
        except Exception as error:
            failure = Failure.of(error)
            self._log(error)
            self._clients.set_exception(error)
            self._clients.exception()  # seen: a start without callers is no unhandled error
            self._post(lambda: self._set_state("failed", failure))
            await stop.wait()
        finally:
            with self._lock:
                self._loop, self._stop = None, None
            await self._end_calls()
            if close is not None:
                await close()

    async def _end_calls(self) -> None:
        """Streams end at once; verbs (the last draft, a rename) get a moment to reach the disk."""
        import asyncio

        streams = list(self._streams)
        for task in streams:
            task.cancel()
        if self._tasks and self._clients is not None and self._clients.done():
            await asyncio.wait(self._tasks, timeout=LAST_CALLS_S)
        verbs = list(self._tasks)
        for task in verbs:
            task.cancel()
        await asyncio.gather(*streams, *verbs, return_exceptions=True)

    async def _open_or_stop(self, stop: asyncio.Event) -> Any:
        """The opened host, or None when the window closed first."""
        import asyncio

        opening = asyncio.ensure_future(self._opener())
        stopping = asyncio.ensure_future(stop.wait())
        await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if opening.done():
            return opening.result()
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        return None

    async def _ready(self) -> Clients:
        import asyncio

        assert self._clients is not None
        return await asyncio.shield(self._clients)

    def _report(self, call: Call[Any], error: Exception) -> None:
        self._log(error)
        call.outcome = ("failed", Failure.of(error))
        self._post(call)

    def _log(self, error: Exception) -> None:
        from loguru import logger

        if hasattr(error, "to_dict"):
            logger.bind(code=error.to_dict()["code"]).debug("a call of the window was refused")
        else:
            logger.opt(exception=error).error("a call of the window failed")
            if self.unexpected is not None:
                self.unexpected(error)

    def _post(self, arrival: Call[Any] | Callable[[], None]) -> None:
        with self._lock:
            if arrival not in self._arrived:
                self._arrived.append(arrival)
            if self._scheduled:
                return
            self._scheduled = True
        self._woken.emit()

    # The window's thread.

    def _schedule(self) -> None:
        wait_s = self._last_delivery + FRAME_S - time.monotonic()
        if wait_s <= 0:
            self._deliver()
        else:
            self._frame.start(int(wait_s * 1000) + 1)

    def _deliver(self) -> None:
        with self._lock:
            arrived = list(self._arrived)
            self._arrived.clear()
            self._scheduled = False
        self._last_delivery = time.monotonic()
        for arrival in arrived:
            if isinstance(arrival, Call):
                arrival.deliver()
            else:
                arrival()

    def _set_state(self, state: HostState, failure: Failure | None) -> None:
        self._state, self._failure = state, failure
        self.stateChanged.emit()
