"""The engine-neutral port to one loaded model; llama.cpp and ONNX Runtime are the plugins behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from modules.llm_manager.contract.models import EngineChunk, EngineMessage, EngineStats, LoadedModel, SamplingParams


class EngineSession(Protocol):
    """One loaded model. Generations on the same session run one after the other, in order of arrival."""

    @property
    def loaded(self) -> LoadedModel: ...

    def chat(
        self,
        messages: Sequence[EngineMessage],
        params: SamplingParams,
        *,
        conversation_key: str | None = None,
        continue_last: bool = False,
    ) -> AsyncIterator[EngineChunk]:
        """Render the model's own template and stream the answer; closing the iterator stops between two tokens.

        ``conversation_key`` names the cached prefix to reuse; the engine keeps at least the last four.
        ``continue_last`` goes on writing the last message (an assistant's) instead of opening a new turn.

        Raises:
            ContextOverflow: the rendered messages leave no room for a token.
            TemplateFailed: the template broke, tried something forbidden, or took too long.
            EngineDied: the child ended; text already streamed is valid.
        """

    def complete(self, prompt: str, params: SamplingParams) -> AsyncIterator[EngineChunk]:
        """Stream a plain continuation of ``prompt`` without a template."""

    async def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One L2-normalised vector per text; longer texts are cut at the model's context.

        Raises:
            WrongPurpose: the model is not an embedder.
        """

    async def rerank(self, query: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the query, larger is better; the scale is the model's own.

        What does not fit into the model's context together with the query is cut off at its end.

        Raises:
            WrongPurpose: the model is not a reranker.
        """

    async def tokenize(self, text: str) -> list[int]:
        """Token ids without added specials."""

    async def count_texts(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, without added specials; does not wait for work that is under way."""

    async def count_tokens(self, messages: Sequence[EngineMessage]) -> int:
        """Tokens of the rendered conversation, including the opening of the answer."""

    async def stats(self) -> EngineStats: ...
