"""The search index under load: words, meaning and both, at ten thousand and a hundred thousand passages.

With ``--million`` also at a million, which takes about half an hour and six gigabytes of disk.
"""

from __future__ import annotations

import itertools
import math
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench._profiles import VOCABULARY, host_on, temporary_home, variables, word
from bench.table import Row
from modkit.db import uuid7
from modkit.security import SecurityContext
from modules.local_search_index.contract import (
    IndexDocument,
    LocalSearchIndexClient,
    NewPassage,
    PassageVector,
    Place,
    SearchMode,
    SearchRequest,
)

_DIMENSIONS = 384
_WORDS_PER_PASSAGE = 90
_PASSAGES_PER_DOCUMENT = 100
_SEARCHES = 200
_TYPED = 40
_P50_MS, _P99_MS, _RECALL = 50.0, 150.0, 0.97


async def bench_index() -> list[Row]:
    """On homes of their own, so that the smaller one is not measured inside the larger one."""
    rows: list[Row] = []
    for count in (10_000, 100_000, *([1_000_000] if "--million" in sys.argv else [])):
        rows += await _measured(count)
    return rows


async def _measured(count: int) -> list[Row]:
    import numpy as np

    ctx = SecurityContext.local_user()
    vectors = _vectors(count + _SEARCHES)
    stored, asked = vectors[:count], vectors[count:]
    with variables(starters=False), temporary_home() as home:
        async with host_on(home) as host:
            filled = await _fill(host.client_hub.get(LocalSearchIndexClient), ctx, stored)
        async with host_on(home) as host:
            index = host.client_hub.get(LocalSearchIndexClient)
            started = time.perf_counter()
            await index.search(ctx, SearchRequest(vector=asked[0], mode=SearchMode.VECTOR))
            first_ms = (time.perf_counter() - started) * 1000
            times: dict[SearchMode, list[float]] = {mode: [] for mode in SearchMode}
            hits: list[list[UUID]] = []
            for text, vector in zip(_queries(), asked, strict=True):
                for mode, spent in times.items():
                    started = time.perf_counter()
                    answer = await index.search(ctx, SearchRequest(text=text, vector=vector, mode=mode))
                    spent.append((time.perf_counter() - started) * 1000)
                    if mode is SearchMode.VECTOR:
                        hits.append([hit.passage.id for hit in answer.hits])
            typing = await _typed(index, ctx)
            stats = await index.stats(ctx)
    exact = [np.argpartition(-(stored @ vector), 10)[:10].tolist() for vector in asked]
    recall = statistics.fmean(
        len({filled.ids[row] for row in wanted} & set(found)) / 10 for wanted, found in zip(exact, hits, strict=True)
    )
    return [
        *_search_rows(count, times),
        _typing_row(count, typing),
        *_other_rows(count, filled, recall, first_ms, stats),
    ]


async def _typed(index: LocalSearchIndexClient, ctx: SecurityContext) -> list[float]:
    """Milliseconds of a search after every letter of some words, from the second one on."""
    spent = []
    for text in _queries()[:_TYPED]:
        last = text.split()[-1]
        for letters in range(2, len(last) + 1):
            started = time.perf_counter()
            await index.search(ctx, SearchRequest(text=last[:letters], typing=True, mode=SearchMode.KEYWORD))
            spent.append((time.perf_counter() - started) * 1000)
    return spent


def _typing_row(count: int, spent: list[float]) -> Row:
    p50, budget = statistics.median(spent), count == 100_000
    return Row(
        f"search while typing, {count:,} passages, p50",
        p50,
        "ms",
        f"<= {_P50_MS:.0f} ms" if budget else "",
        p50 <= _P50_MS if budget else None,
        note=f"p99 {statistics.quantiles(spent, n=100)[98]:.0f} ms; every word begins with the same letter",
    )


def _search_rows(count: int, times: dict[SearchMode, list[float]]) -> Iterator[Row]:
    for mode, spent in times.items():
        p50, p99 = statistics.median(spent), statistics.quantiles(spent, n=100)[98]
        budget = mode is SearchMode.HYBRID and count == 100_000
        what = f"{mode.value} search, {count:,} passages"
        yield Row(
            f"{what}, p50", p50, "ms", f"<= {_P50_MS:.0f} ms" if budget else "", p50 <= _P50_MS if budget else None
        )
        yield Row(
            f"{what}, p99",
            p99,
            "ms",
            f"<= {_P99_MS:.0f} ms" if budget else "",
            p99 <= _P99_MS if budget else None,
            note=f"slowest {max(spent):.0f} ms",
        )


