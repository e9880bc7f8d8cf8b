"""The host's half of the chat page: messages are read and rendered here, so that the window only draws.

asyncio is imported where it runs: the first frame does not wait for it.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from hyperspot_desktop.links import citation_link

if TYPE_CHECKING:
    import asyncio

    from hyperspot_desktop.clients import Clients
    from hyperspot_desktop.markdown import Block, StreamRenderer
    from modules.chat.contract import AnswerEvent, AnswerProgress, ChatMessage, ContextMeter, Conversation

FRAME_S = 0.016
REST_PER_WORK = 6
"""After an update the renderer rests this many times as long as it worked: a huge last block stays affordable."""
LARGE_TAIL = 8_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A message and what it looks like; ``blocks`` is empty for the user's own, which are shown as typed.

    ``progress`` is what is done for it while it has no text.
    """

    message: ChatMessage
    blocks: Sequence[Block] = ()
    progress: AnswerProgress | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a page needs to show a conversation."""

    conversation: Conversation
    shown: list[Shown]
    start: int
    total: int


@dataclass(frozen=True, slots=True)
class Update:
    """One step of a running answer. ``stable`` blocks at its beginning are those of the update before."""

    step: Literal["started", "progress", "text", "finished"]
    answer: Shown
    user: Shown | None = None
    meter: ContextMeter | None = None
    conversation: Conversation | None = field(default=None)


def _show(message: ChatMessage) -> Shown:
    from hyperspot_desktop.markdown import render

    return Shown(message, render(message.content, _cited(message)) if message.role == "assistant" else ())


def _cited(message: ChatMessage) -> dict[int, str]:
    """Where the numbers in an answer lead."""
    return {one.number: citation_link(message.id, one.number) for one in message.citations}


def _show_all(messages: Sequence[ChatMessage]) -> list[Shown]:
    return [_show(message) for message in messages]


async def load(clients: Clients, conversation_id: UUID, *, before: int | None = None, limit: int = 40) -> Opened:
    """A window of the active branch, rendered off the loop."""
    import asyncio

    conversation = await clients.chat.get(clients.ctx, conversation_id)
    page = await clients.chat.messages(clients.ctx, conversation_id, before=before, limit=limit)
    shown = await asyncio.to_thread(_show_all, page.messages)
    return Opened(conversation, shown, page.start, page.total)


async def _render(renderer: StreamRenderer, text: str) -> list[Block]:
    import asyncio

    if renderer.tail_length + len(text) > LARGE_TAIL:
        return await asyncio.to_thread(renderer.append, text)
    return renderer.append(text)


async def follow(events: AsyncIterator[AnswerEvent]) -> AsyncIterator[Update]:
    """A running answer as updates, at most one per frame, however fast its text arrives."""
    import asyncio

    arrived: asyncio.Queue[AnswerEvent | Exception | None] = asyncio.Queue()

    async def collect() -> None:
        try:
            async for event in events:
                arrived.put_nowait(event)
        except Exception as error:  # whatever it is, the page must say that the answer failed
            arrived.put_nowait(error)
        finally:
            arrived.put_nowait(None)

    collector = asyncio.create_task(collect(), name="collect an answer")
    try:
        async for update in _updates(arrived):
            yield update
    finally:
        collector.cancel()
        await asyncio.gather(collector, return_exceptions=True)
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()


async def _updates(arrived: asyncio.Queue[AnswerEvent | Exception | None]) -> AsyncIterator[Update]:
    import asyncio

    from hyperspot_desktop.markdown import StreamRenderer
    from modules.chat.contract import AnswerDelta, AnswerFinished, AnswerProgress, AnswerStarted

    renderer = StreamRenderer()
    message: ChatMessage | None = None
    while True:
        batch = [await arrived.get()]
        while not arrived.empty():
            batch.append(arrived.get_nowait())
        began = time.monotonic()
        text = "".join(event.text for event in batch if isinstance(event, AnswerDelta))
        for event in batch:
            if isinstance(event, AnswerStarted):
                message, renderer = event.answer, StreamRenderer(cited=_cited(event.answer))
                user = None if event.user_message is None else Shown(event.user_message)
                blocks = await _render(renderer, event.answer.content) if event.answer.content else []
                yield Update("started", Shown(event.answer, blocks), user, event.meter)
        progress = [event for event in batch if isinstance(event, AnswerProgress)]
        if progress and message is not None and not renderer.text:
            yield Update("progress", Shown(message, progress=progress[-1]))
        if text and message is not None:
            yield Update("text", Shown(message, await _render(renderer, text)))
        for event in batch:
            if isinstance(event, AnswerFinished):
                shown = await asyncio.to_thread(_show, event.answer)
                yield Update("finished", shown, meter=event.meter)
            elif isinstance(event, Exception):
                raise event
            elif event is None:
                return
        await asyncio.sleep(max(FRAME_S, REST_PER_WORK * (time.monotonic() - began)))
