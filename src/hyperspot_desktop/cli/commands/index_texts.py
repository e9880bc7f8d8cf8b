"""How collections, their files and the pace of reading are shown in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hyperspot_desktop.cli.output import Output, day_text
from modules.rag.contract import CollectionOverview, CoverageReport, FileState, IndexingPace, Pace

_STATES = {
    FileState.QUEUED: "queued",
    FileState.INDEXED: "indexed",
    FileState.WITHOUT_VECTORS: "indexed without vectors yet",
    FileState.SKIPPED: "skipped",
    FileState.NEEDS_OCR: "needs OCR",
    FileState.UNREADABLE: "could not be read",
    FileState.AWAY: "away",
    FileState.REMOVED: "removed",
}
_PACES = {
    Pace.GENTLE: "gentle: one file at a time, with rests",
    Pace.BALANCED: "balanced",
    Pace.FULL: "full: as fast as this computer can",
}


def print_overviews(out: Output, overviews: Sequence[CollectionOverview], *, trash: bool) -> None:
    if not overviews:
        empty = "The trash is empty." if trash else "No collection yet."
        out.line(empty if trash else f"{empty} Make one: hyperspot index add FOLDER --collection NAME")
        return
    heads = ("collection", "files", "passages", "sources", "states", "thrown away" if trash else "now")
    out.table(heads, list(map(_row, overviews)))


def _row(one: CollectionOverview) -> tuple[str, ...]:
    if one.deleted_at is not None:
        now = day_text(one.deleted_at)
    else:
        share = f" ({one.done} of {one.total} files)" if one.doing and one.total else ""
        now = one_line(one.doing) + share
    away = sum(source.away for source in one.sources)
    watched = sum(source.watched for source in one.sources)
    notes = [f"{count} {text}" for count, text in ((watched, "watched"), (away, "away")) if count]
    sources = f"{len(one.sources)}{_in_brackets(notes)}"
    return one.collection.name, str(one.files), str(one.passages), sources, counts_text(one.counts), now


def print_pace(out: Output, pace: IndexingPace) -> None:
    out.line(f"Pace of indexing: {_PACES[pace.pace]}.")
    if pace.waits_for:
        out.line(pace.waits_for)
    if pace.paused:
        out.line("Go on with: hyperspot index resume")


def print_report(out: Output, report: CoverageReport) -> None:
    for source in report.sources:
        notes = [text for text, there in (("away", source.away), ("watched", source.watched)) if there]
        out.line(f"{one_line(str(source.path))}{_in_brackets(notes)}")
    rows = [(_STATES[one.state], str(one.passages), one_line(str(one.path)), one.reason) for one in report.files]
    if rows:
        out.table(("state", "passages", "file", "reason"), rows)
    out.line(f"{len(report.files)} files: {counts_text(report.counts)}")


def counts_text(counts: Mapping[FileState, int]) -> str:
    return ", ".join(f"{count} {_STATES[state]}" for state, count in sorted(counts.items())) or "nothing"


def _in_brackets(notes: Sequence[str]) -> str:
    return f" ({', '.join(notes)})" if notes else ""


def one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", errors="replace").decode().split())
