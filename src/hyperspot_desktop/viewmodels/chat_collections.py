"""Which collections of documents a conversation is answered from, as the page offers and says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.text import number, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.rag.contract import Collection, CollectionChanged

Chosen = tuple[UUID, ...]
_NAMES_CHANGE = frozenset({"added", "updated", "trashed", "restored", "removed"})


class ChatCollections:
    """The user's collections by name, kept up to date while the window is open."""

    def __init__(self, bridge: Bridge, changed: Callable[[], None]) -> None:
        self._bridge = bridge
        self._changed = changed
        self._known: list[tuple[UUID, str]] = []
        self._read = False

    def start(self) -> None:
        """Read them, and again after every change."""
        self.refresh()
        self._bridge.stream(lambda clients: clients.rag.watch(clients.ctx), self._watched, failed=_ignore)

    def refresh(self) -> None:
        async def read(clients: Clients) -> list[Collection]:
            return await clients.rag.collections(clients.ctx)

        self._bridge.call(read, self._arrived, _ignore)

    def here(self, chosen: Chosen) -> Chosen:
        """Those of the chosen that still are there; all of them while that is not known."""
        known = {one for one, _ in self._known}
        return tuple(one for one in chosen if one in known) if self._read else chosen

    def text(self, chosen: Chosen) -> str:
        """ "Contracts", "3 collections", or "" for none."""
        here = self.here(chosen)
        names = [name for one, name in self._known if one in here]
        if len(here) == 1:
            return names[0] if names else tr("1 collection")
        return tr("%1 collections").replace("%1", number(len(here))) if here else ""

    def choices(self, chosen: Chosen) -> list[dict[str, Any]]:
        """Every collection for a menu, by name."""
        return [{"collectionId": str(one), "name": name, "chosen": one in chosen} for one, name in self._known]

    def named(self, name: str) -> Chosen:
        """The one of this name, or none."""
        return tuple(one for one, known in self._known if known == name)

    def toggled(self, chosen: Chosen, collection_id: str) -> Chosen:
        """With this one, or without it; those that are gone are left out."""
        wanted, here = UUID(collection_id), self.here(chosen)
        return tuple(one for one in here if one != wanted) if wanted in here else (*here, wanted)

    def _watched(self, changes: Sequence[CollectionChanged]) -> None:
        if any(change.change in _NAMES_CHANGE for change in changes):
            self.refresh()

    def _arrived(self, found: list[Collection]) -> None:
        self._read = True
        self._known = [(one.id, clean(one.name)) for one in found]
        self._changed()


def _ignore(failure: Failure) -> None:
    """The Documents page says what is wrong; here there is nothing to choose then."""
