"""Whether somebody uses a chat model now: what may wait, waits for that."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class ChatUse:
    """Counts the uses that are under way. Belongs to one event loop."""

    def __init__(self) -> None:
        self._uses = 0
        self._none = asyncio.Event()
        self._none.set()

    @property
    def now(self) -> bool:
        return self._uses > 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """For the length of the block there is one more."""
        self._uses += 1
        self._none.clear()
        try:
            yield
        finally:
            self._uses -= 1
            if not self._uses:
                self._none.set()

    async def ended(self) -> None:
        """Return when there is none."""
        await self._none.wait()
