"""Pages without text are drawn and read by character recognition, where that is installed."""

from __future__ import annotations

from modules.file_parser.contract import FileParserError, PageImage
from modules.file_parser.domain.assembly import Assembly
from modules.file_parser.domain.ports import Pages, Recogniser, RecognitionFailed

_WIDTH = 2480
"""Pixels across: 300 dots an inch on A4, which is what recognition is trained on."""


class PageReading:
    """Adds what it can recognise to a document that is being put together."""

    def __init__(self, pages: Pages, recogniser: Recogniser) -> None:
        self._pages = pages
        self._recogniser = recogniser

    async def read(self, assembly: Assembly, data: bytes, name: str) -> None:
        """Each page without text, up to the limit; what fails becomes a note, and the page stays as it is."""
        wanted = assembly.pages_without_text
        if not wanted or not await self._recogniser.languages():
            return
        for page in wanted[: self._recogniser.max_pages]:
            await self._read_page(assembly, data, name, page)
        if len(wanted) > self._recogniser.max_pages:
            assembly.note(f"Only the first {self._recogniser.max_pages} pages without text were recognised.")

    async def _read_page(self, assembly: Assembly, data: bytes, name: str, page: int) -> None:
        try:
            image: PageImage = await self._pages.page_image(data, name, page, width=_WIDTH, mark="")
            found = await self._recogniser.recognise(image)
        except (FileParserError, RecognitionFailed) as err:
            assembly.note(f"Page {page} could not be recognised: {err.sentence}")
            return
        if found:
            assembly.recognised(page, found)
        else:
            assembly.note(f"Character recognition found no words on page {page}.")
