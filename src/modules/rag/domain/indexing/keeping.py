"""Stores what files gave, several at once: a small file costs far less than a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence

from modkit.security import SecurityContext
from modules.local_search_index.contract import IndexDocument, InvalidDocument, LocalSearchIndexClient, NewPassage
from modules.rag.domain.documents import document_of
from modules.rag.domain.indexing.reading import Outcome, without_index
from modules.rag.domain.ports import RagStore

_Document = tuple[IndexDocument, Sequence[NewPassage]]


class Keeper:
    """First the index, then the records: ended in between, the files are read and put again, which changes nothing."""

    def __init__(self, store: RagStore, index: LocalSearchIndexClient) -> None:
        self._store = store
        self._index = index

    async def keep(self, ctx: SecurityContext, outcomes: Sequence[Outcome]) -> None:
        """When this returns, none of the files has to be read again."""
        kept = await self._put(ctx, outcomes)
        # Also when none are remembered: a run that was ended in between may have put some.
        lost = [one.record.id for one in kept if one.passages is not None and not one.passages]
        if lost and (there := await self._index.revisions(ctx, lost)):
            await self._index.delete(ctx, list(there))
        await self._store.save_files(ctx, [one.record for one in kept])

    async def _put(self, ctx: SecurityContext, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        try:
            if documents := _documents(outcomes):
                await self._index.put_many(ctx, documents)
        except InvalidDocument as error:
            if len(outcomes) == 1:
                return [without_index(outcomes[0], error.sentence)]
            # One of them is refused; which one shows when each is put by itself.
            return [kept for one in outcomes for kept in await self._put(ctx, [one])]
        return outcomes


def _documents(outcomes: Sequence[Outcome]) -> list[_Document]:
    return [(document_of(one.record), one.passages) for one in outcomes if one.passages]
