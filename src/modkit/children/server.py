"""The child's loop: takes calls from the pipe, runs handlers, sends back what they give."""

from __future__ import annotations

import inspect
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

from modkit.children.context import CallContext, Handler, Handlers
from modkit.children.errors import ChildFrameTooLarge, ChildStartFailed
from modkit.children.failures import as_data, call_cancelled, unknown_method, wrong_shape
from modkit.children.frames import FRAME_OVERHEAD_BYTES, PROTOCOL_VERSION, Frame, FrameType, decode, encode
from modkit.children.handshake import Hello, report_data
from modkit.children.inbox import Inbox
from modkit.children.outbox import Outbox
from modkit.children.sandbox.selfcheck import self_check
from modkit.children.workers import Finish, WorkerPool

if TYPE_CHECKING:
    import asyncio

_CONCURRENT_CALLS = 32


class ChildServer:
    """Everything of one child process, made by ``entry.main`` before the code of its kind is imported."""

    def __init__(self, hello: Hello, mechanisms: tuple[str, ...], inbox: Inbox, outbox: Outbox) -> None:
        self._hello = hello
        self._mechanisms = mechanisms
        self._inbox = inbox
        self._outbox = outbox
        self._handlers: dict[str, Handler] = {}
        self._calls: dict[int, CallContext] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._workers = WorkerPool(_CONCURRENT_CALLS)
        self._loop: asyncio.AbstractEventLoop | None = None

    def serve(self, handlers: Handlers) -> NoReturn:
        """Introduce ourselves, then serve until the owner closes the pipe, which ends the process."""
        self._handlers = {**handlers, "__sandbox__": self._check_sandbox}
        self._route_log()
        report = self_check(self._hello.profile, self._mechanisms)
        if self._hello.profile.required and report.level != "full":
            acts = ", ".join(check.detail for check in report.failed)
            self.refuse(ChildStartFailed(f"The sandbox of this computer is not complete: it {acts}"))
        if any(map(_is_async, handlers.values())):
            self._make_event_loop()
        self._inbox.deliver_to(self._take)
        self._send(FrameType.READY, 0, {"version": PROTOCOL_VERSION, **report_data(report)})
        if self._loop is not None:
            self._loop.run_forever()
        while True:
            threading.Event().wait()

    def refuse(self, error: BaseException) -> NoReturn:
        """Tell the owner why this process cannot serve, and end."""
        self._send(FrameType.ERROR, 0, as_data(error, self._hello.kind))
        self._outbox.flush()
        os._exit(1)

    # -- frames in, on the reader's thread: nothing here may block

    def _take(self, frame: Frame) -> None:
        call = self._calls.get(frame.request_id)
        if frame.type is FrameType.CALL:
            self._start(frame)
        elif frame.type is FrameType.PING:
            self._send(FrameType.PONG, 0, None)
        elif frame.type is FrameType.CANCEL and call is not None:
            self._cancel(frame.request_id, call)
        elif frame.type is FrameType.CREDIT and call is not None:
            call.grant(decode(frame.payload))

    def _start(self, frame: Frame) -> None:
        request_id = frame.request_id
        call = CallContext(lambda value: self._send(FrameType.PROGRESS, request_id, value), self._hello.window_bytes)
        self._calls[request_id] = call
        self._workers.submit(lambda: self._run(frame, call))

    def _cancel(self, request_id: int, call: CallContext) -> None:
        call.cancel()
        task = self._tasks.get(request_id)
        if task is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(task.cancel)

    # -- calls, on worker threads

    def _run(self, frame: Frame, call: CallContext) -> Finish:
        try:
            request = decode(frame.payload, surrogates="surrogatepass")
            handler = self._handlers.get(request["method"])
            if handler is None:
                raise unknown_method(self._hello.kind, request["method"])
            outcome = handler(request["params"], call)
            if inspect.iscoroutine(outcome) or isinstance(outcome, AsyncIterator):
                return self._run_async(frame.request_id, call, outcome, stream=request["stream"])
            if isinstance(outcome, Iterator) != request["stream"]:
                raise wrong_shape(self._hello.kind, f"gives no such answer to {request['method']!r}")
            if isinstance(outcome, Iterator):
                self._pump(frame.request_id, call, outcome)
                return self._finish(frame.request_id, FrameType.END, None)
            return self._finish(frame.request_id, FrameType.RESULT, outcome)
        except Exception as error:  # the border to code that may raise anything
            return self._finish_with_error(frame.request_id, error)

    def _pump(self, request_id: int, call: CallContext, items: Iterator[Any]) -> None:
        try:
            for item in items:
                packed = self._pack(FrameType.ITEM, request_id, item)
                if not call.take(_cost(packed)):
                    return
                self._outbox.send(packed)
        finally:
            if inspect.isgenerator(items):
                items.close()

    def _run_async(self, request_id: int, call: CallContext, outcome: Any, *, stream: bool) -> Finish:
        work: Coroutine[Any, Any, None]
        if isinstance(outcome, AsyncIterator) != stream:
            if inspect.iscoroutine(outcome):
                outcome.close()
            raise wrong_shape(self._hello.kind, "gives no such answer")
        work = self._pump_async(request_id, call, outcome) if stream else self._await(request_id, outcome)
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._start_task, request_id, call, work)
        return _nothing

    def _start_task(self, request_id: int, call: CallContext, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        task = self._loop.create_task(self._guard(request_id, work))
        self._tasks[request_id] = task
        if call.cancelled:
            task.cancel()

    async def _guard(self, request_id: int, work: Coroutine[Any, Any, None]) -> None:
        import asyncio

        try:
            await work
        except asyncio.CancelledError:
            self._finish_with_error(request_id, call_cancelled(self._hello.kind))()
            raise
        except Exception as error:  # the border to code that may raise anything
            self._finish_with_error(request_id, error)()
        finally:
            self._tasks.pop(request_id, None)

    async def _await(self, request_id: int, outcome: Any) -> None:
        self._finish(request_id, FrameType.RESULT, await outcome)()

    async def _pump_async(self, request_id: int, call: CallContext, items: Any) -> None:
        import asyncio

        async for item in items:
            packed = self._pack(FrameType.ITEM, request_id, item)
            if call.must_wait():
                await asyncio.to_thread(call.take, 0)
            call.take(_cost(packed))
            self._outbox.send(packed)
        self._finish(request_id, FrameType.END, None)()

    # -- frames out

    def _finish(self, request_id: int, type_: FrameType, value: Any) -> Finish:
        try:
            packed = self._pack(type_, request_id, value)
        except Exception as error:  # what a handler returns may be anything
            return self._finish_with_error(request_id, error)
        return self._announce(request_id, packed)

    def _finish_with_error(self, request_id: int, error: BaseException) -> Finish:
        return self._announce(request_id, self._pack(FrameType.ERROR, request_id, as_data(error, self._hello.kind)))

    def _announce(self, request_id: int, packed: bytes) -> Finish:
        def finish() -> None:
            self._calls.pop(request_id, None)
            self._outbox.send(packed, urgent=True)  # somebody waits for this

        return finish

    def _pack(self, type_: FrameType, request_id: int, value: Any) -> bytes:
        return encode(type_, request_id, value, self._hello.max_frame_bytes)

    def _send(self, type_: FrameType, request_id: int, value: Any) -> None:
        self._outbox.send(self._pack(type_, request_id, value))

    # -- the rest

    def _make_event_loop(self) -> None:
        import asyncio  # costs more than everything else here, so only for kinds that use it

        self._loop = asyncio.new_event_loop()

    def _check_sandbox(self, params: dict[str, Any], call: CallContext) -> dict[str, Any]:
        """Built into every kind: the self-check again, this time from a worker thread."""
        return report_data(self_check(self._hello.profile, self._mechanisms))

    def _route_log(self) -> None:
        """If the child's code uses loguru, let records travel as frames with their level."""
        loguru = sys.modules.get("loguru")
        if loguru is not None:
            loguru.logger.remove()
            loguru.logger.add(self._send_log, level="DEBUG", format="{message}")

    def _send_log(self, message: Any) -> None:
        record = message.record
        with suppress(ChildFrameTooLarge):
            self._send(FrameType.LOG, 0, {"level": record["level"].name.lower(), "text": record["message"][:2000]})


def serve(handlers: Handlers) -> NoReturn:
    """Serve these handlers to the owner of this process; what the ``main`` of every child kind ends with.

    Raises:
        RuntimeError: this process is not a child.
    """
    if _this_process is None:
        raise RuntimeError("serve() works only in a process that was started as a child")
    _this_process.serve(handlers)


def become(server: ChildServer) -> None:
    """Make this process that child; done once, by ``entry.main``."""
    global _this_process
    _this_process = server


_this_process: ChildServer | None = None


def _is_async(handler: Callable[..., Any]) -> bool:
    return inspect.iscoroutinefunction(handler) or inspect.isasyncgenfunction(handler)


def _cost(packed: bytes) -> int:
    """As the owner counts it; the nine bytes of the header do not matter."""
    return len(packed) - 9 + FRAME_OVERHEAD_BYTES


def _nothing() -> None:
    """An async call announces its own end."""
