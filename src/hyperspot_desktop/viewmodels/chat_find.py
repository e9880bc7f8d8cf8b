"""Finding words within the conversation that is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients

SHORTEST_FIND = 2
MOST_FOUND = 200


class ChatFind:
    """The messages that match, newest first, and which of them is looked at."""

    def __init__(self, bridge: Bridge, show: Callable[[str], None], failed: Callable[[Failure], None]) -> None:
        """``show`` is given the id of the message to go to, or "" when only the count changed."""
        self._bridge = bridge
        self._show = show
        self._failed = failed
        self._query = ""
        self._found: list[str] = []
        self._at = -1
        self._call: Call[Any] | None = None

    @property
    def text(self) -> str:
        """2 / 5, or that there is none; "" while too little is typed."""
        if len(self._query) < SHORTEST_FIND:
            return ""
        return f"{self._at + 1} / {len(self._found)}" if self._found else tr("none")

    def look_for(self, query: str, conversation_id: UUID | None) -> None:
        """Begin anew; an older question is dropped."""
        if self._call is not None:
            self._call.cancel()
        self._query, self._found, self._at = query.strip(), [], -1
        self._show("")
        if conversation_id is None or len(self._query) < SHORTEST_FIND:
            return
        wanted, within = self._query, conversation_id

        async def search(clients: Clients) -> list[str]:
            hits = await clients.chat.search(clients.ctx, wanted, limit=MOST_FOUND, conversation_id=within)
            hits.sort(key=lambda hit: hit.created_at, reverse=True)
            return [str(hit.message_id) for hit in hits]

        self._call = self._bridge.call(search, self._arrived, self._failed)

    def step(self, step: int) -> None:
        """The next match (1) or the one before (-1), around the end."""
        if self._found:
            self._at = (self._at + step) % len(self._found)
            self._show(self._found[self._at])

    def _arrived(self, found: list[str]) -> None:
        self._found = found
        if found:
            self.step(1)
        else:
            self._show("")
