"""The pipe itself: damaged, hostile and outdated partners; and that nothing secret travels beside it."""

from __future__ import annotations

import asyncio
import os
import struct
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from loguru import logger

from modkit.children import ChildDied, ChildProcess, ChildProtocolError, ChildSpec
from modkit.children.frames import FrameDecoder, FrameType, decode, encode
from modkit.children.handshake import hello
from modkit.children.launch import Launched, environment, launch
from modkit.errors import ErrorKind, RemoteError

MakeChild = Callable[..., ChildProcess]
LIMIT = 1_000_000
SPEC = ChildSpec("tested", target="tested_child:main", python_paths=(Path(__file__).parent,), max_frame_bytes=LIMIT)


class RawChild:
    """A child process without its owner's side, to talk nonsense to."""

    def __init__(self, launched: Launched) -> None:
        self._launched = launched
        self._decoder = FrameDecoder(LIMIT)

    def write(self, data: bytes) -> None:
        self._launched.writer.write(data)

    async def answer(self) -> tuple[FrameType, Any]:
        """The next frame."""
        async with asyncio.timeout(10):
            while not (frames := self._decoder.feed(await self._launched.reader.read(65536))):
                assert not self._launched.reader.at_eof()
        return frames[0].type, decode(frames[0].payload)

    async def end(self) -> int:
        """Its exit code, once it ended by itself."""
        async with asyncio.timeout(10):
            return await self._launched.process.wait()

    async def close(self) -> None:
        self._launched.writer.close()
        await self._launched.process.communicate()


@pytest.fixture
async def raw() -> AsyncIterator[RawChild]:
    child = RawChild(await launch(SPEC))
    yield child
    await child.close()


async def test_another_protocol_version_is_refused_in_words(raw: RawChild) -> None:
    raw.write(encode(FrameType.HELLO, 0, hello(SPEC) | {"version": 99}, LIMIT))
    type_, error = await raw.answer()
    assert (type_, error["code"]) == (FrameType.ERROR, "child_protocol")
    assert "version 99" in error["sentence"]


async def test_a_hello_for_another_kind_is_refused(raw: RawChild) -> None:
    raw.write(encode(FrameType.HELLO, 0, hello(SPEC) | {"kind": "engine"}, LIMIT))
    assert "'engine'" in (await raw.answer())[1]["sentence"]


@pytest.mark.parametrize("greeting", [None, 7, [], {}, {"version": 1}, {"version": 1, "kind": "tested"}])
async def test_a_hello_that_is_none_is_refused(raw: RawChild, greeting: Any) -> None:
    raw.write(encode(FrameType.HELLO, 0, greeting, LIMIT))
    assert (await raw.answer())[0] is FrameType.ERROR


@pytest.mark.parametrize(
    "garbage",
    [b"\xff" * 100, struct.pack(">IBI", 2**32 - 1, 1, 0), struct.pack(">IBI", 3, 1, 0) + b"\xc1\xc1\xc1", bytes(50)],
)
async def test_garbage_instead_of_a_hello_ends_the_child(raw: RawChild, garbage: bytes) -> None:
    raw.write(garbage)
    assert (await raw.answer())[0] is FrameType.ERROR
    assert await raw.end() == 1


async def test_garbage_after_the_hello_ends_the_child(raw: RawChild) -> None:
    raw.write(encode(FrameType.HELLO, 0, hello(SPEC), LIMIT))
    assert (await raw.answer())[0] is FrameType.READY
    raw.write(b"\xff" * 100)
    assert await raw.end() == 76


async def test_a_call_of_the_wrong_shape_is_an_error_and_not_an_end(raw: RawChild) -> None:
    raw.write(encode(FrameType.HELLO, 0, hello(SPEC), LIMIT))
    await raw.answer()
    raw.write(encode(FrameType.CALL, 1, ["no", "call"], LIMIT))
    assert (await raw.answer())[0] is FrameType.ERROR
    raw.write(encode(FrameType.CALL, 2, {"method": "echo", "params": {}, "stream": False}, LIMIT))
    assert await raw.answer() == (FrameType.RESULT, {})


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff" * 64,
        struct.pack(">IBI", 2**32 - 1, FrameType.RESULT, 1),
        struct.pack(">IBI", 1, FrameType.RESULT, 1) + b"\xc1",
        struct.pack(">IBI", 1, FrameType.END, 1) + b"\xc0",
        struct.pack(">IBI", 1, FrameType.ITEM, 999) + b"\xc0",
        struct.pack(">IBI", 1, FrameType.READY, 0) + b"\xc0",
        struct.pack(">IBI", 1, FrameType.CALL, 1) + b"\xc0",
        (struct.pack(">IBI", 1, FrameType.ITEM, 1) + b"\xc0") * 5000,
        struct.pack(">IBI", 1, 200, 1) + b"\xc0",
        struct.pack(">IBI", 4, FrameType.RESULT, 1) + b"\xc7\x01\x05x",
    ],
    ids=[
        "noise",
        "4 GB",
        "no msgpack",
        "end of no stream",
        "unknown request",
        "ready again",
        "owner's frame",
        "flood without credit",
        "unknown type",
        "extension",
    ],
)
async def test_a_child_that_breaks_the_protocol_is_ended_and_replaced(child: ChildProcess, garbage: bytes) -> None:
    # given: native code that was taken over and writes to every descriptor it finds
    assert child.pid is not None
    process = psutil.Process(child.pid)
    # when
    with pytest.raises(ChildProtocolError):
        await child.call("write_garbage_everywhere", {"garbage": garbage})
    # then
    await asyncio.to_thread(process.wait, 10)
    assert await child.call("echo") == {}
    assert child.restarts == 1


