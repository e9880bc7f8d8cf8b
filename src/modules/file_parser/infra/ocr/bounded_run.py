"""Runs a program of the system on bytes, within bounds: time, memory, output, and what it may touch."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from modules.file_parser.infra.ocr import launcher

_PART_BYTES = 64 * 1024


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
        process = await asyncio.create_subprocess_exec(
            *_locked_in(command, limits),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env={"LANG": "C.UTF-8", **variables},
            cwd=Path(sys.executable).anchor,
            start_new_session=sys.platform != "win32",
        )
    except OSError as err:
        raise ProgramFailed(f"cannot be started: {err.strerror or err}") from err
    try:
        async with asyncio.timeout(limits.timeout_s):
            output, _ = await asyncio.gather(_read(process, limits.output_bytes), _write(process, data))
            status = await process.wait()
    except TimeoutError as err:
        raise ProgramFailed("took too long") from err
    finally:
        await _end(process)
    if status != 0:
        raise ProgramFailed("failed")
    return output


def _locked_in(command: Sequence[str], limits: RunLimits) -> list[str]:
    """Linux lets a process give up rights before it becomes the program; a frozen build has no interpreter for it."""
    if sys.platform != "linux" or getattr(sys, "frozen", False):
        return list(command)
    bounds = {
        "memory_bytes": limits.memory_bytes,
        "cpu_s": int(limits.timeout_s) + 1,
        "read_paths": [str(path) for path in limits.read_paths],
    }
    return [sys.executable, "-I", "-S", "-B", launcher.__file__, json.dumps(bounds), *command]


async def _end(process: Process) -> None:
    """Its pipe is read to its end: asyncio closes it then, and not before."""
    with suppress(ProcessLookupError):
        process.kill()
    assert process.stdout is not None
    while await process.stdout.read(_PART_BYTES):
        pass
    await process.wait()


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
