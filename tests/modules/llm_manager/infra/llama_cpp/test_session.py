"""A real model in a real child: what it keeps between requests, and requests that are left. A fresh child for each."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from modules.llm_manager.contract import (
    EngineMessage,
    InstalledModel,
    SamplingParams,
)
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.session import LlamaCppSession
from tests.modules.llm_manager.infra.llama_cpp.engine_questions import FRANCE, answer, long_question, timings

pytestmark = pytest.mark.engine


async def test_the_same_seed_gives_the_same_text(session: LlamaCppSession) -> None:
    params = SamplingParams(temperature=1.2, seed=7, max_output_tokens=12)
    first, _ = await answer(session, FRANCE, params)
    again, _ = await answer(session, FRANCE, params)
    other, _ = await answer(session, FRANCE, SamplingParams(temperature=1.2, seed=8, max_output_tokens=12))
    assert (first == again, first == other) == (True, False)


async def test_closing_the_iterator_frees_the_engine_at_once(session: LlamaCppSession) -> None:
    endless = SamplingParams(temperature=1.0, seed=1, max_output_tokens=100_000)
    async with aclosing(session.chat(FRANCE, endless, conversation_key="a")) as chunks:
        first = await anext(chunks)
    _, last = await answer(session, FRANCE, key="a")
    assert first.text
    assert timings(last).cached_tokens == timings(last).prompt_tokens - 1


async def test_a_long_prompt_can_be_left_while_it_is_read(session: LlamaCppSession) -> None:
    reading = asyncio.create_task(answer(session, long_question("river", 250)))
    while (await session.stats()).requests < 1:
        await asyncio.sleep(0.01)
    reading.cancel()
    await asyncio.wait([reading])
    text, _ = await answer(session, FRANCE, SamplingParams(temperature=0.0))
    assert (reading.cancelled(), "Paris" in text) == (True, True)


async def test_the_next_turn_reads_only_what_is_new(session: LlamaCppSession) -> None:
    question = long_question("river")
    text, first = await answer(session, question, key="a")
    more = [*question, EngineMessage("assistant", text), EngineMessage("user", "And the sea?")]
    _, second = await answer(session, more, key="a")
    assert timings(first).cached_tokens == 0
    assert timings(second).cached_tokens >= timings(first).prompt_tokens - 2


async def test_returning_to_one_of_the_last_four_conversations_reads_nothing_again(session: LlamaCppSession) -> None:
    topics = ("river", "stone", "cloud", "bread")
    for topic in topics:
        await answer(session, long_question(topic), key=topic)
    in_memory, _ = await answer(session, long_question("bread"), key="bread")
    again = [await answer(session, long_question(topic), key=topic) for topic in topics]
    unread = [timings(last).prompt_tokens - timings(last).cached_tokens for _, last in again]
    assert unread == [1, 1, 1, 1]
    assert again[-1][0] == in_memory


async def test_the_context_ends_an_answer_with_length_and_no_error(
    factory: LlamaCppFactory, chat_model: InstalledModel
) -> None:
    session = await factory.start(chat_model, context_length=256)
    story = [EngineMessage("user", "Write a very long story about the sea, a storm and a ship.")]
    _, last = await answer(session, story, SamplingParams(temperature=0.0))
    await session.stop()
    told = timings(last)
    assert last.finish_reason == "length"
    assert told.prompt_tokens + told.output_tokens == session.loaded.context_length


async def test_stats_tell_what_the_engine_keeps(session: LlamaCppSession) -> None:
    await answer(session, FRANCE, key="a")
    stats = await session.stats()
    assert (stats.context_length, stats.cached_sequences, stats.requests) == (1024, 1, 1)
    assert stats.resident_bytes > 50_000_000
