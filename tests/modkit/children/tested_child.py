"""The code of the children that the tests start: well-behaved handlers, hostile ones and broken ones."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from modkit.children import CallContext, serve
from modkit.errors import ErrorKind, HyperSpotError

PR_SET_PDEATHSIG = 1
PIECE = b"x" * 4000


class LeaseNotFound(HyperSpotError):
    """An error of a module, as a handler may raise it."""

    kind = ErrorKind.NOT_FOUND
    action = "Look in another drawer."


class Record:
    """What happened in this process, for other calls to ask about."""

    produced_bytes = 0
    cancelled = 0


def echo(params: dict[str, Any], call: CallContext) -> Any:
    return params


def facts(params: dict[str, Any], call: CallContext) -> dict[str, Any]:
    return {
        "produced_bytes": Record.produced_bytes,
        "cancelled": Record.cancelled,
        "environment": dict(os.environ),
        "arguments": sys.argv,
        "directory": str(Path.cwd()),
        "path": sys.path,
        "modules": sorted(sys.modules),
        "thread": threading.current_thread().name,
    }


def raise_ours(params: dict[str, Any], call: CallContext) -> None:
    raise LeaseNotFound("There is no lease")


def raise_bug(params: dict[str, Any], call: CallContext) -> None:
    raise ValueError(f"cannot read {params['text']!r}")


def return_object(params: dict[str, Any], call: CallContext) -> Any:
    return object()


def return_much(params: dict[str, Any], call: CallContext) -> bytes:
    return bytes(params["size"])


def count(params: dict[str, Any], call: CallContext) -> Iterator[int]:
    yield from range(params["to"])


def paced(params: dict[str, Any], call: CallContext) -> Iterator[int]:
    start = time.monotonic()
    for number in range(params["to"]):
        time.sleep(max(0, start + number / params["per_s"] - time.monotonic()))
        yield number


def count_then_raise(params: dict[str, Any], call: CallContext) -> Iterator[int]:
    yield from range(params["to"])
    raise LeaseNotFound("There is no lease")


def count_then_crash(params: dict[str, Any], call: CallContext) -> Iterator[int]:
    yield from range(params["to"])
    # Frames within a millisecond are gathered; a crash must not be quicker than that in this test.
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)


def flood(params: dict[str, Any], call: CallContext) -> Iterator[bytes]:
    while not call.cancelled:
        Record.produced_bytes += len(PIECE)
        yield PIECE


def wait_for_cancel(params: dict[str, Any], call: CallContext) -> None:
    while not call.cancelled:
        time.sleep(0.005)
    Record.cancelled += 1


def tick_until_cancelled(params: dict[str, Any], call: CallContext) -> Iterator[int]:
    try:
        yield 0
        while not call.cancelled:
            time.sleep(0.005)
        yield 1
    finally:
        Record.cancelled += 1


def ignore_everything(params: dict[str, Any], call: CallContext) -> None:
    time.sleep(3600)


def hold_the_interpreter(params: dict[str, Any], call: CallContext) -> None:
    call.progress("holding")
    time.sleep(0.05)
    ctypes.PyDLL(None).sleep(3600)


def report_progress(params: dict[str, Any], call: CallContext) -> str:
    for step in range(params["steps"]):
        call.progress({"step": step})
        time.sleep(params["pause_s"])
    return "done"


def report_forever(params: dict[str, Any], call: CallContext) -> None:
    while True:
        call.progress("busy")
        time.sleep(0.05)


def crash(params: dict[str, Any], call: CallContext) -> None:
    os.kill(os.getpid(), params["signal"])
    time.sleep(60)  # another thread may take the signal, a little later


def exit_quietly(params: dict[str, Any], call: CallContext) -> None:
    os._exit(params["code"])


def print_a_lot(params: dict[str, Any], call: CallContext) -> str:
    print("a stray print")
    os.write(1, b"a stray write of native code \x00\xff\n")
    os.write(2, b"complaint \x1b[31m of native code\n")
    sys.stdout.flush()
    return "still fine"


def write_garbage_everywhere(params: dict[str, Any], call: CallContext) -> None:
    for descriptor in range(3, 32):
        try:
            os.write(descriptor, bytes(params["garbage"]))
        except OSError:
            continue


def eat_memory(params: dict[str, Any], call: CallContext) -> int:
    return len(bytearray(params["size"]))


def burn(params: dict[str, Any], call: CallContext) -> None:
    while True:
        pass


def start_threads(params: dict[str, Any], call: CallContext) -> int:
    done: list[int] = []
    threads = [threading.Thread(target=done.append, args=(number,)) for number in range(params["count"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def attempt(params: dict[str, Any], call: CallContext) -> str:
    """Do a forbidden act; the name of the error that stopped it, or 'done'."""
    try:
        _ACTS[params["act"]](params.get("path", ""))
    except OSError as error:
        return type(error).__name__
    return "done"


def _fork(path: str) -> None:
    if os.fork() == 0:
        os._exit(0)


def _chmod(path: str) -> None:
    Path(path).chmod(0o777)


def _connect(path: str) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


_ACTS: dict[str, Any] = {
    "read": lambda path: Path(path).read_bytes(),
    "list": lambda path: list(Path(path).iterdir()),
    "write": lambda path: Path(path).write_bytes(b"x"),
    "append": lambda path: os.close(os.open(path, os.O_WRONLY | os.O_APPEND)),
    "delete": lambda path: Path(path).unlink(),
    "make directory": lambda path: Path(path).mkdir(),
    "change mode": _chmod,
    "link": lambda path: Path(path).symlink_to("/"),
    "tcp": lambda path: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
    "udp": lambda path: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
    "unix": lambda path: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
    "netlink": lambda path: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    "datagram pair": lambda path: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM),
    "connect": _connect,
    "run": lambda path: subprocess.run([sys.executable, "-c", ""], check=False),
    "replace": lambda path: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "fork": _fork,
    "signal": lambda path: os.kill(os.getppid(), 0),
    "kill group": lambda path: os.killpg(0, 0),
}


async def async_echo(params: dict[str, Any], call: CallContext) -> Any:
    await asyncio.sleep(0)
    return params


async def async_count(params: dict[str, Any], call: CallContext) -> AsyncIterator[Any]:
    for number in range(params["to"]):
        yield number


async def async_flood(params: dict[str, Any], call: CallContext) -> AsyncIterator[bytes]:
    while True:
        Record.produced_bytes += len(PIECE)
        yield PIECE


async def async_wait(params: dict[str, Any], call: CallContext) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        Record.cancelled += 1


def log_something(params: dict[str, Any], call: CallContext) -> None:
    from loguru import logger

    logger.warning("engine\nwarning")


HANDLERS = {
    "echo": echo,
    "facts": facts,
    "raise_ours": raise_ours,
    "raise_bug": raise_bug,
    "return_object": return_object,
    "return_much": return_much,
    "count": count,
    "paced": paced,
    "count_then_raise": count_then_raise,
    "count_then_crash": count_then_crash,
    "flood": flood,
    "wait_for_cancel": wait_for_cancel,
    "tick_until_cancelled": tick_until_cancelled,
    "ignore_everything": ignore_everything,
    "hold_the_interpreter": hold_the_interpreter,
    "report_progress": report_progress,
    "report_forever": report_forever,
    "crash": crash,
    "exit_quietly": exit_quietly,
    "print_a_lot": print_a_lot,
    "write_garbage_everywhere": write_garbage_everywhere,
    "eat_memory": eat_memory,
    "burn": burn,
    "start_threads": start_threads,
    "attempt": attempt,
    "log_something": log_something,
}


def main() -> None:
    serve(HANDLERS)


def main_async() -> None:
    serve({"echo": async_echo, "count": async_count, "flood": async_flood, "wait": async_wait, "facts": facts})


def main_with_loguru() -> None:
    import loguru

    loguru.logger.debug("ready")
    serve(HANDLERS)


def main_bound_by_stdin_alone() -> None:
    """As on systems without a death signal."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)
    serve(HANDLERS)


def main_that_fails() -> None:
    raise LeaseNotFound("There is no engine")


def main_that_crashes() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def main_that_hangs() -> None:
    time.sleep(3600)


def main_that_returns() -> None:
    return
