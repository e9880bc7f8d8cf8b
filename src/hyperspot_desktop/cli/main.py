"""``hyperspot``: parse, then run here with our own host, or forward to the process that holds the home."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyperspot_desktop.cli.output import Output
from hyperspot_desktop.cli.parser import ParserExit, parse
from hyperspot_desktop.cli.session import INTERRUPTED, exit_code
from hyperspot_desktop.control import ControlServer, connect
from hyperspot_desktop.instance import HomeHeld, HomeLock, HomeNotWritable
from hyperspot_desktop.profile import resolve_home
from hyperspot_desktop.read_only_home import ReadOnlyProfile
from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    from modkit.keys import KeyStore

_HOLDER_PATIENCE_S = 5.0
"""How long to wait for a holder that is just starting, or just ending."""


class TerminalIO:
    """This process's own stdout, stderr and Ctrl+C."""

    def __init__(self) -> None:
        self.interrupted = asyncio.Event()
        self._pipe_closed = False

    def out(self, text: str) -> None:
        self._write(sys.stdout, text)

    def err(self, text: str) -> None:
        self._write(sys.stderr, text)

    def _write(self, stream: object, text: str) -> None:
        if self._pipe_closed:
            return
        try:
            stream.write(text)  # type: ignore[attr-defined]  # sys.stdout or sys.stderr, both TextIO
            stream.flush()  # type: ignore[attr-defined]  # as above
        except BrokenPipeError:
            # The reader (head, less) went away: stop as for Ctrl+C.
            self._pipe_closed = True
            self.interrupted.set()
            _drop_output()
        except OSError as err:
            if stream is not sys.stdout:
                raise
            _drop_output()
            raise (OutputDiskFull if err.errno == errno.ENOSPC else OutputFailed)(err) from err

    async def flush(self) -> None:
        """Written text is out already; only let others run."""
        await asyncio.sleep(0)


class OutputFailed(HyperSpotError):
    """What was to be printed could not be written; the disk behind a redirection may be full."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"The output cannot be written: {error.strerror}.", action="Look at where it is redirected to."
        )


class OutputDiskFull(OutputFailed):
    kind = ErrorKind.NO_SPACE


def _drop_output() -> None:
    """Keep Python's exit from trying to write the rest and complaining again."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """What the console script runs."""
    for stream in (sys.stdout, sys.stderr):
        # Model text can hold what a terminal's encoding cannot: show a mark instead of dying in mid-answer.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # TextIOWrapper in every console
    sys.exit(run(sys.argv[1:]))


def run(argv: list[str]) -> int:
    """The exit code of one command line."""
    try:
        args = parse(argv)
    except ParserExit as stop:
        (sys.stdout if stop.code == 0 else sys.stderr).write(stop.text)
        return stop.code
    try:
        if hasattr(args, "run_alone"):
            return asyncio.run(_with_interrupt(lambda io: _alone(args, io)))
        return asyncio.run(_with_interrupt(lambda io: _run(argv, args, io)))
    except KeyboardInterrupt:
        return INTERRUPTED


async def _with_interrupt(work: Callable[[TerminalIO], Coroutine[Any, Any, int]]) -> int:
    """Ctrl+C once asks the command to stop; twice cancels it. SIGTERM cancels at once."""
    io = TerminalIO()
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work(io))

    def interrupted() -> None:
        if io.interrupted.is_set():
            task.cancel()
        io.interrupted.set()

    # signal.signal, not add_signal_handler: Windows has only this one.
    signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(interrupted))
    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(task.cancel))
    try:
        return await task
    except asyncio.CancelledError:
        return INTERRUPTED
    except HyperSpotError as err:
        Output(io, as_json="--json" in sys.argv).error(err)
        return exit_code(err)
    finally:
        # The loop is about to close, and a handler that calls it would end in a traceback.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)


async def _alone(args: argparse.Namespace, io: TerminalIO) -> int:
    code: int = await args.run_alone(args, io)
    return code


async def _run(argv: list[str], args: argparse.Namespace, io: TerminalIO) -> int:
    stdin = await _piped_text() if getattr(args, "reads_stdin", _never)(args) else None
    home = resolve_home(args.home)
    deadline = asyncio.get_running_loop().time() + _HOLDER_PATIENCE_S
    while True:
        lock = HomeLock(home, "command")
        try:
            lock.acquire()
        except HomeHeld:
            code = await _forward(home, argv, stdin, io)
            if code is not None:
                return code
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.05)
            continue
        except HomeNotWritable as cause:
            return await _run_read_only(ReadOnlyProfile(home, "command"), cause, args, io, stdin)
        try:
            return await _run_here(home, args, io, stdin)
        finally:
            lock.release()


