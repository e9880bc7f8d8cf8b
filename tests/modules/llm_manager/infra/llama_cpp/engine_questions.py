"""Questions to real engines, and what their answers tell."""

from __future__ import annotations

from modules.llm_manager.contract import EngineChunk, EngineMessage, SamplingParams, Timings
from modules.llm_manager.infra.llama_cpp.session import LlamaCppSession

GREEDY = SamplingParams(temperature=0.0, max_output_tokens=12)
FRANCE = [EngineMessage("user", "What is the capital of France? Answer in one short sentence.")]


async def answer(
    session: LlamaCppSession, messages: list[EngineMessage], params: SamplingParams = GREEDY, *, key: str | None = None
) -> tuple[str, EngineChunk]:
    """The whole text and the last chunk."""
    chunks = [chunk async for chunk in session.chat(messages, params, conversation_key=key)]
    return "".join(chunk.text for chunk in chunks), chunks[-1]


def timings(chunk: EngineChunk) -> Timings:
    assert chunk.timings is not None
    return chunk.timings


def long_question(topic: str, words: int = 30) -> list[EngineMessage]:
    return [EngineMessage("user", f"{topic}: " + " ".join(f"{topic}{number}" for number in range(words)))]
