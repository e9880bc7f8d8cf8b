"""What a model says of one file after the other, and of all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from modkit.security import SecurityContext
from modules.llm_gateway.contract import ChatRequest, LlmGatewayClient, Message, Params, Usage
from modules.rag.contract import Citation, Question
from modules.rag.domain.answers.checking import Checker
from modules.rag.domain.answers.embedded import quoted
from modules.rag.domain.answers.model_sizes import ModelSizes
from modules.rag.domain.answers.prompt import fenced
from modules.rag.domain.answers.support import with_quote
from modules.rag.domain.language.digest import main_sentence
from modules.rag.domain.whole_collection.files import Excerpt
from modules.rag.domain.whole_collection.texts import ALL_DOCUMENTS, ONE_DOCUMENT

_TOKENS_OF_A_FILE = 120
_CHARACTERS_PER_TOKEN = 3
_SHARE = 2
"""Of the window, a half is for the excerpts; the rest for rules, question and answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """Text with its citations, and what it cost; empty when there was nothing to say."""

    text: str
    citations: tuple[Citation, ...] = ()
    usage: Usage | None = None


class FileByFile:
    """Small models are not asked: the file's own main sentence stands for it."""

    def __init__(self, gateway: LlmGatewayClient, models: ModelSizes, checker: Checker) -> None:
        self._gateway = gateway
        self._models = models
        self._checker = checker

    async def said(self, ctx: SecurityContext, model: str, question: Question, excerpt: Excerpt) -> Said:
        """One or two sentences about a file, with the citations that back them."""
        if await self._models.is_small(ctx, model):
            return _main(excerpt)
        room = await self._gateway.context_window(ctx, model) // _SHARE * _CHARACTERS_PER_TOKEN
        told = "\n".join(_within(excerpt.citations, room))
        said = await self._asked(ctx, model, question, ONE_DOCUMENT, told, _TOKENS_OF_A_FILE)
        checked = await self._checker.checked(ctx, " ".join(said.text.split()), excerpt.citations, question.text)
        if not checked.citations:
            return replace(_main(excerpt), usage=said.usage)
        return Said(checked.text, checked.citations, said.usage)

    async def compared(
        self, ctx: SecurityContext, model: str, question: Question, lines: str, passages: Sequence[Citation]
    ) -> Said:
        """A few sentences about all of the files, from what was said of each."""
        if await self._models.is_small(ctx, model):
            return Said("")
        room = await self._gateway.context_window(ctx, model) // _SHARE * _CHARACTERS_PER_TOKEN
        said = await self._asked(ctx, model, question, ALL_DOCUMENTS, lines[:room], question.max_output_tokens)
        checked = await self._checker.checked(ctx, said.text.strip(), passages, question.text)
        return Said(checked.text, checked.citations, said.usage)

    async def _asked(
        self, ctx: SecurityContext, model: str, question: Question, rules: str, told: str, tokens: int
    ) -> Said:
        messages = (Message.of("system", rules), Message.of("user", f"{told}\n\n{question.text.strip()}"))
        temperature = 0.0 if question.temperature is None else question.temperature
        params = Params(temperature=temperature, max_output_tokens=tokens, seed=question.seed)
        response = await self._gateway.chat(ctx, ChatRequest(model, messages, params))
        return Said(response.text, usage=response.usage)


def _main(excerpt: Excerpt) -> Said:
    """The sentence of the file that says most of what it is about, quoted."""
    found = main_sentence(excerpt.citations)
    if found is None:
        return Said("—")
    passage, sentence = found
    return Said(f"{quoted(sentence)} [{passage.number}]", (with_quote(passage, sentence),))


def _within(passages: Sequence[Citation], characters: int) -> list[str]:
    """Each fenced, shortened evenly when they are too long together."""
    share = max(1, characters // max(1, len(passages)))
    return [fenced(one.number, one.file_name, one.page, one.heading_path, one.text[:share]) for one in passages]


def added(one: Usage | None, other: Usage | None) -> Usage | None:
    """The cost of both."""
    if one is None or other is None:
        return one or other
    return replace(
        one,
        input_tokens=one.input_tokens + other.input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        cached_tokens=one.cached_tokens + other.cached_tokens,
        total_ms=one.total_ms + other.total_ms,
    )
