"""A folder of hostile files is indexed to its end: each has a state and a reason, and no process grows for ever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from hyperspot_desktop.bootstrap import open_host
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient
from modules.rag.contract import FileState, Pace, Query, RagClient
from tests.faults import hostile_folder

MOST_BYTES = 1 << 30
_LOOK_S = 0.05


@dataclass
class Measured:
    """Resident bytes of children at their largest; the loop's longest stall in seconds."""

    child_bytes: int = 0
    own_bytes: int = 0
    stalls: list[float] = field(default_factory=list)

    def look(self, ended: threading.Event) -> None:
        me = psutil.Process()
        while not ended.wait(_LOOK_S):
            self.own_bytes = max(self.own_bytes, me.memory_info().rss)
            for child in me.children(recursive=True):
                try:
                    self.child_bytes = max(self.child_bytes, child.memory_info().rss)
                except psutil.Error:
                    continue

    async def feel(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(0.005)
            self.stalls.append(loop.time() - before - 0.005)


@contextmanager
def measured() -> Iterator[Measured]:
    """Of this process and its children while the block runs, which is on a loop."""
    found, ended = Measured(), threading.Event()
    looking = threading.Thread(target=found.look, args=(ended,), daemon=True)
    looking.start()
    feeling = asyncio.create_task(found.feel())
    try:
        yield found
    finally:
        feeling.cancel()
        ended.set()
        looking.join()


@pytest.mark.slow
@pytest.mark.timeout(600 + hostile_folder.MANY // 10)
async def test_a_hostile_folder_is_indexed_to_its_end(
    home: Path, ctx: SecurityContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", "")
    folder = tmp_path / "hostile"
    folder.mkdir()
    expected = await asyncio.to_thread(hostile_folder.build, folder)
    async with open_host(home, overrides=["modules.file-parser.config.silence_timeout_s=10"]) as host:
        rag, jobs = host.client_hub.get(RagClient), host.client_hub.get(JobsClient)
        await rag.set_pace(ctx, pace=Pace.FULL)
        with measured() as seen:
            job = await jobs.wait(ctx, await rag.add(ctx, "C", [folder]))
        assert job.error is None, job.error
        report = await rag.report(ctx, "C")
        again = (await jobs.wait(ctx, await rag.refresh(ctx, "C"))).result
        escaped = await rag.search(ctx, Query(text='"root:x:0:0"'))

    files = {one.path.relative_to(folder).as_posix(): one for one in report.files}
    states = {name: one.state for name, one in files.items() if not name.startswith("many/")}
    slowest = sorted(seen.stalls)[-3:]
    print(f"\n{len(files)} files; a child {seen.child_bytes >> 20} MiB, this process {seen.own_bytes >> 20} MiB;")
    print(f"longest stalls of the loop: {', '.join(f'{1000 * one:.0f} ms' for one in slowest)}")
    assert states == expected
    assert sum(one.state is FileState.WITHOUT_VECTORS for one in files.values() if one.path.parent.name == "many") == (
        hostile_folder.MANY
    )
    bad = [one for one in files.values() if one.state not in (FileState.INDEXED, FileState.WITHOUT_VECTORS)]
    assert all(one.reason.endswith(".") and "\n" not in one.reason for one in bad)
    assert seen.child_bytes <= MOST_BYTES
    assert escaped.hits == ()
    # What could not be read is not tried again by itself.
    assert (again["read"], again["unchanged"]) == (0, len(files))
