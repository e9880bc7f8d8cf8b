"""Recall of the index with vectors of real text: some thousand passages by the product's embedder."""

from __future__ import annotations

import itertools
import re
import statistics
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from bench._models import starter
from bench._profiles import host_on, temporary_home, variables
from bench.table import Row
from modkit.db import uuid7
from modkit.security import SecurityContext
from modules.llm_manager.infra.onnx_runtime.factory import OnnxRuntimeFactory
from modules.local_search_index.contract import (
    IndexDocument,
    LocalSearchIndexClient,
    NewPassage,
    PassageVector,
    Place,
    SearchMode,
    SearchRequest,
)

_PASSAGES, _QUESTIONS = 5_000, 100
_WORDS = 40
_AT_ONCE = 250
_RECALL = 0.97


async def bench_real_vectors() -> list[Row]:
    """Texts are those of the standard library's documentation strings; questions are further ones."""
    import numpy as np

    texts = list(itertools.islice(_texts(), _PASSAGES + _QUESTIONS))
    session = await OnnxRuntimeFactory().start(starter("all-minilm-*.onnx", "embedding", 512), context_length=512)
    try:
        vectors = np.array(await session.embed(texts), dtype=np.float32)
    finally:
        await session.stop()
    stored, asked = vectors[:_PASSAGES], vectors[_PASSAGES:]
    ctx = SecurityContext.local_user()
    with variables(starters=False), temporary_home() as home:
        async with host_on(home) as host:
            index = host.client_hub.get(LocalSearchIndexClient)
            ids = await _filled(index, ctx, texts[:_PASSAGES], stored)
            found = [await _nearest(index, ctx, vector) for vector in asked]
            stats = await index.stats(ctx)
    exact = [np.argpartition(-(stored @ vector), 10)[:10].tolist() for vector in asked]
    recall = statistics.fmean(
        len({ids[row] for row in wanted} & set(hits)) / 10 for wanted, hits in zip(exact, found, strict=True)
    )
    size = stats.file_bytes / stats.characters
    return [
        Row(
            f"recall@10, {_PASSAGES:,} real passages", recall, "", f">= {_RECALL}", recall >= _RECALL, note="by MiniLM"
        ),
        Row(f"index per MB of text, {_PASSAGES:,} real passages", size, "MB", note=f"{_WORDS} words a passage"),
    ]


async def _filled(index: LocalSearchIndexClient, ctx: SecurityContext, texts: list[str], vectors: Any) -> list[UUID]:
    generation = await index.begin_generation(ctx, "minilm", vectors.shape[1])
    ids: list[UUID] = []
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        document = IndexDocument(
            id=uuid7(), collection_id=uuid7(), revision="1", file_name=f"{start}.txt", path=f"/{start}.txt", type="txt"
        )
        await index.put(ctx, document, [NewPassage(text, Place(0, len(text))) for text in some])
        new = [one.id for one in await index.passages(ctx, document.id, limit=_AT_ONCE)]
        rows = [PassageVector(passage_id, vectors[start + row]) for row, passage_id in enumerate(new)]
        await index.set_vectors(ctx, generation.id, rows)
        ids += new
    return ids


async def _nearest(index: LocalSearchIndexClient, ctx: SecurityContext, vector: Any) -> list[UUID]:
    answer = await index.search(ctx, SearchRequest(vector=vector, mode=SearchMode.VECTOR))
    return [hit.passage.id for hit in answer.hits]


def _texts() -> Iterator[str]:
    """Stretches of real English about many things."""
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).rglob("*.py")):
        for string in re.findall(r'"""(.{200,}?)"""', path.read_text("utf-8", "replace"), re.DOTALL):
            words = string.split()
            for start in range(0, len(words) - _WORDS + 1, _WORDS):
                yield " ".join(words[start : start + _WORDS])
