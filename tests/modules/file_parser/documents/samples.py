"""One document of every format that is supported, by name."""

from __future__ import annotations

from collections.abc import Callable

from tests.modules.file_parser.documents import (
    books,
    messages,
    opendocument,
    pictures,
    portable,
    rich,
    sheets,
    slides,
    texts,
    word,
)
from tests.modules.file_parser.documents.packing import zip_bytes


def mixed_zip() -> bytes:
    """Documents in folders, one inside another archive, and entries that are left out."""
    inner = zip_bytes({"deep.txt": "Deep words."})
    return zip_bytes(
        {
            "docs/notes.md": "# Notes\n\nSome words.\n",
            "docs/rooms.csv": texts.ROOMS_CSV,
            "inner.zip": inner,
            "../escape.txt": "outside",
            "empty.txt": "",
            "broken.pdf": "no pdf at all",
            "folder/": "",
        }
    )


SAMPLES: dict[str, Callable[[], bytes]] = {
    "log.txt": texts.LOG_TXT.encode,
    "notes.md": texts.NOTES_MD.encode,
    "manual.rst": texts.MANUAL_RST.encode,
    "page.html": texts.PAGE_HTML.encode,
    "rooms.csv": texts.ROOMS_CSV.encode,
    "rooms.tsv": lambda: b"Room\tSize\nKitchen\t12\n",
    "module.py": texts.MODULE_PY.encode,
    "data.json": lambda: b'{"name": "sea",\n "depth": 10}\n',
    "data.yml": lambda: b"name: sea\n",
    "report.pdf": portable.report_pdf,
    "columns.pdf": portable.columns_pdf,
    "report.docx": word.report_docx,
    "plan.pptx": slides.plan_pptx,
    "budget.xlsx": sheets.budget_xlsx,
    "costs.ods": opendocument.costs_ods,
    "garden.odt": opendocument.garden_odt,
    "letter.rtf": rich.letter_rtf,
    "small.epub": books.small_epub,
    "lease.eml": messages.lease_eml,
    "page.eml": messages.html_eml,
    "two.mbox": messages.two_messages_mbox,
    "mixed.zip": mixed_zip,
    "picture.png": pictures.png,
}