async def _run_read_only(
    read_only: ReadOnlyProfile, cause: HomeNotWritable, args: argparse.Namespace, io: TerminalIO, stdin: str | None
) -> int:
    """Reading, searching and exporting need no disk that can be written."""
    await asyncio.to_thread(read_only.open, cause)
    try:
        io.err(f"{read_only.reason} Everything can be read, nothing can be changed.\n")
        return await _run_here(read_only.home, args, io, stdin, read_only)
    finally:
        await asyncio.to_thread(read_only.close)


def _never(_: argparse.Namespace) -> bool:
    return False


async def _piped_text() -> str | None:
    """Read on a thread that nobody waits for: an open pipe must not keep a program alive that was told to end."""
    loop = asyncio.get_running_loop()
    text: asyncio.Future[str | None] = loop.create_future()

    def deliver(read: str | None) -> None:
        if not text.done():
            text.set_result(read)

    def read() -> None:
        found = _read_stdin()
        with contextlib.suppress(RuntimeError):  # the loop may be gone
            loop.call_soon_threadsafe(deliver, found)

    threading.Thread(target=read, name="read stdin", daemon=True).start()
    return await text


def _read_stdin() -> str | None:
    """Piped text as UTF-8 with replacement marks; None at a terminal, where nobody expects a silent wait."""
    if sys.stdin is None or sys.stdin.isatty():
        return None
    # Not sys.stdin.buffer.read(): the interpreter cannot end while a thread waits with that object's lock.
    pieces = iter(lambda: os.read(sys.stdin.fileno(), 1 << 16), b"")
    return b"".join(pieces).decode("utf-8", errors="replace").removesuffix("\n")


async def _run_here(
    home: Path, args: argparse.Namespace, io: TerminalIO, stdin: str | None, read_only: ReadOnlyProfile | None = None
) -> int:
    # Imported late: the framework costs half a second that forwarding and --help do not need.
    from hyperspot_desktop.bootstrap import open_host
    from hyperspot_desktop.cli.run import forwarded, run_command
    from hyperspot_desktop.cli.secrets import at_terminal, unlocked
    from modkit.keys import KeyStore
    from modkit.keys.errors import KeysNotCreated

    keys = KeyStore(home)
    reason = "" if read_only is None else read_only.reason
    home = home if read_only is None else read_only.path
    if at_terminal():
        with contextlib.suppress(KeysNotCreated):
            await unlocked(keys)
    async with contextlib.AsyncExitStack() as stack:
        try:
            host = await stack.enter_async_context(
                open_host(home, config_file=args.config, overrides=args.overrides, keys=keys, read_only=reason)
            )
        finally:
            # Also when the start failed after the key was made: the code is stored nowhere.
            _show_fresh_recovery_code(keys, io)
        if read_only is not None:
            await asyncio.to_thread(read_only.show_backups)
        server = ControlServer(home, forwarded(host.client_hub, home))
        await server.start()
        try:
            code = await run_command(host.client_hub, home, args, io, stdin=stdin, cwd=Path.cwd())
            await server.drain(io.interrupted)
        finally:
            await server.stop()
    return code


def _show_fresh_recovery_code(keys: KeyStore, io: TerminalIO) -> None:
    """Said once, when the key is made: it is stored nowhere, and the only way back when the keyring is lost."""
    if keys.fresh_recovery_code is not None:
        io.err(f"Your data is encrypted. Recovery code, shown only now: {keys.fresh_recovery_code}\n")


async def _forward(home: Path, argv: list[str], stdin: str | None, io: TerminalIO) -> int | None:
    """Let the holder run it; None when it does not listen (yet, or any more)."""
    try:
        reader, writer = await connect(home)
    except OSError:
        return None
    request = {"argv": argv, "stdin": stdin, "cwd": str(Path.cwd())}
    writer.write(json.dumps(request).encode() + b"\n")
    interrupter = asyncio.create_task(_send_interrupt(io, writer), name="forward Ctrl+C")
    try:
        async for line in reader:
            if not line.endswith(b"\n"):
                break  # it died while it wrote this
            message = json.loads(line)
            io.out(message.get("out", ""))
            io.err(message.get("err", ""))
            if "exit" in message:
                return int(message["exit"])
    except ConnectionError:
        pass  # it died with something of ours unread
    finally:
        interrupter.cancel()
        writer.close()
    raise HyperSpotError("The program that holds this home ended in the middle.", action="Run the command again.")


async def _send_interrupt(io: TerminalIO, writer: asyncio.StreamWriter) -> None:
    await io.interrupted.wait()
    writer.write(b'{"interrupt": true}\n')


if __name__ == "__main__":
    main()
