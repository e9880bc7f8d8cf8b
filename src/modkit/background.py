"""The background task of one module: its states, its readiness, and an end with real grace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Any

from loguru import logger

from modkit.cancellation import CancellationToken, OperationCancelled
from modkit.errors import ErrorKind, HyperSpotError

Serve = Callable[..., Coroutine[Any, Any, object]]

# How long an aborted task may clean up before we stop waiting for it; shutdown must end.
ABORT_GRACE_S = 2.0


class TaskState(StrEnum):
    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"


class StopResult(StrEnum):
    """How a task ended: by itself, after our cancel, or aborted when its time was up."""

    FINISHED = "finished"
    CANCELLED = "cancelled"
    TIMEOUT = "timeout"


class AlreadyStarted(HyperSpotError):
    kind = ErrorKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("already started")


class EndedBeforeReady(HyperSpotError):
    def __init__(self) -> None:
        super().__init__("the task ended before it was ready")


class BackgroundTask:
    """Runs ``serve(cancel)``, or ``serve(cancel, ready)`` with ``await_ready``, as one owned task.

    ``serve`` must return promptly when ``cancel`` fires; ``ready`` is a function to call once. If it raises,
    the error is logged and the state becomes stopped: the process goes on.
    """

    def __init__(self, name: str, serve: Serve, *, await_ready: bool = False) -> None:
        self._name = name
        self._serve = serve
        self._await_ready = await_ready
        self._state = TaskState.STOPPED
        self._token = CancellationToken()
        self._task: asyncio.Task[None] | None = None
        self._error: BaseException | None = None
        self._ended_by_itself = False

    @property
    def state(self) -> TaskState:
        return self._state

    async def start(self, parent: CancellationToken) -> None:
        """Start the task; with ``await_ready`` return only when it is ready or ``parent`` has fired.

        Raises:
            AlreadyStarted: it is not stopped.
            EndedBeforeReady: it returned before it was ready.
            Exception: what the task raised before it was ready.
        """
        if self._state is not TaskState.STOPPED:
            raise AlreadyStarted
        self._token, self._error = parent.child(), None
        ready = asyncio.Event()
        self._state = TaskState.STARTING
        self._task = asyncio.create_task(self._run(self._token, ready), name=f"module {self._name}")
        if not self._await_ready:
            self._become_running(ready)
            return
        await self._wait_ready(self._task, ready)

    async def stop(self, timeout_s: float, hurry: CancellationToken | None = None) -> StopResult:
        """Cancel the token, wait ``timeout_s``, then abort; when ``hurry`` fires the wait shrinks to zero."""
        task = self._task
        if task is None:
            return StopResult.FINISHED
        if not task.done():
            self._state = TaskState.STOPPING
        self._token.cancel()
        ended = await wait_ended(task, timeout_s, hurry or CancellationToken())
        if not ended:
            await abort(task, self._name)
        self._state, self._task = TaskState.STOPPED, None
        if not ended:
            return StopResult.TIMEOUT
        return StopResult.FINISHED if self._ended_by_itself else StopResult.CANCELLED

    async def _run(self, token: CancellationToken, ready: asyncio.Event) -> None:
        try:
            if self._await_ready:
                await self._serve(token, lambda: self._become_running(ready))
            else:
                await self._serve(token)
        except OperationCancelled as err:
            # Leaving through `cancel.run` or `raise_if_cancelled` is how a task may end when it is told to.
            self._error = None if token.cancelled else err
        except Exception as err:
            self._error = err
            # Before it is ready, the failed start reports it.
            if ready.is_set():
                logger.opt(exception=err).error("The background task of module {} failed", self._name)
        finally:
            self._ended_by_itself = not token.cancelled
            self._state = TaskState.STOPPED

    def _become_running(self, ready: asyncio.Event) -> None:
        if self._state is TaskState.STARTING:
            self._state = TaskState.RUNNING
        ready.set()

    async def _wait_ready(self, task: asyncio.Task[None], ready: asyncio.Event) -> None:
        signals = [asyncio.ensure_future(ready.wait()), asyncio.ensure_future(self._token.wait())]
        try:
            await asyncio.wait([task, *signals], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            task.cancel()
            raise
        finally:
            for signal in signals:
                signal.cancel()
        if task.done() and not ready.is_set():
            if self._error is not None:
                raise self._error
            if not self._token.cancelled:
                raise EndedBeforeReady


async def wait_ended(task: asyncio.Future[Any], timeout_s: float, hurry: CancellationToken) -> bool:
    """Wait until ``task`` is done, at most ``timeout_s`` or until ``hurry`` fires; True when it is done."""
    watch = asyncio.ensure_future(hurry.wait())
    try:
        await asyncio.wait({task, watch}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        watch.cancel()
    return task.done()


async def abort(task: asyncio.Future[Any], name: str) -> None:
    """Cancel a task that had its time, and wait briefly for its clean-up."""
    task.cancel()
    await asyncio.wait({task}, timeout=ABORT_GRACE_S)
    if not task.done():
        logger.error("A task of module {} ignores being aborted; going on without it", name)
