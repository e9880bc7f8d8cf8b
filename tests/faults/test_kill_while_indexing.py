"""The program is killed while it reads and embeds, over and over: nothing is done again, lost or doubled."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psutil
import pytest

from hyperspot_desktop.bootstrap import open_host
from modkit.host import Host
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient
from modules.local_search_index.contract import IndexStats, LocalSearchIndexClient
from modules.rag.contract import CoverageReport, FileState, RagClient
from tests.modules.file_parser.documents.word import report_docx

if sys.platform == "win32":
    pytest.skip("the programs to be killed are forks", allow_module_level=True)

KILLS = int(os.environ.get("HYPERSPOT_FAULT_KILLS", "4"))
LONGEST_LIFE_S = 3.0
"""After its job was begun, or for every fourth after the program was."""
EMBEDDING_KILLS = max(KILLS // 4, 2)
LONGEST_EMBEDDING_LIFE_S = 4.0
"""After its job was begun; every other one is killed soon after its first vectors."""
NEW_FILES = 25
"""Before each life, so that there is always something to do."""
NEW_PARTS = 300
"""Of the one file before each life that embeds: more passages than a life gives vectors to."""
PROGRAM = Path(__file__).with_name("indexing_program.py")
REPOSITORY = Path(__file__).resolve().parents[2]

Content = tuple[str, str]
"""A file's name and the hash of what it held."""


@dataclass
class Read:
    """What all programs together said, in their order."""

    kept: set[Content] = field(default_factory=set)
    parsed: list[Content] = field(default_factory=list)
    twice: list[Content] = field(default_factory=list)
    vectors: list[str] = field(default_factory=list)
    done: int = 0

    def heard(self, said: dict[str, Any]) -> None:
        if "parsed" in said:
            content = (said["parsed"][0], said["parsed"][1])
            self.parsed.append(content)
            if content in self.kept:
                self.twice.append(content)
        self.kept.update((name, content) for name, content in said.get("kept", ()))
        self.vectors += said.get("vectors", ())
        self.done += "done" in said


class Programs:
    """Starts programs on one home and kills them."""

    def __init__(self, home: Path, folder: Path) -> None:
        paths = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY)])
        self._mother = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(home), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": paths},
        )

    def run_and_kill(self, life_s: float, after: str, read: Read) -> list[psutil.Process]:
        """SIGKILL a program's group ``life_s`` after it first said ``after``; gives its children."""
        _pipe(self._mother.stdin).write(b"\n")
        _pipe(self._mother.stdin).flush()
        lines = _pipe(self._mother.stdout)
        started = json.loads(lines.readline())
        program = psutil.Process(started["program"])
        children: list[psutil.Process] = []

        def kill() -> None:
            children.extend(program.children(recursive=True))
            os.killpg(program.pid, signal.SIGKILL)

        timer = threading.Timer(life_s, kill)
        if after in started:
            timer.start()
        for line in lines:
            said = json.loads(line)
            if "ended" in said:
                assert said["ended"] == signal.SIGKILL, "the program ended by itself"
                break
            read.heard(said)
            if after in said and timer.ident is None:
                timer.start()
        timer.join()
        return children

    def close(self) -> None:
        _pipe(self._mother.stdin).close()
        _pipe(self._mother.stdout).close()
        self._mother.wait(timeout=30)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


@contextmanager
def programs_on(home: Path, folder: Path) -> Iterator[Programs]:
    programs = Programs(home, folder)
    try:
        yield programs
    finally:
        programs.close()


def write_more(folder: Path, number: int) -> None:
    """New files, one of them longer, and a new content for some that were there before."""
    for file in range(NEW_FILES):
        name = f"{number:03}-{file:02}"
        (folder / f"{name}.txt").write_text(f"Zebra {name} lives in house {file}.\n\n" * (file + 1))
    (folder / f"{number:03}.docx").write_bytes(report_docx())
    for file in range(0, NEW_FILES, 10):
        (folder / f"{max(number - 1, 0):03}-{file:02}.txt").write_text(f"Okapi {number} moved in with {file}.")


def write_many_passages(folder: Path, number: int) -> None:
    """A file that is read at once and embedded for a while."""
    parts = [f"# Part {part}\n\nZebra {number} went to house {part}.\n" for part in range(NEW_PARTS)]
    (folder / f"{number:03}.md").write_text("\n".join(parts))


async def completed(host: Host, ctx: SecurityContext, folder: Path) -> CoverageReport:
    """The report after a run that nothing disturbed."""
    rag = host.client_hub.get(RagClient)
    job = await host.client_hub.get(JobsClient).wait(ctx, await rag.add(ctx, "C", [folder]))
    assert job.error is None, job.error
    return await rag.report(ctx, "C")


