"""The samples as their goldens show them; run as a program, it writes the goldens anew, which a person reads then."""

from __future__ import annotations

from pathlib import Path

from modules.file_parser.contract import Block, Place
from modules.file_parser.domain.markdown import render
from tests.modules.file_parser.parser_support import GOLDEN, parse_here

SAMPLES = Path(__file__).resolve().parents[3] / "resources" / "samples"
SAMPLE_GOLDENS = GOLDEN / "samples"


def golden_of(path: Path) -> Path:
    """Where the golden of a sample lies."""
    return SAMPLE_GOLDENS / f"{path.name.replace('.', '_')}.md"


def shown(path: Path) -> str:
    """The document as Markdown, then what is known about it, then each block's kind and place on a line."""
    document = parse_here(path.read_bytes(), path.name)
    meta = document.meta
    facts = {
        "title": document.title,
        "author": meta.author,
        "created": meta.created_at,
        "modified": meta.modified_at,
        "language": document.language,
        "parser": document.parser,
        "pages": document.page_count,
        "pages without text": document.pages_without_text or None,
        **meta.properties,
        "notes": document.notes or None,
    }
    lines = [f"{name}: {value}" for name, value in facts.items() if value is not None]
    return "\n".join((render(document), "=== facts", *lines, "", "=== places", *map(_placed, document.blocks), ""))


def _placed(block: Block) -> str:
    place = block.place or Place()
    names = ("page", "slide", "sheet", "line", "member")
    known = [f"{name} {value}" for name in names if (value := getattr(place, name)) is not None]
    if place.box is not None:
        box = place.box
        known.append(f"box {box.left:.0f} {box.top:.0f} {box.right:.0f} {box.bottom:.0f}")
    return " · ".join((type(block).__name__, *known, f"characters {place.start}–{place.end}"))


def main() -> None:
    SAMPLE_GOLDENS.mkdir(exist_ok=True)
    for path in sorted(SAMPLES.iterdir()):
        golden_of(path).write_text(shown(path), encoding="utf-8")


if __name__ == "__main__":
    main()
