"""Collections as cards: how much is in them, and what is being done with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyperspot_desktop.viewmodels.text import amount, number, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.rag.contract import CollectionOverview, IndexingPace

TROUBLES = ("could_not_be_read", "needs_ocr")
"""States of files that a person may want to look at."""


@dataclass(frozen=True, slots=True)
class CollectionCard:
    """``status`` is ready, working, paused, waiting or away; ``folder`` is the first thing that was added."""

    collection_id: str
    name: str
    detail: str
    status: str
    status_text: str
    doing: str
    progress: float
    progress_known: bool
    working: bool
    trouble_text: str
    watched: bool
    watchable: bool
    folder: str
    files: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One file or folder that was added to a collection."""

    path: str
    name: str
    state_text: str
    watched: bool
    away: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything the cards are made from, read in one go on the host."""

    here: list[CollectionOverview]
    pace: IndexingPace


async def read_shelf(clients: Clients) -> Shelf:
    return Shelf(await clients.rag.overview(clients.ctx), await clients.rag.pace(clients.ctx))


def detail_of(seen: CollectionOverview) -> str:
    return "  ·  ".join(
        (amount(seen.files, "1 file", "%1 files"), amount(seen.passages, "1 passage", "%1 passages")),
    )


def card_of(seen: CollectionOverview, pace: IndexingPace) -> CollectionCard:
    away = bool(seen.sources) and all(source.away for source in seen.sources)
    working = seen.job_id is not None
    status = _status(working, away, pace)
    return CollectionCard(
        collection_id=str(seen.collection.id),
        name=seen.collection.name,
        detail=detail_of(seen),
        status=status,
        status_text=_status_text(status, seen, pace),
        doing=seen.doing,
        progress=seen.done / seen.total if seen.total else 0.0,
        progress_known=bool(seen.total),
        working=working,
        trouble_text=_trouble(seen),
        watched=any(source.watched for source in seen.sources),
        watchable=bool(seen.sources),
        folder=str(seen.sources[0].path) if seen.sources else "",
        files=seen.files,
    )


def cards_of(shelf: Shelf) -> list[CollectionCard]:
    return [card_of(seen, shelf.pace) for seen in shelf.here]


def _status(working: bool, away: bool, pace: IndexingPace) -> str:
    if not working:
        return "away" if away else "ready"
    if pace.paused:
        return "paused"
    return "waiting" if pace.waits_for else "working"


def _status_text(status: str, seen: CollectionOverview, pace: IndexingPace) -> str:
    if status == "away":
        return tr("Away: its folder is not there now")
    if status == "ready":
        return _ready_text(seen)
    counted = f"  {number(seen.done)} / {number(seen.total)}" if seen.total else ""
    if status == "paused":
        return tr("Paused") + counted
    if status == "waiting":
        return pace.waits_for
    return tr("Indexing") + counted if counted else seen.doing or tr("Looking for files")


def _ready_text(seen: CollectionOverview) -> str:
    if not seen.files:
        return tr("Nothing to read in it yet")
    by_words = any(str(state) == "indexed_without_vectors" and count for state, count in seen.counts.items())
    return tr("By words only") if by_words else tr("Up to date")


def _trouble(seen: CollectionOverview) -> str:
    troubled = sum(count for state, count in seen.counts.items() if str(state) in TROUBLES)
    return amount(troubled, "1 needs attention", "%1 need attention") if troubled else ""


def source_rows(seen: CollectionOverview | None) -> list[SourceRow]:
    """What was added to a collection, in the order of its paths."""
    sources = sorted(seen.sources, key=lambda source: str(source.path)) if seen is not None else []
    return [
        SourceRow(
            path=str(source.path),
            name=source.path.name or str(source.path),
            state_text=tr("Away") if source.away else tr("Changes are noticed") if source.watched else "",
            watched=source.watched,
            away=source.away,
        )
        for source in sources
    ]
