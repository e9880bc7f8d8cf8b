"""Commands forwarded through the control socket behave like commands run here."""

from __future__ import annotations

import asyncio
import json
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hyperspot_desktop.control import CommandIO, ControlServer, activate, connect


class Recorder:
    """A command runner that echoes, and can wait for Ctrl+C."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    async def __call__(self, argv: list[str], io: CommandIO, stdin: str | None, cwd: Path) -> int:
        io.out(f"{argv} {stdin} {cwd}")
        io.err("note")
        await io.flush()
        if argv == ["wait"]:
            await io.interrupted.wait()
            return 130
        return 7

    def show(self, file: str) -> None:
        self.shown.append(file)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
async def server(tmp_path: Path, recorder: Recorder) -> AsyncIterator[ControlServer]:
    (tmp_path / "run").mkdir()
    server = ControlServer(tmp_path, recorder, recorder.show)
    await server.start()
    yield server
    await server.stop()


async def ask(home: Path, *requests: dict[str, Any]) -> list[dict[str, Any]]:
    reader, writer = await connect(home)
    for request in requests:
        writer.write(json.dumps(request).encode() + b"\n")
    answers = [json.loads(line) async for line in reader]
    writer.close()
    return answers


def command(*argv: str, stdin: str | None = None) -> dict[str, Any]:
    return {"argv": list(argv), "stdin": stdin, "cwd": "/somewhere"}


@pytest.mark.usefixtures("server")
async def test_output_and_exit_code_come_back(tmp_path: Path) -> None:
    answers = await ask(tmp_path, command("say", stdin="piped"))
    assert answers == [{"out": f"['say'] piped {Path('/somewhere')}"}, {"err": "note"}, {"exit": 7}]


@pytest.mark.usefixtures("server")
async def test_ctrl_c_travels_to_the_command(tmp_path: Path) -> None:
    answers = await ask(tmp_path, command("wait"), {"interrupt": True})
    assert answers[-1] == {"exit": 130}


async def test_a_client_that_goes_away_interrupts_its_command(tmp_path: Path, server: ControlServer) -> None:
    reader, writer = await connect(tmp_path)
    writer.write(json.dumps(command("wait")).encode() + b"\n")
    await reader.readline()
    writer.close()
    await asyncio.wait_for(server.drain(asyncio.Event()), 10)


async def test_a_client_that_asks_for_nothing_does_not_keep_the_holder(tmp_path: Path, server: ControlServer) -> None:
    _, writer = await connect(tmp_path)
    await asyncio.wait_for(server.drain(asyncio.Event()), 10)
    writer.close()


@pytest.mark.usefixtures("server")
async def test_a_second_window_brings_the_first_to_the_front(tmp_path: Path, recorder: Recorder) -> None:
    assert await activate(tmp_path)
    assert await activate(tmp_path, "/models/größe 1.gguf")
    assert recorder.shown == ["", "/models/größe 1.gguf"]


async def test_a_holder_without_a_window_says_so(tmp_path: Path, recorder: Recorder) -> None:
    (tmp_path / "run").mkdir()
    server = ControlServer(tmp_path, recorder)
    await server.start()
    try:
        assert not await activate(tmp_path)
    finally:
        await server.stop()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("garbage", [b"\n", b"not json\n", b'{"argv"\n', b'"text"\n', b'{"argv": 5}\n', b"\x00" * 4096])
async def test_garbage_ends_its_own_connection_alone(tmp_path: Path, garbage: bytes) -> None:
    reader, writer = await connect(tmp_path)
    writer.write(garbage)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    assert (await ask(tmp_path, command("say")))[-1] == {"exit": 7}


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes have no mode bits")
async def test_only_this_user_can_reach_the_socket(tmp_path: Path, recorder: Recorder) -> None:
    home = tmp_path
    (home / "run").mkdir()
    server = ControlServer(home, recorder)
    await server.start()
    try:
        mode = (home / "run" / "control.sock").stat().st_mode
    finally:
        await server.stop()
    assert stat.S_IMODE(mode) == 0o600
    assert not (home / "run" / "control.sock").exists()
