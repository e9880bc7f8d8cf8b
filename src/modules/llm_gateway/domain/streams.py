"""Reading a provider's stream within limits, and closing it for sure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from modules.llm_gateway.contract import ProviderTimeout

T = TypeVar("T")


@asynccontextmanager
async def closing(stream: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """Leave the block and the stream is closed: that is what stops a generation."""
    try:
        yield stream
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()


class Deadlines:
    """Limits of one answer: until its first piece, and in all. Seconds; None means no limit."""

    def __init__(self, first_s: float | None, total_s: float | None) -> None:
        self._started = asyncio.get_running_loop().time()
        self._first_s = first_s
        self._total_s = total_s
        self._begun = False

    async def next_of(self, stream: AsyncIterator[T]) -> T:
        """The next item.

        Raises:
            ProviderTimeout: a limit passed.
            StopAsyncIteration: there is none.
        """
        limits = [self._total_s, None if self._begun else self._first_s]
        seconds = min((limit for limit in limits if limit is not None), default=None)
        try:
            async with asyncio.timeout_at(None if seconds is None else self._started + seconds) as timeout:
                item = await anext(stream)
        except TimeoutError as error:
            if not timeout.expired():
                raise
            waited = "the whole answer" if self._begun else "the first piece of the answer"
            raise ProviderTimeout(f"The model took longer than {seconds:g} s for {waited}.") from error
        self._begun = True
        return item
