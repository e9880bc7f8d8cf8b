"""Whatever a server does, the end is a verified file or a clear error, and never a bad file under the final name."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from modules.llm_manager.contract import DownloadFailed, FileInTheWay, HashMismatch, InvalidModelFile, NotEnoughDisk
from modules.llm_manager.domain.ports import DownloadProgress, Fetched
from modules.llm_manager.infra.download import Downloader, DownloadOptions, Order
from modules.llm_manager.infra.download.partfile import PartFile
from modules.llm_manager.infra.download.state import PartialState, save_state
from modules.llm_manager.infra.files import LocalModelFiles
from tests.modules.llm_manager.gguf_support import model_bytes
from tests.modules.llm_manager.hostile_server import Behaviour, HostileServer, hostile_server

KIB = 1024
CONTENT = model_bytes(1024 * KIB)
OTHER_CONTENT = model_bytes(1024 * KIB, seed=7)
DOWNLOADER = Downloader(DownloadOptions(range_bytes=128 * KIB, stall_timeout_s=0.4, retries=3, retry_delay_s=0.01))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "models ü" / "m.gguf"


def order(server: HostileServer, target: Path, **changes: Any) -> Order:
    return replace(Order(server.url(), target, check=LocalModelFiles().header), **changes)


def ignore(_: DownloadProgress) -> None:
    """A report that nobody reads."""


def left_overs(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir()) if target.parent.exists() else []


def only(number: int, value: int) -> Callable[[int], int | None]:
    return lambda count: value if count == number else None


def first(number: int, value: int) -> Callable[[int], int | None]:
    return lambda count: value if count < number else None


async def test_a_file_arrives_whole_over_several_connections(target: Path) -> None:
    reports: list[DownloadProgress] = []
    async with hostile_server(Behaviour(CONTENT)) as server:
        fetched = await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), reports.append)
    assert target.read_bytes() == CONTENT
    assert (fetched.sha256, fetched.size_bytes) == (server.sha256, len(CONTENT))
    assert left_overs(target) == ["m.gguf"]
    assert reports[-1].done_bytes == reports[-1].total_bytes == len(CONTENT)


GOOD_ENDS: dict[str, Behaviour] = {
    "drops every connection after 50 KiB": Behaviour(CONTENT, broken=lambda _number: 50 * KIB),
    "stalls twice": Behaviour(CONTENT, stalled=first(2, 30 * KIB)),
    "serves no ranges": Behaviour(CONTENT, ranges=False),
    "serves no ranges and drops once": Behaviour(CONTENT, ranges=False, broken=only(0, 300 * KIB)),
    "does not know the length": Behaviour(CONTENT, ranges=False, length_known=False),
    "is busy at first": Behaviour(CONTENT, statuses=[503, 429, 200, 500, 502]),
    "sends more than was asked for": Behaviour(CONTENT, extra_bytes=9_000),
    "has neither tag nor date": Behaviour(CONTENT, etag=""),
    "has a weak tag": Behaviour(CONTENT, etag='W/"v1"'),
    "redirects": Behaviour(CONTENT, redirects={"/model.gguf": "/deeper/model.gguf", "/deeper/model.gguf": "/real"}),
}


async def test_waiting_for_a_server_that_does_not_answer_is_said(target: Path) -> None:
    notes: list[str] = []
    async with hostile_server(Behaviour(CONTENT, statuses=[503, 503, 200, 503, 503])) as server:
        await DOWNLOADER.fetch(order(server, target, connections=1), lambda progress: notes.append(progress.note))
    said = [note for note in notes if note]
    assert said[0] == "127.0.0.1 does not answer, trying again"
    assert said[-1] == "checking"


@pytest.mark.parametrize("name", GOOD_ENDS)
async def test_the_file_arrives_from_a_server_that(name: str, target: Path) -> None:
    async with hostile_server(GOOD_ENDS[name]) as server:
        await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), ignore)
    assert target.read_bytes() == CONTENT
    assert left_overs(target) == ["m.gguf"]


BAD_ENDS: dict[str, tuple[Behaviour, type[Exception], str]] = {
    "drops at once, always": (Behaviour(CONTENT, broken=lambda _number: 0), DownloadFailed, "broke off"),
    "stalls at once, always": (Behaviour(CONTENT, stalled=lambda _number: 0), DownloadFailed, "no data came"),
    "is always busy": (Behaviour(CONTENT, statuses=[503] * 99), DownloadFailed, "503"),
    "has no such file": (Behaviour(CONTENT, statuses=[404]), DownloadFailed, "does not have this file"),
    "wants an account": (Behaviour(CONTENT, statuses=[403]), DownloadFailed, "account"),
    "refuses": (Behaviour(CONTENT, statuses=[451]), DownloadFailed, "451"),
    "sends another range": (Behaviour(CONTENT, range_shift=1), DownloadFailed, "senseless"),
    "claims a larger file": (Behaviour(CONTENT, claimed_total=len(CONTENT) * 2), DownloadFailed, "broke off|ended"),
    "claims a petabyte": (Behaviour(CONTENT, claimed_total=10**15), NotEnoughDisk, "needs"),
    "redirects in circles": (Behaviour(CONTENT, redirects={"/model.gguf": "/model.gguf"}), DownloadFailed, "circles"),
    "redirects to another computer without TLS": (
        Behaviour(CONTENT, redirects={"/model.gguf": "http://192.0.2.1/m.gguf"}),
        DownloadFailed,
        "http addresses",
    ),
    "redirects to a file of this computer": (
        Behaviour(CONTENT, redirects={"/model.gguf": "file:///etc/passwd"}),
        DownloadFailed,
        "file addresses",
    ),
}


@pytest.mark.parametrize("name", BAD_ENDS)
async def test_there_is_a_clear_error_and_no_file_when_the_server(name: str, target: Path) -> None:
    behaviour, error, sentence = BAD_ENDS[name]
    async with hostile_server(behaviour) as server:
        with pytest.raises(error, match=sentence) as caught:
            await DOWNLOADER.fetch(order(server, target), ignore)
    assert getattr(caught.value, "action", "")
    assert not target.exists()


async def test_a_wrong_hash_leaves_nothing_behind(target: Path) -> None:
    async with hostile_server(Behaviour(CONTENT)) as server:
        with pytest.raises(HashMismatch, match="damaged or exchanged"):
            await DOWNLOADER.fetch(order(server, target, sha256="0" * 64), ignore)
    assert left_overs(target) == []


async def test_the_hash_that_the_server_states_on_its_redirect_counts(target: Path) -> None:
    behaviour = Behaviour(
        CONTENT, redirects={"/model.gguf": "/real"}, redirect_headers={"X-Linked-Etag": f'"{"0" * 64}"'}
    )
    async with hostile_server(behaviour) as server:
        with pytest.raises(HashMismatch):
            await DOWNLOADER.fetch(order(server, target), ignore)
    assert not target.exists()


@pytest.mark.parametrize("content", [b"", b"<html>Please log in</html>", CONTENT[:-100]], ids=["empty", "page", "cut"])
async def test_what_is_no_model_never_gets_the_final_name(content: bytes, target: Path) -> None:
    async with hostile_server(Behaviour(content, ranges=False)) as server:
        with pytest.raises(InvalidModelFile):
            await DOWNLOADER.fetch(order(server, target), ignore)
    assert left_overs(target) == []


async def test_a_file_that_changes_in_the_middle_is_begun_anew(target: Path) -> None:
    def exchange(behaviour: Behaviour, number: int) -> None:
        if number == 3:
            behaviour.content, behaviour.etag = OTHER_CONTENT, '"v2"'

    async with hostile_server(Behaviour(CONTENT, on_body=exchange)) as server:
        await DOWNLOADER.fetch(order(server, target, connections=1), ignore)
    assert target.read_bytes() == OTHER_CONTENT


async def test_a_file_that_changes_all_the_time_is_given_up(target: Path) -> None:
    def exchange(behaviour: Behaviour, number: int) -> None:
        behaviour.etag = f'"{number}"'

    async with hostile_server(Behaviour(CONTENT, on_body=exchange)) as server:
        with pytest.raises(DownloadFailed, match="keeps changing"):
            await DOWNLOADER.fetch(order(server, target, connections=1), ignore)
    assert not target.exists()


async def interrupted(server: HostileServer, target: Path, after_bytes: int) -> None:
    """Run a download and cancel it when so many bytes are on disk."""
    enough = asyncio.Event()

    def watch(progress: DownloadProgress) -> None:
        if progress.done_bytes >= after_bytes:
            enough.set()

    task = asyncio.create_task(DOWNLOADER.fetch(order(server, target), watch))
    await enough.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_paused_download_goes_on_where_it_was(target: Path) -> None:
    async with hostile_server(Behaviour(CONTENT, chunk_delay_s=0.001)) as server:
        await interrupted(server, target, 512 * KIB)
        assert left_overs(target) == ["m.gguf.part", "m.gguf.part.json"]
        before = server.sent_bytes
        await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), ignore)
    assert target.read_bytes() == CONTENT
    assert server.sent_bytes - before <= 512 * KIB + 4 * 128 * KIB


async def test_a_download_whose_file_changed_while_it_was_paused_begins_anew(target: Path) -> None:
    async with hostile_server(Behaviour(CONTENT, chunk_delay_s=0.001)) as server:
        await interrupted(server, target, 256 * KIB)
        server.behaviour.content, server.behaviour.etag = OTHER_CONTENT, '"v2"'
        await DOWNLOADER.fetch(order(server, target), ignore)
    assert target.read_bytes() == OTHER_CONTENT


@pytest.mark.parametrize("damage", [b"", b"not json", b'{"format": 1}', b'{"format": 1, "pieces": [{"begin": 5}]}'])
async def test_a_damaged_sidecar_only_costs_the_bytes(damage: bytes, target: Path) -> None:
    async with hostile_server(Behaviour(CONTENT, chunk_delay_s=0.001)) as server:
        await interrupted(server, target, 256 * KIB)
        target.with_name("m.gguf.part.json").write_bytes(damage)
        await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), ignore)
    assert target.read_bytes() == CONTENT


async def test_a_partial_file_that_shrank_is_not_trusted(target: Path) -> None:
    async with hostile_server(Behaviour(CONTENT, chunk_delay_s=0.001)) as server:
        await interrupted(server, target, 256 * KIB)
        target.with_name("m.gguf.part").write_bytes(b"")
        await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), ignore)
    assert target.read_bytes() == CONTENT


async def test_an_expired_address_is_looked_up_again(target: Path) -> None:
    behaviour = Behaviour(CONTENT, redirects={"/model.gguf": "/signed-1"})

    def expire(plan: Behaviour, number: int) -> None:
        if number == 2:
            plan.statuses = [403]
            plan.redirects = {"/model.gguf": "/signed-2"}

    behaviour.on_body = expire
    async with hostile_server(behaviour) as server:
        await DOWNLOADER.fetch(order(server, target, sha256=server.sha256, connections=1), ignore)
    assert target.read_bytes() == CONTENT
    assert server.requests[-1].path == "/signed-2"


async def test_a_full_disk_is_told_and_what_came_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = PartFile._write

    def full(self: PartFile, position: int, data: bytes) -> None:
        if self.state.done_bytes > 300 * KIB:
            raise OSError(errno.ENOSPC, "No space left on device")
        written(self, position, data)

    async with hostile_server(Behaviour(CONTENT)) as server:
        with monkeypatch.context() as patch:
            patch.setattr(PartFile, "_write", full)
            with pytest.raises(NotEnoughDisk, match="is full"):
                await DOWNLOADER.fetch(order(server, target), ignore)
        assert "m.gguf.part.json" in left_overs(target)
        before = server.sent_bytes
        await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), ignore)
    assert target.read_bytes() == CONTENT
    assert server.sent_bytes - before < len(CONTENT)


async def test_a_finished_file_is_not_fetched_again(target: Path) -> None:
    async with hostile_server(Behaviour(CONTENT)) as server:
        await DOWNLOADER.fetch(order(server, target), ignore)
        asked = len(server.requests)
        fetched = await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), ignore)
    assert (len(server.requests), fetched.sha256) == (asked, server.sha256)


async def test_a_foreign_file_in_the_way_is_left_alone(target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(OTHER_CONTENT)
    async with hostile_server(Behaviour(CONTENT)) as server:
        with pytest.raises(FileInTheWay, match="in the way"):
            await DOWNLOADER.fetch(order(server, target, sha256=server.sha256), ignore)
    assert target.read_bytes() == OTHER_CONTENT


@pytest.mark.parametrize(
    "address", ["ftp://example.org/m.gguf", "http://example.org/m.gguf", "//x", "https://", "\x00"]
)
async def test_addresses_without_tls_or_sense_are_refused(address: str, target: Path) -> None:
    with pytest.raises(DownloadFailed):
        await DOWNLOADER.fetch(Order(address, target), ignore)


async def test_a_models_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with hostile_server(Behaviour(CONTENT)) as server:
        with pytest.raises(NotEnoughDisk, match="cannot be used"):
            await DOWNLOADER.fetch(order(server, tmp_path / "file" / "m.gguf"), ignore)


async def test_a_file_that_cannot_be_shown_to_be_this_one_is_not_taken_for_it(target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(OTHER_CONTENT)
    async with hostile_server(Behaviour(CONTENT)) as server:
        with pytest.raises(FileInTheWay):
            await DOWNLOADER.fetch(order(server, target), ignore)
    assert target.read_bytes() == OTHER_CONTENT


async def test_a_file_that_appears_meanwhile_is_not_replaced(target: Path) -> None:
    def appear(_: Behaviour, number: int) -> None:
        if number == 3:
            target.write_bytes(OTHER_CONTENT)

    async with hostile_server(Behaviour(CONTENT, on_body=appear)) as server:
        with pytest.raises(FileInTheWay):
            await DOWNLOADER.fetch(order(server, target), ignore)
        assert target.read_bytes() == OTHER_CONTENT
        target.unlink()
        before = server.sent_bytes
        await DOWNLOADER.fetch(order(server, target), ignore)
    assert target.read_bytes() == CONTENT
    assert server.sent_bytes - before < len(CONTENT)


async def test_what_a_kill_after_the_rename_left_is_known_by_its_sidecar(target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(CONTENT)
    async with hostile_server(Behaviour(CONTENT)) as server:
        save_state(target, PartialState(server.url(), len(CONTENT), "", sha256=server.sha256))
        fetched = await DOWNLOADER.fetch(order(server, target), ignore)
    assert (fetched.created, server.requests, left_overs(target)) == (True, [], ["m.gguf"])


async def test_two_downloads_of_one_target_take_turns_and_no_wrong_file_is_taken(target: Path) -> None:
    async with (
        hostile_server(Behaviour(CONTENT, chunk_delay_s=0.001)) as one,
        hostile_server(Behaviour(OTHER_CONTENT)) as other,
    ):
        first, second = await asyncio.gather(
            *(DOWNLOADER.fetch(order(server, target), ignore) for server in (one, other)), return_exceptions=True
        )
    assert isinstance(first, Fetched)
    assert (first.sha256, target.read_bytes()) == (one.sha256, CONTENT)
    assert isinstance(second, FileInTheWay)
