"""The demo's documents: three collections, what their files are called, and what stands in some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from modules.rag.contract import Collection, CollectionOverview, FileState, IndexedFile, Source

HOME = Path("/home/sam/Documents")
NAMES = ("Report", "Minutes", "Proposal", "Invoice", "Letter", "Survey", "Handbook", "Budget")
TYPES = ("pdf", "docx", "md", "xlsx", "html", "pptx", "txt")


@dataclass(frozen=True, slots=True)
class DemoPassage:
    """A stretch of a file's text; ``start`` follows from the passages before it."""

    file_name: str
    page: int | None
    heading_path: tuple[str, ...]
    text: str


@dataclass(slots=True)
class DemoCollection:
    """A collection that changes in place."""

    collection: Collection
    sources: tuple[Source, ...]
    files: list[IndexedFile]
    passages: int
    job_id: UUID | None = None
    done: int = 0
    total: int | None = None
    doing: str = ""
    deleted_at: datetime | None = None

    def overview(self) -> CollectionOverview:
        counts: dict[FileState, int] = {}
        for file in self.files:
            counts[file.state] = counts.get(file.state, 0) + 1
        return CollectionOverview(
            self.collection,
            self.sources,
            counts,
            self.passages,
            self.job_id,
            self.done,
            self.total,
            self.doing,
            self.deleted_at,
        )


def demo_id(name: str) -> UUID:
    """The same for the same name, so that pictures and tests find things again."""
    return uuid5(NAMESPACE_URL, name)


def ago(*, days: float = 0, minutes: float = 0) -> datetime:
    return datetime.now(UTC) - timedelta(days=days, minutes=minutes)


def demo_file(
    source: Source,
    name: str,
    passages: int,
    changed: datetime,
    *,
    pages: int | None = None,
    state: FileState = FileState.INDEXED,
    reason: str = "",
) -> IndexedFile:
    path = source.path / name
    parser = "" if state is FileState.QUEUED else path.suffix.removeprefix(".")
    return IndexedFile(
        id=demo_id(str(path)),
        source_id=source.id,
        path=path,
        state=state,
        reason=reason,
        size=20_000 + 1_700 * passages,
        modified_at=changed,
        content_hash="",
        parser=parser,
        passages=passages,
        pages=pages,
        language="en" if passages else "",
    )


def demo_collection(name: str, *, watched: bool = True, away: bool = False) -> DemoCollection:
    collection = Collection(demo_id(name), name, ago(days=20))
    source = Source(demo_id(f"{name} source"), collection.id, HOME / name, away=away, watched=watched)
    return DemoCollection(collection, (source,), [], 0)


def fill(collection: DemoCollection, count: int, passages: int) -> None:
    """Add plausible files until there are ``count``; the last ones bring the passages to ``passages``."""
    source = collection.sources[0]
    have = sum(file.passages for file in collection.files)
    missing = max(1, count - len(collection.files))
    each = max(0, passages - have) // missing
    for number in range(missing):
        kind = TYPES[number % len(TYPES)]
        name = f"{NAMES[number % len(NAMES)]} {2026 - number % 9}-{number:04}.{kind}"
        pages = 2 + number % 40 if kind in ("pdf", "docx", "xlsx", "pptx") else None
        collection.files.append(demo_file(source, name, each, ago(days=13 + number % 700), pages=pages))
    collection.passages = passages


def contracts() -> DemoCollection:
    """Everything that can become of a file."""
    made = demo_collection("Contracts")
    source = made.sources[0]
    made.files = [
        demo_file(source, "MSA-2024.pdf", 212, ago(minutes=2), pages=48),
        demo_file(source, "Amendment-2.docx", 31, ago(minutes=2), pages=6),
        demo_file(source, "Pricing.xlsx", 57, ago(days=1), pages=4),
        demo_file(source, "Kick-off.pptx", 44, ago(days=1), pages=22),
        demo_file(
            source,
            "scan-0017.pdf",
            0,
            ago(),
            pages=3,
            state=FileState.NEEDS_OCR,
            reason="Its 3 pages are pictures without text.",
        ),
        demo_file(source, "minutes.md", 18, ago(days=4)),
        demo_file(
            source,
            "broken.pdf",
            0,
            ago(days=4),
            state=FileState.UNREADABLE,
            reason="The file is cut off in the middle.",
        ),
        demo_file(source, "handbook.html", 96, ago(days=10)),
        demo_file(
            source, "archive.bin", 0, ago(days=11), state=FileState.SKIPPED, reason="Nothing can read this type."
        ),
    ]
    fill(made, 128, 4_210)
    return made


