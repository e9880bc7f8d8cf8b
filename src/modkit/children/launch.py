"""Starts the process of a child: own executable, clean environment, plain pipes, nothing secret in argv."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

from modkit.children.errors import ChildStartFailed
from modkit.children.spec import ChildSpec

ENTRY_MODULE = "hyperspot_desktop"
"""Run with ``-m`` where the program is not frozen; its ``__main__`` sends ``--child=KIND`` to ``entry.main``."""
_READ_BUFFER_BYTES = 256 * 1024
_KEPT_VARIABLES = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT", "WINDIR")


@dataclass(frozen=True, slots=True)
class Launched:
    """A started process with both ends of its conversation."""

    process: Process
    writer: asyncio.StreamWriter

    @property
    def reader(self) -> asyncio.StreamReader:
        """Where its frames arrive."""
        assert self.process.stdout is not None
        return self.process.stdout

    @property
    def stderr(self) -> asyncio.StreamReader:
        """Where native code complains."""
        assert self.process.stderr is not None
        return self.process.stderr


def command(kind: str) -> list[str]:
    """The argument list. -P and -s keep the working directory and user packages off the import path, -B writes none."""
    if getattr(sys, "frozen", False):
        return [sys.executable, f"--child={kind}"]
    return [sys.executable, "-P", "-s", "-B", "-m", ENTRY_MODULE, f"--child={kind}"]


def environment(spec: ChildSpec) -> dict[str, str]:
    """Only what a child needs: locale, import path of a source tree, tuning variables. No PATH, no HOME."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    paths = [str(path) for path in (_source_root(), *spec.python_paths) if path is not None]
    python_path = {"PYTHONPATH": os.pathsep.join(paths)} if paths else {}
    return {"LANG": "C.UTF-8", **kept, "PYTHONUTF8": "1", **python_path, **spec.environment}


def _source_root() -> Path | None:
    """The directory to import modkit from, unless it is installed or frozen and found anyway."""
    root = Path(__file__).resolve().parents[2]
    return None if root.name == "site-packages" or getattr(sys, "frozen", False) else root


async def launch(spec: ChildSpec) -> Launched:
    """Start the process; it waits for a hello frame and does nothing before.

    On Linux the child asks the kernel to die with the *thread* that started it, which is the thread of the running
    event loop. That is what we want: without its loop nobody could talk to the child.

    Raises:
        ChildStartFailed: the system refused to start a process.
    """
    try:
        return await (_launch_with_asyncio_pipe(spec) if sys.platform == "win32" else _launch_with_own_pipe(spec))
    except OSError as error:
        raise ChildStartFailed(f"The {spec.kind} process could not be started: {error.strerror or error}") from error


async def _launch_with_asyncio_pipe(spec: ChildSpec) -> Launched:
    process = await _spawn(spec, PIPE)
    assert process.stdin is not None
    return Launched(process, process.stdin)


async def _launch_with_own_pipe(spec: ChildSpec) -> Launched:
    # asyncio gives a socket as stdin before Python 3.12; a child that may not have sockets should not inherit one.
    read_end, write_end = os.pipe()
    try:
        writer = await _pipe_writer(write_end)
        try:
            process = await _spawn(spec, read_end)
        except BaseException:
            writer.close()
            raise
    finally:
        os.close(read_end)
    return Launched(process, writer)


async def _pipe_writer(write_end: int) -> asyncio.StreamWriter:
    loop = asyncio.get_running_loop()
    protocol = asyncio.StreamReaderProtocol(asyncio.StreamReader())
    pipe = os.fdopen(write_end, "wb", buffering=0)
    transport, _ = await loop.connect_write_pipe(lambda: protocol, pipe)
    return asyncio.StreamWriter(transport, protocol, None, loop)


async def _spawn(spec: ChildSpec, stdin: int) -> Process:
    program, *arguments = command(spec.kind)
    return await asyncio.create_subprocess_exec(
        program,
        *arguments,
        stdin=stdin,
        stdout=PIPE,
        stderr=PIPE,
        env=environment(spec),
        cwd=Path(sys.executable).anchor,
        limit=_READ_BUFFER_BYTES,
        # Its own session: Ctrl+C in the terminal is for the program, which then decides what its children do.
        start_new_session=sys.platform != "win32",
    )
