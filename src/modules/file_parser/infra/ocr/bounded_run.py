"""Runs a program of the system on bytes, within bounds: time, memory, output, and what it may touch."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process, SubprocessStreamProtocol
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from modules.file_parser.infra.ocr import launcher

_PART_BYTES = 64 * 1024
_DRAIN_S = 2.0
"""How long the output of a program that was ended may take to reach its end."""


class ProgramFailed(Exception):
    """The program did not do its work; the message ends the sentence "it ...". Never leaves this package."""


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What one run may use. ``read_paths``: what it may read besides itself and the system's libraries."""

    timeout_s: float
    memory_bytes: int
    output_bytes: int = 16 << 20
    read_paths: Sequence[Path] = ()


async def run_bounded(command: Sequence[str], data: bytes, limits: RunLimits, variables: dict[str, str]) -> bytes:
    """What the program writes when it is given ``data``. Cancelling ends it.

    Raises:
        ProgramFailed: it could not be started, took too long, wrote too much, or failed.
    """
    try:
        process, transport = await _start(_locked_in(command, limits), variables)
    except OSError as err:
        raise ProgramFailed(f"cannot be started: {err.strerror or err}") from err
    try:
        async with asyncio.timeout(limits.timeout_s):
            output, _ = await asyncio.gather(_read(process, limits.output_bytes), _write(process, data))
            status = await process.wait()
    except TimeoutError as err:
        raise ProgramFailed("took too long") from err
    finally:
        await _end(process, transport)
    if status != 0:
        raise ProgramFailed("failed")
    return output


def _locked_in(command: Sequence[str], limits: RunLimits) -> list[str]:
    """Linux lets a process give up rights before it becomes the program."""
    if sys.platform != "linux":
        return list(command)
    bounds = {
        "memory_bytes": limits.memory_bytes,
        "cpu_s": int(limits.timeout_s) + 1,
        "read_paths": [str(path) for path in limits.read_paths],
    }
    # A frozen program has no interpreter to run the launcher; its own start knows it by this flag.
    frozen = getattr(sys, "frozen", False)
    start = ["--locked-in"] if frozen else ["-I", "-S", "-B", launcher.__file__]
    return [sys.executable, *start, json.dumps(bounds), *command]


async def _start(command: Sequence[str], variables: dict[str, str]) -> tuple[Process, asyncio.SubprocessTransport]:
    """As ``create_subprocess_exec``, which keeps the transport to itself: only that can close a pipe others hold."""
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_exec(
        lambda: SubprocessStreamProtocol(limit=_PART_BYTES, loop=loop),
        *command,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={"LANG": "C.UTF-8", **variables},
        cwd=Path(sys.executable).anchor,
        start_new_session=sys.platform != "win32",
    )
    return Process(transport, protocol, loop), transport


async def _end(process: Process, transport: asyncio.SubprocessTransport) -> None:
    """With all that it started, and read to the end of its output, as far as that comes."""
    # macOS says of a group that has ended already that it is not ours.
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    assert process.stdout is not None
    # Whoever left the group and keeps the pipe open is not waited for.
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_S):
                while await process.stdout.read(_PART_BYTES):
                    pass
                await process.wait()
    finally:
        transport.close()


async def _write(process: Process, data: bytes) -> None:
    assert process.stdin is not None
    # A program that has enough may close its end early; its status says whether that was right.
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(data)
        await process.stdin.drain()
    process.stdin.close()


async def _read(process: Process, most: int) -> bytes:
    assert process.stdout is not None
    parts: list[bytes] = []
    size = 0
    while part := await process.stdout.read(_PART_BYTES):
        size += len(part)
        if size > most:
            raise ProgramFailed("wrote too much")
        parts.append(part)
    return b"".join(parts)