def _other_rows(count: int, filled: _Filled, recall: float, first_ms: float, stats: Any) -> Iterator[Row]:
    megabytes = stats.characters / 1e6
    what = f"{count:,} passages"
    yield Row(f"recall@10 of vectors, {what}", recall, "", f">= {_RECALL}", recall >= _RECALL, note="against exact")
    yield Row(f"first vector search after a start, {what}", first_ms, "ms", note="reads the codes into memory")
    yield Row(f"vector codes in memory, {what}", stats.memory_bytes / 1e6, "MB")
    yield Row(
        f"index per MB of text, {what}", stats.file_bytes / 1e6 / megabytes, "MB", note=f"{megabytes:,.0f} MB text"
    )
    yield Row(
        f"put, {what}", count / filled.put_s, "per s", note="full text, encrypted, a document of 100 a transaction"
    )
    yield Row(f"set vectors, {what}", count / filled.vectors_s, "per s", note="250 a transaction")


@dataclass(frozen=True, slots=True)
class _Filled:
    """How long filling took, and the passages in the order of their vectors."""

    put_s: float
    vectors_s: float
    ids: list[UUID]


async def _fill(index: LocalSearchIndexClient, ctx: SecurityContext, vectors: Any) -> _Filled:
    texts = _texts()
    collection_id, put_s, vectors_s = uuid7(), 0.0, 0.0
    ids: list[UUID] = []
    generation = await index.begin_generation(ctx, "synthetic", _DIMENSIONS)
    for number in range(len(vectors) // _PASSAGES_PER_DOCUMENT):
        passages = [NewPassage(text, Place(0, len(text))) for text in itertools.islice(texts, _PASSAGES_PER_DOCUMENT)]
        name = f"{number}.txt"
        document = IndexDocument(
            id=uuid7(), collection_id=collection_id, revision="1", file_name=name, path=f"/{name}", type="txt"
        )
        started = time.perf_counter()
        await index.put(ctx, document, passages)
        put_s += time.perf_counter() - started
        ids += [one.id for one in await index.passages(ctx, document.id, limit=_PASSAGES_PER_DOCUMENT)]
    for at in range(0, len(ids), 250):
        rows = [PassageVector(ids[row], vectors[row]) for row in range(at, min(at + 250, len(ids)))]
        started = time.perf_counter()
        await index.set_vectors(ctx, generation.id, rows)
        vectors_s += time.perf_counter() - started
    return _Filled(put_s, vectors_s, ids)


def _vectors(count: int) -> Any:
    """Unit vectors with what makes embeddings hard: clusters, a common direction, few strong dimensions."""
    import numpy as np

    chance = np.random.default_rng(3)
    strength = 1 / np.sqrt(np.arange(1, _DIMENSIONS + 1, dtype=np.float32))
    turned = np.linalg.qr(chance.standard_normal((_DIMENSIONS, _DIMENSIONS)))[0].astype(np.float32)
    centres = chance.standard_normal((2_000, _DIMENSIONS), dtype=np.float32)
    common = 0.15 * chance.standard_normal(_DIMENSIONS, dtype=np.float32)
    made = np.empty((count, _DIMENSIONS), dtype=np.float32)
    for at in range(0, count, 50_000):
        size = min(50_000, count - at)
        own = 0.6 * chance.standard_normal((size, _DIMENSIONS), dtype=np.float32)
        rows = ((0.8 * centres[chance.integers(len(centres), size=size)] + own) * strength) @ turned + common
        made[at : at + size] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return made


def _texts() -> Iterator[str]:
    """Passages whose words are as unequally frequent as those of a language (Zipf)."""
    chance = random.Random(1)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    vocabulary = [word(rank) for rank in range(1, VOCABULARY + 1)]
    while True:
        yield " ".join(chance.choices(vocabulary, cum_weights=weights, k=_WORDS_PER_PASSAGE))


def _queries() -> Sequence[str]:
    """Half of them a few telling words, half of them questions with frequent words in between."""
    chance = random.Random(2)

    def telling() -> str:
        return word(int(math.exp(chance.uniform(math.log(50), math.log(VOCABULARY)))))

    short = [" ".join(telling() for _ in range(chance.randint(1, 3))) for _ in range(_SEARCHES // 2)]
    frequent = [word(rank) for rank in range(1, 20)]
    long = [" ".join([*chance.choices(frequent, k=4), *(telling() for _ in range(3))]) for _ in range(_SEARCHES // 2)]
    return [*short, *long]
