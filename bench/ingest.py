"""Reading documents: how soon the first is found, how many a second, and what an answer loses meanwhile."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import cast

from bench._profiles import host_on, temporary_home, variables, word
from bench.table import Row
from modkit.host import Host
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobsClient
from modules.llm_gateway.contract import ChatRequest, LlmGatewayClient, Message, Params, StreamChunk
from modules.local_search_index.contract import SearchMode
from modules.rag.contract import FileOrder, FileQuery, Pace, Query, RagClient

_FILES = 1_000
_RESCANNED = 10_000
_FIRST_BUDGET_S = 2.0
_RATE_BUDGET = 100.0
_RESCAN_BUDGET = 1_000.0
_STALL_BUDGET_MS = 100.0
_CHAT_SHARE = 0.9
_CHAT_TOKENS = 200
_ANSWERS = 3


async def bench_ingest() -> list[Row]:
    """1,000 notes of a few lines, first without an embedding model, then with one."""
    rows: list[Row] = []
    for starters, what in ((False, "without vectors"), (True, "with vectors")):
        with variables(starters=starters), temporary_home() as home, tempfile.TemporaryDirectory() as folder:
            _notes(Path(folder), _FILES)
            async with host_on(home) as host:
                rows += await _first_run(host, Path(folder), what, vectors=starters)
    return rows


async def bench_rescan() -> list[Row]:
    """10,000 files that have not changed, and lists of them."""
    ctx = SecurityContext.local_user()
    with variables(starters=False), temporary_home() as home, tempfile.TemporaryDirectory() as folder:
        _empty_files(Path(folder), _RESCANNED)
        async with host_on(home) as host:
            rag, jobs = host.client_hub.get(RagClient), host.client_hub.get(JobsClient)
            await jobs.wait(ctx, await rag.add(ctx, "C", [Path(folder)]))
            async with _stalls() as stalls:
                started = time.perf_counter()
                job = await jobs.wait(ctx, await rag.refresh(ctx, "C"))
                rate = _RESCANNED / (time.perf_counter() - started)
            assert job.result["unchanged"] == _RESCANNED
            pages = [
                await _page_ms(rag, ctx, FileQuery(order=order, offset=offset))
                for order in FileOrder
                for offset in (0, _RESCANNED // 2, _RESCANNED - 100)
            ]
            started = time.perf_counter()
            await rag.overview(ctx)
            overview_ms = (time.perf_counter() - started) * 1000
    return [
        Row("unchanged re-scan", rate, "files/s", f">= {_RESCAN_BUDGET:,.0f}", rate >= _RESCAN_BUDGET),
        _stall_row("re-scan", stalls),
        Row(f"a page of {_RESCANNED:,} files", sorted(pages)[len(pages) // 2], "ms", note=f"slowest {max(pages):.0f}"),
        Row("all collections at a glance", overview_ms, "ms", note=f"{_RESCANNED:,} files"),
    ]


async def bench_chat_beside_indexing() -> list[Row]:
    """Tokens per second of an answer while everything is being indexed, against an idle program."""
    with variables(starters=True), temporary_home() as home, tempfile.TemporaryDirectory() as folder:
        _notes(Path(folder), 3 * _FILES)
        async with host_on(home) as host:
            ctx = SecurityContext.local_user()
            rag, jobs = host.client_hub.get(RagClient), host.client_hub.get(JobsClient)
            await _tokens_per_s(host)
            idle = max([await _tokens_per_s(host) for _ in range(_ANSWERS)])
            await rag.set_pace(ctx, pace=Pace.FULL)
            job_id = await rag.add(ctx, "C", [Path(folder)])
            await _searchable(rag, ctx)
            busy = max([await _tokens_per_s(host) for _ in range(_ANSWERS)])
            assert (await jobs.get(ctx, job_id)).finished_at is None, "everything was indexed before the answers ended"
            await jobs.cancel(ctx, job_id)
    share = busy / idle
    budget = f">= {_CHAT_SHARE:.0%} of idle"
    return [Row("answer while indexing", busy, "tokens/s", budget, share >= _CHAT_SHARE, idle, share)]


async def _first_run(host: Host, folder: Path, what: str, *, vectors: bool) -> list[Row]:
    ctx = SecurityContext.local_user()
    rag, jobs = host.client_hub.get(RagClient), host.client_hub.get(JobsClient)
    await rag.set_pace(ctx, pace=Pace.FULL)
    async with _stalls() as stalls:
        started = time.perf_counter()
        job_id = await rag.add(ctx, "C", [folder])
        await _searchable(rag, ctx)
        first_s = time.perf_counter() - started
        job = await jobs.wait(ctx, job_id)
        rate = _FILES / (time.perf_counter() - started)
    assert job.result["read"] == _FILES
    budget = "" if vectors else f">= {_RATE_BUDGET:.0f}"
    return [
        Row(
            f"first of {_FILES:,} files can be found, {what}",
            first_s,
            "s",
            f"<= {_FIRST_BUDGET_S:.0f} s",
            first_s <= _FIRST_BUDGET_S,
        ),
        Row(f"notes read, {what}", rate, "files/s", budget, None if vectors else rate >= _RATE_BUDGET),
        _stall_row(f"reading, {what}", stalls),
    ]


def _stall_row(what: str, stalls: list[float]) -> Row:
    longest = 1000 * max(stalls)
    budget = f"<= {_STALL_BUDGET_MS:.0f} ms"
    return Row(f"longest stall of the loop: {what}", longest, "ms", budget, longest <= _STALL_BUDGET_MS)


async def _searchable(rag: RagClient, ctx: SecurityContext) -> None:
    """Return when something is found."""
    query = Query(text=word(1), mode=SearchMode.KEYWORD, k=1)
    changes = rag.watch(ctx)
    while not (await rag.search(ctx, query)).hits:
        await anext(changes)


async def _page_ms(rag: RagClient, ctx: SecurityContext, query: FileQuery) -> float:
    started = time.perf_counter()
    await rag.files(ctx, "C", query)
    return (time.perf_counter() - started) * 1000


async def _tokens_per_s(host: Host) -> float:
    """Of one answer, from its first token on."""
    gateway, ctx = host.client_hub.get(LlmGatewayClient), SecurityContext.local_user()
    model = (await gateway.resolve(ctx, None)).id
    ask = Message.of("user", "Write a long story about a river.")
    request = ChatRequest(model, (ask,), Params(temperature=0.0, max_output_tokens=_CHAT_TOKENS))
    chunks = cast(AsyncGenerator[StreamChunk, None], gateway.stream(ctx, request))
    first, tokens = 0.0, 0
    async with aclosing(chunks):
        async for chunk in chunks:
            first = first or time.perf_counter()
            tokens = chunk.usage.output_tokens if chunk.usage is not None else tokens
    return tokens / (time.perf_counter() - first)


@asynccontextmanager
async def _stalls() -> AsyncIterator[list[float]]:
    """Seconds by which a nap took longer than it should have, while the block runs."""
    late: list[float] = []
    loop = asyncio.get_running_loop()

    async def nap() -> None:
        while True:
            before = loop.time()
            await asyncio.sleep(0.005)
            late.append(loop.time() - before - 0.005)

    napping = asyncio.create_task(nap())
    try:
        yield late
    finally:
        napping.cancel()


def _notes(folder: Path, count: int) -> None:
    """Each of a few lines, all different, with one word in common."""
    for number in range(count):
        inside = folder / f"{number % 20}"
        inside.mkdir(exist_ok=True)
        line = f"{word(1)} {word(number + 2)} and {word(2 * number + 3)} met in the year {number}.\n"
        (inside / f"note {number}.txt").write_text(line * 5)


def _empty_files(folder: Path, count: int) -> None:
    for number in range(count):
        inside = folder / f"{number % 100}"
        inside.mkdir(exist_ok=True)
        (inside / f"{number}.txt").touch()
