"""The product's embedder against ONNX Runtime driven directly, and against the same model on llama.cpp, by turns."""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench._models import starter
from bench.table import Row
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.threads import physical_cores
from modules.llm_manager.infra.onnx_runtime.factory import OnnxRuntimeFactory

_REPOSITORY = Path(__file__).resolve().parents[1]
_PASSAGES, _ROUNDS = 24, 7
_WORDS = 95
"""About 128 tokens of English."""
_TWICE = 2.0
_COSINE = 0.987

Embed = Callable[[list[str]], Awaitable[Any]]


async def bench_embedder() -> list[Row]:
    """Passages of about 128 tokens from the product's own documentation."""
    texts = _texts()
    encoder, gguf = starter("all-minilm-*.onnx", "embedding", 512), starter("all-minilm-*.gguf", "embedding", 512)
    started = time.perf_counter()
    ours = await OnnxRuntimeFactory().start(encoder, context_length=512)
    load_ms = (time.perf_counter() - started) * 1000
    llama = await LlamaCppFactory().start(gguf, context_length=512)
    try:
        direct = _direct(encoder.path)
        speeds = await _by_turns(texts, {"ours": ours.embed, "direct": direct, "llama.cpp": llama.embed})
        product, full = await ours.embed(texts), await llama.embed(texts)
        started = time.perf_counter()
        await ours.embed(["When does the lease end?"])
        question_ms = (time.perf_counter() - started) * 1000
        resident = (await ours.stats()).resident_bytes / 1e6
    finally:
        await ours.stop()
        await llama.stop()
    nearest = min(sum(a * b for a, b in zip(*pair, strict=True)) for pair in zip(product, full, strict=True))
    return [
        _row(
            "embed passages of 128 tokens", speeds, "direct", note="ONNX Runtime in this process, all cores a passage"
        ),
        _row("embed, int8 on ONNX Runtime against F16 on llama.cpp", speeds, "llama.cpp", at_least=_TWICE),
        Row("nearness of int8 to F16, least cosine", nearest, "", f">= {_COSINE}", nearest >= _COSINE),
        Row("embed a question", question_ms, "ms"),
        Row("load the embedder", load_ms, "ms"),
        Row("memory of the embedder's process", resident, "MB"),
    ]


async def _by_turns(texts: list[str], engines: dict[str, Embed]) -> dict[str, list[float]]:
    """Passages a second in each round; who goes first changes, so that a machine that slows down is nobody's fault."""
    speeds: dict[str, list[float]] = {name: [] for name in engines}
    for embed in engines.values():
        await embed(texts[:4])
    order = list(engines)
    for _ in range(_ROUNDS):
        order.append(order.pop(0))
        for name in order:
            started = time.perf_counter()
            await engines[name](texts)
            speeds[name].append(len(texts) / (time.perf_counter() - started))
    return speeds


def _row(what: str, speeds: dict[str, list[float]], other: str, *, at_least: float = 0.97, note: str = "") -> Row:
    ratios = [mine / theirs for mine, theirs in zip(speeds["ours"], speeds[other], strict=True)]
    ratio = statistics.median(ratios)
    return Row(
        what,
        statistics.median(speeds["ours"]),
        "per s",
        f">= {at_least:g} of it",
        ratio >= at_least,
        statistics.median(speeds[other]),
        ratio,
        note or f"rounds {min(ratios):.2f} to {max(ratios):.2f}",
    )


def _direct(path: Path) -> Embed:
    """The library as anybody would use it: one session with a thread for every core, a passage a run."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import numpy as np
    import onnxruntime

    from modules.llm_manager.infra.onnx_runtime.metadata import VOCABULARY
    from modules.llm_manager.infra.onnx_runtime.wordpiece import WordPiece

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = physical_cores()
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    words = WordPiece(session.get_modelmeta().custom_metadata_map[VOCABULARY].splitlines(), 512)

    async def embed(texts: list[str]) -> list[Any]:
        return [session.run(None, {"ids": np.array([words.ids(text)], dtype=np.int32)})[0] for text in texts]

    return embed


def _texts() -> list[str]:
    documents = sorted((_REPOSITORY / "docs").rglob("*.md"))
    words = re.findall(r"\S+", "\n".join(path.read_text("utf-8") for path in documents))
    return [" ".join(words[number * _WORDS : (number + 1) * _WORDS]) for number in range(_PASSAGES)]
