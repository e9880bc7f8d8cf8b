"""Judging texts by a cross-encoder: the scores are those of the model's arithmetic."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from modules.llm_manager.contract import EngineMessage, SamplingParams, WrongPurpose
from modules.llm_manager.infra.gguf import read_header
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.session import LlamaCppSession
from tests.modules.llm_manager.cross_encoder import CONTEXT, WIDTH, CrossEncoder
from tests.modules.llm_manager.infra.llama_cpp.conftest import installed

pytestmark = pytest.mark.engine

QUERY = "winter harbour ?"
TEXTS = ["boats , cats .", "harbour light", "stone river bread .", "", "unknown thing"]


@pytest.fixture(scope="module")
def judge() -> CrossEncoder:
    return CrossEncoder()


@pytest.fixture
async def session(judge: CrossEncoder, factory: LlamaCppFactory, tmp_path: Path) -> AsyncIterator[LlamaCppSession]:
    path = judge.write(tmp_path / "judge.gguf")
    model = replace(installed(path), purpose="reranking", context_length=CONTEXT, embedding_length=WIDTH)
    engine = await factory.start(model, context_length=CONTEXT)
    yield engine
    await engine.stop()


async def test_scores_are_those_of_the_reference(session: LlamaCppSession, judge: CrossEncoder) -> None:
    known = TEXTS[:4]
    scores = await session.rerank(QUERY, known)
    assert scores == pytest.approx([judge.score(QUERY, text) for text in known], abs=0.02)
    assert len(set(scores)) == len(known)


async def test_what_is_too_long_is_cut_and_the_query_never_takes_all(
    session: LlamaCppSession, judge: CrossEncoder
) -> None:
    frame, room = judge.tokens(""), CONTEXT
    asked = judge.tokens("winter " * 100)[1 : 1 + room // 2]
    read = judge.tokens("river " * 100)[1 : 1 + room - len(asked) - 3]
    [score] = await session.rerank("winter " * 100, ["river " * 100])
    assert score == pytest.approx(judge.score_ids([frame[0], *asked, frame[1], *read, frame[1]]), abs=0.02)


async def test_texts_are_judged_one_by_one_in_their_order(session: LlamaCppSession) -> None:
    together = await session.rerank(QUERY, TEXTS)
    alone = [(await session.rerank(QUERY, [text]))[0] for text in TEXTS]
    assert together == pytest.approx(alone, abs=1e-5)
    assert await session.rerank(QUERY, []) == []


async def test_it_does_nothing_else(session: LlamaCppSession, embedder: LlamaCppSession) -> None:
    with pytest.raises(WrongPurpose):
        await session.embed(["x"])
    with pytest.raises(WrongPurpose):
        await anext(session.chat([EngineMessage("user", "hi")], SamplingParams()))
    with pytest.raises(WrongPurpose, match="judge"):
        await embedder.rerank("x", ["y"])


async def test_its_header_says_what_it_is_for(judge: CrossEncoder, tmp_path: Path) -> None:
    header = read_header(judge.write(tmp_path / "judge.gguf"))
    assert (header.pooling, header.context_length) == (4, CONTEXT)


async def test_texts_are_counted_in_tokens(session: LlamaCppSession, judge: CrossEncoder) -> None:
    assert await session.count_texts(TEXTS[:4]) == [len(judge.tokens(text)) - 2 for text in TEXTS[:4]]