def papers() -> DemoCollection:
    """One that is being read."""
    made = demo_collection("Research papers", watched=False)
    fill(made, 43, 9_874)
    made.files += [
        demo_file(
            made.sources[0], f"Preprint {n}.pdf", 0, ago(days=2), state=FileState.QUEUED, reason="It waits to be read."
        )
        for n in range(18)
    ]
    made.job_id, made.done, made.total = demo_id("a job"), 43, 61
    made.doing = "Reading Preprint 0.pdf"
    return made


def notes() -> DemoCollection:
    made = demo_collection("Notes")
    fill(made, 402, 1_133)
    return made


def shelves() -> list[DemoCollection]:
    return [contracts(), papers(), notes()]


def huge() -> list[DemoCollection]:
    """One of 10,000 files, to be scrolled."""
    made = demo_collection("Everything")
    fill(made, 10_000, 184_322)
    return [made]


def three_files() -> list[DemoCollection]:
    """The smallest that is something, on a drive that was taken away."""
    made = demo_collection("USB stick", away=True)
    made.files = [
        demo_file(
            made.sources[0], name, 12, ago(days=1), pages=4, state=FileState.AWAY, reason="Its folder is not there."
        )
        for name in ("Plan.pdf", "Offer.docx", "Letter.odt")
    ]
    made.passages = 36
    return [made]


def text_of(passages: Sequence[DemoPassage]) -> str:
    return "\n\n".join(passage.text for passage in passages)


PASSAGES = (
    DemoPassage(
        "MSA-2024.pdf",
        12,
        ("11. Term and termination", "11.1 Term"),
        "11.1 This Agreement commences on the Effective Date and continues until terminated under this section.",
    ),
    DemoPassage(
        "MSA-2024.pdf",
        12,
        ("11. Term and termination", "11.2 Termination for convenience"),
        "11.2 Either party may terminate this Agreement for convenience by giving the other party not less than sixty "
        "(60) days' written notice.",
    ),
    DemoPassage(
        "MSA-2024.pdf",
        13,
        ("11. Term and termination", "11.3 Termination for cause"),
        "11.3 Either party may terminate with immediate effect if the other commits a material breach which is not "
        "remedied within thirty (30) days of notice.",
    ),
    DemoPassage(
        "MSA-2024.pdf",
        13,
        ("11. Term and termination", "11.4 Prepaid fees"),
        "11.4 On termination for convenience the Supplier refunds prepaid fees pro rata within forty-five (45) days.",
    ),
    DemoPassage(
        "Amendment-2.docx",
        3,
        ("Changes to section 11",),
        "The notice period in section 11.2 is extended to ninety (90) days for services that need a hand-over.",
    ),
    DemoPassage(
        "Pricing.xlsx",
        2,
        ("Rates 2026",),
        "Service | Unit | Price | Notice\nSupport, standard | month | 1,200 EUR | 30 days\n"
        "Support, premium | month | 2,900 EUR | 60 days",
    ),
    DemoPassage(
        "minutes.md",
        None,
        ("Board, 12 November", "Suppliers"),
        "Anna asks whether the notice to the supplier has been sent. It goes out on Friday by registered mail; "
        "Tom keeps the receipt.",
    ),
    DemoPassage(
        "handbook.html",
        None,
        ("Leaving the company", "Your notice period"),
        "During the first six months either side may end the employment with two weeks' notice; after that it is "
        "three months to the end of a quarter.",
    ),
    DemoPassage(
        "Kick-off.pptx",
        9,
        ("Risks",),
        "Supplier may terminate at short notice. Mitigation: second source by March.",
    ),
)