async def passages(host: Host, ctx: SecurityContext, report: CoverageReport) -> dict[str, list[object]]:
    """All that search can find, file by file."""
    index = host.client_hub.get(LocalSearchIndexClient)
    found: dict[str, list[object]] = {}
    for file in report.files:
        kept = await index.passages(ctx, file.id, limit=1_000)
        found[file.path.name] = [(one.ordinal, one.text, one.place, one.heading_path, one.kind) for one in kept]
    return found


@dataclass(frozen=True)
class Outcome:
    """What is there after the kills and one run that nothing disturbed, and what there would be without kills."""

    counts: Mapping[FileState, int]
    found: dict[str, list[object]]
    expected: dict[str, list[object]]
    stats: IndexStats


async def outcome(home: Path, undisturbed: Path, ctx: SecurityContext, folder: Path) -> Outcome:
    async with open_host(home) as host:
        report = await completed(host, ctx, folder)
        found = await passages(host, ctx, report)
        stats = await host.client_hub.get(LocalSearchIndexClient).stats(ctx)
    async with open_host(undisturbed) as host:
        expected = await passages(host, ctx, await completed(host, ctx, folder))
    return Outcome(report.counts, found, expected, stats)


@pytest.fixture
def chance() -> random.Random:
    seed = int(os.environ.get("HYPERSPOT_FAULT_SEED", random.SystemRandom().randrange(2**32)))
    print(f"\nseed {seed}")
    return random.Random(seed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


@pytest.fixture
def plain_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Without models: vectors cost far more time than reading."""
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", "")
    return home


@pytest.mark.slow
@pytest.mark.timeout(120 + 30 * KILLS)
async def test_what_is_finished_is_never_read_again_and_nothing_is_lost_or_doubled(
    plain_home: Path, ctx: SecurityContext, tmp_path: Path, folder: Path, chance: random.Random
) -> None:
    read = Read()
    left: list[psutil.Process] = []
    with programs_on(plain_home, folder) as programs:
        for number in range(KILLS):
            write_more(folder, number)
            after = "program" if number % 4 == 3 else "begun"
            # The first at once, so that there is something left to do; the others at any time.
            life_s = chance.uniform(0.0, LONGEST_LIFE_S) if number else 0.0
            left += programs.run_and_kill(life_s, after, read)
    _, orphans = psutil.wait_procs(left, timeout=30)
    there = await outcome(plain_home, tmp_path / "undisturbed", ctx, folder)

    told = f"{len(read.parsed)} parsed, {len(read.kept)} kept, {read.done} runs ended before their kill"
    print(f"{KILLS} kills, {len(there.found)} files; {told}, {len(read.twice)} read twice")
    assert orphans == []
    assert read.twice == []
    assert there.found == there.expected
    assert there.counts == {FileState.WITHOUT_VECTORS: len(there.expected)}
    assert there.stats.passages == sum(map(len, there.expected.values()))
    assert there.stats.documents == len(there.expected)
    assert read.done < KILLS, "no kill came while files were read"


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.timeout(120 + 60 * EMBEDDING_KILLS)
async def test_passages_that_have_a_vector_keep_it_and_each_gets_one(
    starter_home: Path, ctx: SecurityContext, tmp_path: Path, folder: Path, chance: random.Random
) -> None:
    read = Read()
    left: list[psutil.Process] = []
    with programs_on(starter_home, folder) as programs:
        for number in range(EMBEDDING_KILLS):
            write_many_passages(folder, number)
            soon = number % 2 == 0
            life_s = chance.uniform(0.0, 0.2) if soon else chance.uniform(1.0, LONGEST_EMBEDDING_LIFE_S)
            left += programs.run_and_kill(life_s, "vectors" if soon else "begun", read)
    _, orphans = psutil.wait_procs(left, timeout=30)
    there = await outcome(starter_home, tmp_path / "undisturbed", ctx, folder)

    print(f"{EMBEDDING_KILLS} kills, {there.stats.passages} passages, {len(read.vectors)} embedded before the last one")
    assert orphans == []
    assert read.twice == []
    assert len(read.vectors) == len(set(read.vectors)), "a vector was made again that was stored"
    assert there.found == there.expected
    assert there.counts == {FileState.INDEXED: len(there.expected)}
    assert there.stats.vectors == there.stats.passages == sum(map(len, there.expected.values()))
    assert read.vectors
    assert read.done < EMBEDDING_KILLS, "no kill came while passages were embedded"
