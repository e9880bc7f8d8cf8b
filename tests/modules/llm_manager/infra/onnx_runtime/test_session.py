"""The 8-bit embedder in its child: as near to the original as promised, locked in, restarted when it dies."""

from __future__ import annotations

import asyncio
import math
import os
import re
import signal
from pathlib import Path

import pytest

from modules.llm_manager.contract import (
    EngineDied,
    EngineMessage,
    ModelFileMissing,
    ModelLoadFailed,
    SamplingParams,
    WrongPurpose,
)
from modules.llm_manager.infra.onnx_runtime.factory import OnnxRuntimeFactory
from modules.llm_manager.infra.onnx_runtime.session import OnnxSession
from tests.modules.llm_manager.bert_reference import MiniLm
from tests.modules.llm_manager.infra.onnx_runtime.conftest import installed
from tests.support.starter import REPOSITORY

pytestmark = pytest.mark.engine

_NEAREST = 0.987
_WORDS = re.compile(r"[a-z]+|[.,]")


def real_texts() -> list[str]:
    """Paragraphs of the product's own documentation, in words the plain reference can tell apart."""
    paragraphs = re.split(r"\n\s*\n", (REPOSITORY / "docs" / "user-guide.md").read_text("utf-8"))
    return [" ".join(_WORDS.findall(one.lower())[:120]) for one in paragraphs if len(one) > 200][:12]


def cosine(one: list[float], other: object) -> float:
    return sum(a * float(b) for a, b in zip(one, other, strict=True))  # type: ignore[call-overload]  # a NumPy row


@pytest.mark.slow
async def test_vectors_are_near_those_of_the_original_in_full_precision(
    session: OnnxSession, minilm_folder: Path
) -> None:
    reference = MiniLm(minilm_folder)
    texts = real_texts()
    vectors = await session.embed(texts)
    assert len(texts) == 12
    assert min(cosine(*pair) for pair in zip(vectors, map(reference.embed, texts), strict=True)) >= _NEAREST


async def test_tokens_are_those_of_the_original(session: OnnxSession, minilm_folder: Path) -> None:
    text = "the unbelievable harbour master rereads his handbook , twice"
    assert await session.tokenize(text) == MiniLm(minilm_folder).tokens(text)[1:-1]
    assert await session.tokenize("Thé UNBELIEVABLE harbour") == await session.tokenize("the unbelievable harbour")
    assert await session.count_texts([text, "", "one"]) == [len(await session.tokenize(text)), 0, 1]


async def test_vectors_come_in_the_order_of_the_texts_and_have_length_one(session: OnnxSession) -> None:
    texts = ["a cat", "a much longer text about a dog " * 20, "", "boats\ud800 in a harbour", "word " * 5_000]
    together = await session.embed(texts)
    alone = [(await session.embed([text]))[0] for text in texts]
    assert [cosine(*pair) for pair in zip(together, alone, strict=True)] == pytest.approx([1.0] * 5, abs=1e-5)
    assert [math.hypot(*vector) for vector in together] == pytest.approx([1.0] * 5, abs=1e-5)
    assert await session.embed([]) == []


async def test_a_text_over_the_context_is_cut_at_its_end(session: OnnxSession) -> None:
    long, longer = await session.embed(["boat " * 510, "boat " * 510 + "castle " * 400])
    assert cosine(long, longer) == pytest.approx(1.0, abs=1e-5)


async def test_one_core_has_to_do_while_somebody_waits_for_an_answer(embedder_path: Path) -> None:
    busy = True
    asked: list[bool] = []

    def is_busy() -> bool:
        asked.append(busy)
        return busy

    session = await OnnxRuntimeFactory(is_busy, cores=2).start(installed(embedder_path), context_length=512)
    try:
        slow = await session.embed(["one", "two", "three"])
        busy = False
        assert await session.embed(["one", "two", "three"]) == slow
        assert asked == [True, False]
    finally:
        await session.stop()


async def test_it_does_nothing_but_embed(session: OnnxSession) -> None:
    with pytest.raises(WrongPurpose, match="vectors for search"):
        await anext(session.chat([EngineMessage("user", "hi")], SamplingParams()))
    with pytest.raises(WrongPurpose):
        await anext(session.complete("hi", SamplingParams()))
    with pytest.raises(WrongPurpose):
        await session.rerank("hi", ["ho"])
    with pytest.raises(WrongPurpose):
        await session.count_tokens([EngineMessage("user", "hi")])


async def test_its_child_is_fully_locked_in(session: OnnxSession) -> None:
    report = await session.sandbox_report()
    assert report.level == "full", report.failed


async def test_stats_tell_what_it_uses(session: OnnxSession) -> None:
    await session.embed(["one", "two"])
    stats = await session.stats()
    assert (stats.context_length, stats.requests, stats.cached_tokens) == (512, 2, 0)
    assert 20_000_000 < stats.resident_bytes < 400_000_000
    assert session.loaded.engine == "onnxruntime"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process the POSIX way")
async def test_a_child_that_died_is_started_again_for_the_next_call(session: OnnxSession) -> None:
    [before] = await session.embed(["a cat"])
    os.kill(session.loaded.pid, signal.SIGKILL)
    await session.wait_ended()
    assert not session.alive
    assert (await session.embed(["a cat"]))[0] == before
    assert session.alive


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills a process the POSIX way")
async def test_a_child_that_dies_at_work_is_said(session: OnnxSession) -> None:
    working = asyncio.ensure_future(session.embed(["word " * 500] * 400))
    await session.tokenize("the work before is under way")
    os.kill(session.loaded.pid, signal.SIGKILL)
    with pytest.raises(EngineDied):
        await working


async def test_what_is_no_graph_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(b"no graph at all")
    with pytest.raises(ModelLoadFailed, match=r"cannot load broken\.onnx"):
        await OnnxRuntimeFactory(cores=1).start(installed(path), context_length=512)


async def test_a_file_that_is_gone_is_said(embedder_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "gone.onnx"
    path.write_bytes(b"")
    model = installed(path)
    path.unlink()
    with pytest.raises(ModelFileMissing, match="not there any more"):
        await OnnxRuntimeFactory(cores=1).start(model, context_length=512)


async def test_stopped_it_stays_stopped(session: OnnxSession) -> None:
    await session.stop()
    await session.stop()
    with pytest.raises(EngineDied, match="unloaded"):
        await session.embed(["x"])
