"""The holder's control socket: runs a forwarded command line, or brings the window to the front.

Wire: JSON lines. Request ``{"argv": [...], "stdin": str | null, "cwd": str}`` or ``{"activate": true, "file":
str}`` (a file that the window is to offer, or ""); answers
``{"out": str}``, ``{"err": str}`` and at the end ``{"exit": int}``. A line ``{"interrupt": true}`` from the client is
its Ctrl+C.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from loguru import logger

from hyperspot_desktop.instance import control_address

_MAX_LINE = 32 * 1024 * 1024


class CommandIO(Protocol):
    """Where a command's output goes and where its Ctrl+C comes from."""

    interrupted: asyncio.Event

    def out(self, text: str) -> None: ...
    def err(self, text: str) -> None: ...
    async def flush(self) -> None:
        """Wait until the reader has taken what was written (back-pressure)."""


RunCommand = Callable[[list[str], CommandIO, str | None, Path], Awaitable[int]]


class SocketIO:
    """A forwarded command's output, sent to the process that was started in the shell."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.interrupted = asyncio.Event()

    def out(self, text: str) -> None:
        self.send({"out": text})

    def err(self, text: str) -> None:
        self.send({"err": text})

    async def flush(self) -> None:
        with contextlib.suppress(ConnectionError):
            await self._writer.drain()

    def send(self, message: dict[str, Any]) -> None:
        self._writer.write(json.dumps(message).encode() + b"\n")


class ControlServer:
    """Listens while its process holds the home."""

    def __init__(self, home: Path, run_command: RunCommand, activate: Callable[[str], None] | None = None) -> None:
        self._address = control_address(home)
        self._run_command = run_command
        self._activate = activate
        self._server: asyncio.AbstractServer | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._commands: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen; a socket file left behind by a killed holder is replaced (the home lock says it is ours)."""
        if sys.platform == "win32":
            self._server = await _serve_pipe(self._address, self._connected)
            return
        self._server = await asyncio.start_unix_server(
            self._connected, sock=await asyncio.to_thread(_private_socket, Path(self._address)), limit=_MAX_LINE
        )

    async def drain(self, interrupted: asyncio.Event) -> None:
        """Stop listening for new commands and let those that run finish; ``interrupted`` ends the wait."""
        if self._server is not None:
            self._server.close()
        if self._commands:
            waiting = asyncio.create_task(interrupted.wait(), name="control: drain")
            everything = asyncio.create_task(_all_ended(self._commands), name="control: commands that still run")
            await asyncio.wait({waiting, everything}, return_when=asyncio.FIRST_COMPLETED)
            everything.cancel()
            waiting.cancel()

    async def stop(self) -> None:
        """Stop listening and end the commands that still run."""
        if self._server is not None:
            self._server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        if sys.platform != "win32":
            Path(self._address).unlink(missing_ok=True)  # noqa: ASYNC240 - one local unlink, microseconds

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ValueError) as err:
            logger.debug("control connection ended: {}", type(err).__name__)
        finally:
            self._connections.discard(task)
            self._commands.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = _read_request(await reader.readline())
        io = SocketIO(writer)
        if request.get("activate"):
            if self._activate is not None:
                self._activate(str(request.get("file") or ""))
            io.send({"exit": 0 if self._activate is not None else 1})
        else:
            task = asyncio.current_task()
            assert task is not None
            self._commands.add(task)
            listener = asyncio.create_task(_listen(reader, io), name="control: listen for Ctrl+C")
            try:
                code = await self._run_command(request["argv"], io, request["stdin"], Path(request["cwd"]))
            finally:
                listener.cancel()
            io.send({"exit": code})
        await io.flush()


def _private_socket(path: Path) -> socket.socket:
    """A bound socket that only this user can reach, from its first moment on."""
    # The folder keeps others out, not the umask: that one belongs to the whole process, and other threads make files.
    path.parent.chmod(0o700)
    path.unlink(missing_ok=True)
    bound = socket.socket(socket.AF_UNIX)
    try:
        bound.bind(str(path))
        path.chmod(0o600)
    except BaseException:
        bound.close()
        raise
    return bound


async def _all_ended(tasks: set[asyncio.Task[None]]) -> None:
    await asyncio.wait(set(tasks))


def _read_request(line: bytes) -> dict[str, Any]:
    """
    Raises:
        ValueError: it is not one of the two requests.
    """
    request = json.loads(line)
    if not isinstance(request, dict):
        raise ValueError("not an object")
    if request.get("activate"):
        return request
    argv, stdin, cwd = request.get("argv"), request.get("stdin"), request.get("cwd")
    if not isinstance(argv, list) or not all(isinstance(word, str) for word in argv):
        raise ValueError("argv is not a list of words")
    if not isinstance(cwd, str) or not isinstance(stdin, str | None):
        raise ValueError("cwd or stdin is not text")
    return {"argv": argv, "stdin": stdin, "cwd": cwd}


async def _listen(reader: asyncio.StreamReader, io: SocketIO) -> None:
    """A Ctrl+C line, or the end of the client, interrupts the command."""
    await reader.readline()
    io.interrupted.set()


async def connect(home: Path) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Reach the holder of ``home``; OSError when nobody listens."""
    address = control_address(home)
    if sys.platform == "win32":
        return await _connect_pipe(address)
    return await asyncio.open_unix_connection(address, limit=_MAX_LINE)


async def activate(home: Path, file: str = "", patience_s: float = 5.0) -> bool:
    """Ask the holder to show its window, and a file in it unless that is "".

    False when it has no window, OSError (TimeoutError) when it does not answer.
    """
    reader, writer = await connect(home)
    try:
        writer.write(json.dumps({"activate": True, "file": file}).encode() + b"\n")
        async with asyncio.timeout(patience_s):
            answer = json.loads(await reader.readline() or b"{}")
    finally:
        writer.close()
    return bool(answer.get("exit") == 0)


if sys.platform == "win32":

    async def _serve_pipe(address: str, connected: Any) -> Any:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, asyncio.ProactorEventLoop)

        def protocol() -> asyncio.StreamReaderProtocol:
            return asyncio.StreamReaderProtocol(asyncio.StreamReader(limit=_MAX_LINE), connected)

        [server] = await loop.start_serving_pipe(protocol, address)
        return server

    async def _connect_pipe(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, asyncio.ProactorEventLoop)
        reader = asyncio.StreamReader(limit=_MAX_LINE)
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.create_pipe_connection(lambda: protocol, address)
        return reader, asyncio.StreamWriter(transport, protocol, reader, loop)
