"""Writes an answer from the conversation's documents: rag finds and asks, chat streams and keeps."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import cast
from uuid import UUID

from modkit.security import SecurityContext
from modules.chat.contract import ChatMessage, Conversation, NotPossible
from modules.chat.domain.answers.notes import Notes, Task
from modules.chat.domain.answers.running import RunningAnswer
from modules.chat.domain.cited import without_citations
from modules.chat.domain.context import Prompt, Window
from modules.chat.domain.text import clean_piece
from modules.llm_gateway.contract import FinishReason
from modules.rag.contract import (
    AnswerDone,
    AnswerPiece,
    AnswerProgress,
    AskEvent,
    PassagesChosen,
    Question,
    RagClient,
    Turn,
)

_OUTPUT_TOKENS = 512
"""The longest answer when the conversation does not say: passages need the room."""


class FromDocuments:
    """Answers by rag. ``rag`` is asked for at every answer: the program can run without documents."""

    def __init__(self, rag: Callable[[], RagClient | None]) -> None:
        self._rag = rag

    def client(self) -> RagClient:
        """What can be asked.

        Raises:
            NotPossible: the program runs without documents.
        """
        rag = self._rag()
        if rag is None:
            raise NotPossible("The documents of this answer are not there now.", action="Regenerate it instead.")
        return rag

    async def collections(self, ctx: SecurityContext, conversation: Conversation) -> tuple[UUID, ...]:
        """The conversation's collections that are still there."""
        rag = self._rag() if conversation.collections else None
        if rag is None:
            return ()
        there = {one.id for one in await rag.collections(ctx)}
        return tuple(one for one in conversation.collections if one in there)

    async def write(
        self,
        task: Task,
        collections: tuple[UUID, ...],
        branch: Sequence[ChatMessage],
        window: Window,
        running: RunningAnswer,
        notes: Notes,
    ) -> None:
        """Stream the answer to the last user message of ``branch``; ``collections`` matter only without passages.

        Raises:
            NotPossible: the program runs without documents.
        """
        question = _question(task, collections, branch)
        notes.prompt = Prompt((), window, 0, exact=False, dropped=0)
        async with aclosing(self.client().ask(running.ctx, question)) as events:
            await _follow(events, window, running, notes)


async def _follow(events: AsyncGenerator[AskEvent, None], window: Window, running: RunningAnswer, notes: Notes) -> None:
    async for event in events:
        match event:
            case AnswerProgress():
                running.progress(event.note, event.done, event.total)
            case PassagesChosen():
                tokens = event.trace.tokens if event.trace is not None else None
                notes.prompt = Prompt((), window, tokens or 0, exact=False, dropped=0)
                running.give(event.passages, event.trace)
            case AnswerPiece():
                notes.first_s = notes.first_s or time.monotonic()
                notes.pieces += 1
                running.push(clean_piece(event.text))
            case AnswerDone():
                notes.usage = event.usage or notes.usage
                notes.finish_reason = cast(FinishReason, event.finish_reason)
                notes.final_text, notes.citations = clean_piece(event.text), event.citations


def _question(task: Task, collections: tuple[UUID, ...], branch: Sequence[ChatMessage]) -> Question:
    earlier, begun = (branch[:-1], branch[-1].content) if task.continue_last else (branch, "")
    *history, asked = [one for one in earlier if one.content]
    params = task.conversation.params
    return Question(
        text=asked.content,
        collections=collections,
        model=task.model.id,
        max_output_tokens=params.max_output_tokens or _OUTPUT_TOKENS,
        history=tuple(map(_turn, history)),
        instructions=task.conversation.system_prompt,
        temperature=params.temperature,
        seed=params.seed,
        conversation_key=str(task.conversation.id),
        passages=task.passages,
        begun=begun,
    )


def _turn(message: ChatMessage) -> Turn:
    if message.role == "assistant":
        return Turn("assistant", without_citations(message.content))
    return Turn("user", message.content)