async def test_an_error_of_any_shape_becomes_a_harmless_one(child: ChildProcess) -> None:
    garbage = encode(FrameType.ERROR, 1, {"sentence": 7, "kind": ["x"], "code": "y" * 100_000}, LIMIT)
    with pytest.raises(RemoteError) as caught:
        await child.call("write_garbage_everywhere", {"garbage": garbage})
    assert caught.value.remote_kind is ErrorKind.INTERNAL
    assert len(caught.value.remote_code) <= 4000


async def test_stray_prints_of_native_code_do_not_disturb_the_pipe(child: ChildProcess) -> None:
    assert await child.call("print_a_lot") == "still fine"


async def test_what_goes_to_stderr_is_logged_at_debug_without_control_characters(child: ChildProcess) -> None:
    lines: list[str] = []
    sink = logger.add(lambda message: lines.append(str(message)), level="DEBUG", format="{level} {message}")
    await child.call("print_a_lot")
    await child.stop()
    logger.remove(sink)
    assert "DEBUG a stray print\n" in lines
    assert "DEBUG complaint  [31m of native code\n" in lines


async def test_the_log_of_a_child_keeps_its_level(make_child: MakeChild) -> None:
    lines: list[str] = []
    sink = logger.add(
        lambda message: lines.append(str(message)), level="DEBUG", format="{level} {extra[child]} {message}"
    )
    await make_child("main_with_loguru").call("log_something")
    logger.remove(sink)
    assert "WARNING tested engine warning\n" in lines


async def test_the_last_words_of_a_dead_child_are_kept_for_the_log(child: ChildProcess) -> None:
    await child.call("print_a_lot")
    with pytest.raises(ChildDied) as caught:
        await child.call("exit_quietly", {"code": 1})
    assert "a stray print" in caught.value.stderr_tail


async def test_arguments_and_environment_hold_nothing_but_the_kind_and_tuning(
    make_child: MakeChild, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    # given: an owner with secrets in its environment
    monkeypatch.setenv("HYPERSPOT_DB_KEY", "s3cret")
    monkeypatch.setenv("HOME", str(home))
    child = make_child(environment={"OMP_NUM_THREADS": "1"})
    # when
    await child.call("echo", {"prompt": "s3cret"})
    facts = await child.call("facts")
    # then
    assert facts["environment"].keys() <= {
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "TZ",
        "PYTHONPATH",
        "PYTHONUTF8",
        "OMP_NUM_THREADS",
    }
    assert child.pid is not None
    process = psutil.Process(child.pid)
    assert process.cmdline()[1:] == ["-P", "-s", "-B", "-m", "hyperspot_desktop", "--child=tested"]
    assert "s3cret" not in str(process.environ()) + str(facts)
    assert facts["directory"] == os.sep


@pytest.mark.parametrize("name", ["HYPERSPOT_DB_KEY", "LD_PRELOAD", "PATH", "PYTHONSTARTUP", "omp_num_threads", ""])
def test_only_tuning_variables_may_be_passed(name: str) -> None:
    with pytest.raises(ValueError, match="may not be passed"):
        ChildSpec("tested", environment={name: "x"})


@pytest.mark.parametrize("kind", ["", "Engine", "a b", "../x", "-x", "x" * 40])
def test_a_kind_is_a_plain_word(kind: str) -> None:
    with pytest.raises(ValueError, match="must be lower-case"):
        ChildSpec(kind)


def test_the_environment_of_an_installed_program_names_no_source_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "PYTHONPATH" not in environment(ChildSpec("probe"))


async def test_a_child_loads_neither_qt_nor_the_owners_side(child: ChildProcess) -> None:
    modules = set((await child.call("facts"))["modules"])
    assert not modules & {"PySide6", "modkit.children.process", "modkit.children.session", "loguru", "sqlalchemy"}
