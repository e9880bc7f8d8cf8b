"""The owner's end of one running child process: handshake, calls, streams, and its death."""

from __future__ import annotations

import asyncio
import itertools
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import suppress
from copy import copy
from typing import Any

from loguru import logger

from modkit.children import death_binding
from modkit.children.errors import (
    ChildDied,
    ChildError,
    ChildProtocolError,
    ChildStartFailed,
    ChildStopped,
    ChildTimeout,
)
from modkit.children.frames import HELLO_LIMIT_BYTES, Frame, FrameDecoder, FrameType, decode, encode
from modkit.children.handshake import hello, read_error, read_report
from modkit.children.launch import Launched, launch
from modkit.children.pending import PendingCall, ProgressListener
from modkit.children.spec import ChildSpec, SandboxReport
from modkit.children.stderr_log import ChildLog

_READ_BYTES = 256 * 1024
_BURIAL_S = 5.0


class ChildSession:
    """One process from start to death; a new process is a new session. Belongs to the loop that opened it."""

    def __init__(self, spec: ChildSpec, launched: Launched) -> None:
        self._spec = spec
        self._launched = launched
        self._pending: dict[int, PendingCall] = {}
        self._leaving: dict[int, asyncio.TimerHandle] = {}
        self._request_ids = itertools.count(1)
        self._ready: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._reason: ChildError | None = None
        self._log = ChildLog(spec.kind, launched.process.pid)
        self._quiet_ticks = 0
        self._watcher: asyncio.Task[None] | None = None
        self._binding = death_binding.bind_from_owner(launched.process.pid)
        self.ended = asyncio.Event()
        self.report: SandboxReport | None = None
        self._follower = asyncio.create_task(self._log.follow(launched.stderr), name=f"{spec.kind} stderr")
        self._reader = asyncio.create_task(self._live(), name=f"{spec.kind} reader")

    @classmethod
    async def open(cls, spec: ChildSpec) -> ChildSession:
        """Start a process and wait until it is locked in and ready.

        Raises:
            ChildStartFailed: it could not start, or ended, or said no; ``__cause__`` may hold its own words.
        """
        session = cls(spec, await launch(spec))
        try:
            await session._shake_hands()
        except BaseException:
            await session.kill(ChildStopped(f"The {spec.kind} process was not ready"))
            raise
        return session

    @property
    def pid(self) -> int:
        return self._launched.process.pid

    @property
    def alive(self) -> bool:
        """False from the moment its end is known or decided."""
        return self._reason is None

    @property
    def reason(self) -> ChildError:
        """Why it ended; only meaningful once it did."""
        return self._reason or ChildDied(f"The {self._spec.kind} process ended")

    @property
    def busy(self) -> bool:
        """Calls are in flight, cancelled ones included."""
        return bool(self._pending or self._leaving)

    async def call(
        self,
        method: str,
        params: dict[str, Any],
        *,
        timeout_s: float | None,
        silence_timeout_s: float | None,
        on_progress: ProgressListener | None,
    ) -> Any:
        """The handler's result. Leaving early cancels it in the child."""
        pending = self._register(method, timeout_s, silence_timeout_s, on_progress)
        try:
            await self._ask(pending, {"method": method, "params": params, "stream": False})
            return self._result_of(await self._next(pending), FrameType.RESULT)
        finally:
            self._leave(pending)

    async def stream(
        self,
        method: str,
        params: dict[str, Any],
        *,
        timeout_s: float | None,
        silence_timeout_s: float | None,
        on_progress: ProgressListener | None,
    ) -> AsyncGenerator[Any, None]:
        """What the handler yields. Closing the generator early cancels it in the child."""
        pending = self._register(method, timeout_s, silence_timeout_s, on_progress)
        try:
            await self._ask(pending, {"method": method, "params": params, "stream": True})
            while (frame := await self._next(pending)).type is FrameType.ITEM:
                if (credit := pending.credit_due()) and not pending.finished:
                    self._post(FrameType.CREDIT, pending.request_id, credit)
                yield self._open_payload(frame)
            self._result_of(frame, FrameType.END)
        finally:
            self._leave(pending)

    async def stop(self) -> None:
        """End it: close its stdin, wait, terminate, kill. Returns when the process is gone."""
        self._end(ChildStopped(f"The {self._spec.kind} process was stopped"))
        process = self._launched.process
        for force in (None, process.terminate, process.kill):
            if force is not None:
                with suppress(ProcessLookupError):
                    force()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._spec.stop_grace_s):
                    await self.ended.wait()
                return
        logger.error("The {} process {} cannot be ended; the system holds it", self._spec.kind, process.pid)

    async def kill(self, reason: ChildError) -> None:
        """End it at once, for this reason; returns when it is gone."""
        self._kill(reason)
        with suppress(TimeoutError):
            async with asyncio.timeout(_BURIAL_S):
                await self.ended.wait()

    # -- frames out

    async def _ask(self, pending: PendingCall, request: dict[str, Any]) -> None:
        try:
            packed = encode(FrameType.CALL, pending.request_id, request, self._spec.max_frame_bytes)
        except BaseException:
            # The child never hears of it: waiting for it to give up the call would end in killing it.
            pending.finished = True
            raise
        self._launched.writer.write(packed)
        with suppress(ConnectionError):  # its death is told by the reader, with the exit code
            await self._launched.writer.drain()

    def _post(self, type_: FrameType, request_id: int, value: Any = None) -> None:
        """Send a small frame without waiting."""
        if self.alive:
            self._launched.writer.write(encode(type_, request_id, value, self._spec.max_frame_bytes))

    async def _shake_hands(self) -> None:
        self._launched.writer.write(encode(FrameType.HELLO, 0, hello(self._spec), HELLO_LIMIT_BYTES))
        try:
            async with asyncio.timeout(self._spec.start_timeout_s):
                frame = await self._ready
        except TimeoutError as error:
            raise ChildStartFailed(
                f"The {self._spec.kind} process was not ready after {self._spec.start_timeout_s:g} s"
            ) from error
        except ChildDied as error:
            raise ChildStartFailed(error.sentence) from error
        if frame.type is FrameType.ERROR:
            cause = read_error(decode(frame.payload))
            raise ChildStartFailed(f"The {self._spec.kind} process did not start: {cause.sentence}") from cause
        self.report = read_report(decode(frame.payload))

    # -- frames in

    async def _live(self) -> None:
        try:
            await self._read_to_end()
        except ChildProtocolError as error:
            self._kill(error)
        except BaseException:
            self._kill(ChildStopped(f"The {self._spec.kind} process lost its owner"))
            raise
        finally:
            await self._bury()

    async def _read_to_end(self) -> None:
        decoder = FrameDecoder(self._spec.max_frame_bytes)
        while data := await self._launched.reader.read(_READ_BYTES):
            self._quiet_ticks = 0
            for frame in decoder.feed(data):
                self._dispatch(frame)

    def _dispatch(self, frame: Frame) -> None:
        pending = self._pending.get(frame.request_id)
        if pending is not None and FrameType.RESULT <= frame.type <= FrameType.PROGRESS:
            pending.deliver(frame)
        elif frame.request_id in self._leaving:
            self._see_off(frame)
        elif frame.type is FrameType.LOG:
            self._log.take_log_frame(decode(frame.payload))
        elif frame.type is FrameType.READY or (frame.type is FrameType.ERROR and frame.request_id == 0):
            self._take_ready(frame)
        elif frame.type is not FrameType.PONG:
            raise ChildProtocolError(f"The {self._spec.kind} process sent something nobody asked for")

    def _take_ready(self, frame: Frame) -> None:
        if self._ready.done():
            raise ChildProtocolError(f"The {self._spec.kind} process introduced itself twice")
        self._ready.set_result(frame)

    def _see_off(self, frame: Frame) -> None:
        if frame.type in (FrameType.RESULT, FrameType.END, FrameType.ERROR):
            self._leaving.pop(frame.request_id).cancel()

    # -- calls

    def _register(
        self, method: str, timeout_s: float | None, silence_s: float | None, on_progress: ProgressListener | None
    ) -> PendingCall:
        if self._reason is not None:
            raise copy(self._reason)
        pending = PendingCall(
            next(self._request_ids),
            f"{self._spec.kind}.{method}",
            window_bytes=self._spec.stream_window_bytes,
            timeout_s=timeout_s,
            silence_timeout_s=silence_s,
            on_progress=on_progress,
        )
        self._pending[pending.request_id] = pending
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch(), name=f"{self._spec.kind} pings")
        return pending

    async def _next(self, pending: PendingCall) -> Frame:
        try:
            return await pending.next_frame()
        except ChildTimeout as error:
            if error.silent:
                self._kill(error)
            raise

    def _result_of(self, frame: Frame, expected: FrameType) -> Any:
        value = self._open_payload(frame)
        if frame.type is FrameType.ERROR:
            raise read_error(value)
        if frame.type is not expected:
            self._kill(ChildProtocolError(f"The {self._spec.kind} process answered in the wrong way"))
            raise self.reason
        return value

    def _open_payload(self, frame: Frame) -> Any:
        try:
            return decode(frame.payload)
        except ChildProtocolError as error:
            self._kill(error)
            raise

    def _leave(self, pending: PendingCall) -> None:
        del self._pending[pending.request_id]
        if pending.finished or not self.alive:
            return
        self._post(FrameType.CANCEL, pending.request_id)
        overdue = ChildTimeout(f"The {self._spec.kind} process went on after it was told to stop", silent=True)
        timer = asyncio.get_running_loop().call_later(self._spec.cancel_grace_s, self._kill, overdue)
        self._leaving[pending.request_id] = timer

    async def _watch(self) -> None:
        """Ping while calls are in flight. Ticks are counted, not time: if we sleep, the child is not to blame."""
        tick_s = min(1.0, self._spec.unresponsive_after_s / 5)
        self._quiet_ticks = 0
        while self.busy and self.alive:
            await asyncio.sleep(tick_s)
            self._quiet_ticks += 1
            if self._quiet_ticks * tick_s > self._spec.unresponsive_after_s:
                sentence = f"The {self._spec.kind} process did not react for {self._spec.unresponsive_after_s:g} s"
                self._kill(ChildTimeout(sentence, silent=True))
            elif self._quiet_ticks > 1:
                self._post(FrameType.PING, 0)

    # -- the end

    def _end(self, reason: ChildError) -> None:
        """Decide its end, once; closing stdin is what tells it."""
        if self._reason is None:
            self._reason = reason
        self._launched.writer.close()

    def _kill(self, reason: ChildError) -> None:
        self._end(reason)
        with suppress(ProcessLookupError):
            self._launched.process.kill()

    async def _bury(self) -> None:
        process = self._launched.process
        try:
            async with asyncio.timeout(_BURIAL_S):
                await process.wait()
        except TimeoutError:  # it closed its stdout and lives on
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        await self._hear_last_words()
        self._end(
            ChildDied(
                _death(self._spec.kind, process.returncode), exit_code=process.returncode, stderr_tail=self._log.tail
            )
        )
        self._tell_everyone()
        death_binding.release(self._binding)
        self.ended.set()

    async def _hear_last_words(self) -> None:
        # Bounded: where the sandbox is weak, a process it left behind may hold stderr open.
        await asyncio.wait({self._follower}, timeout=1.0)
        self._follower.cancel()

    def _tell_everyone(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
        for timer in self._leaving.values():
            timer.cancel()
        self._leaving.clear()
        for pending in self._pending.values():
            pending.fail(copy(self.reason))
        if not self._ready.done():
            self._ready.set_exception(self.reason)
            self._ready.exception()  # whoever waits sees it; if nobody does, that is no news


def _death(kind: str, exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"The {kind} process ended unexpectedly (exit code {exit_code})"
    if exit_code == -9 and sys.platform != "win32":
        return f"The {kind} process was killed, perhaps because memory ran out"
    with suppress(ValueError):
        return f"The {kind} process crashed ({signal.Signals(-exit_code).name})"
    return f"The {kind} process crashed (signal {-exit_code})"
