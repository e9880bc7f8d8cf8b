"""Character recognition by Tesseract, when it is installed."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from loguru import logger

from modules.file_parser.config import OcrConfig
from modules.file_parser.contract import PageImage, Paragraph
from modules.file_parser.domain.ports import RecognitionFailed
from modules.file_parser.infra.ocr.bounded_run import ProgramFailed, RunLimits, run_bounded
from modules.file_parser.infra.ocr.tsv import paragraphs

_DATA_PATHS = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share/tessdata", "/usr/share/tesseract")
_DATA_VARIABLE = "TESSDATA_PREFIX"
_PROBE_TIMEOUT_S = 10.0


class Tesseract:
    """Implements Recogniser: one page at a time, each in a process of its own that gets nothing but pixels."""

    def __init__(self, config: OcrConfig) -> None:
        self._config = config
        self._program: str | None = None
        self._languages: tuple[str, ...] | None = None
        self._one = asyncio.Semaphore(1)

    @property
    def max_pages(self) -> int:
        return self._config.max_pages

    async def languages(self) -> tuple[str, ...]:
        """Those of the configured languages that are installed; empty when nothing can be recognised here."""
        if self._languages is None:
            self._program = await asyncio.to_thread(self._find)
            self._languages = await self._installed() if self._program else ()
        return self._languages

    async def recognise(self, image: PageImage) -> Sequence[Paragraph]:
        chosen = await self.languages()
        if not chosen:
            raise RecognitionFailed("Character recognition is not installed.")
        async with self._one:
            table = await self._run(["stdin", "stdout", "-l", "+".join(chosen), "tsv"], _grey(image))
        return paragraphs(table, image.page, image.pixels_per_point)

    def _find(self) -> str | None:
        """The program's real path: the link that names it may lie where it may not read."""
        found = shutil.which(self._config.program or "tesseract")
        return os.path.realpath(found) if found else None

    async def _installed(self) -> tuple[str, ...]:
        try:
            listed = set((await self._run(["--list-langs"], b"", _PROBE_TIMEOUT_S)).split())
        except RecognitionFailed as err:
            logger.bind(reason=err.sentence).warning("Character recognition is installed, but does not work")
            return ()
        return tuple(language for language in self._config.languages if language in listed)

    async def _run(self, arguments: list[str], data: bytes, timeout_s: float | None = None) -> str:
        assert self._program is not None
        data_path = os.environ.get(_DATA_VARIABLE, "")
        # Its threads would take every core, and gain little.
        variables = {"OMP_THREAD_LIMIT": "1"} | ({_DATA_VARIABLE: data_path} if data_path else {})
        limits = RunLimits(
            timeout_s=timeout_s or self._config.page_timeout_s,
            memory_bytes=self._config.memory_mb << 20,
            read_paths=[Path(path) for path in (*_DATA_PATHS, data_path) if path],
        )
        try:
            output = await run_bounded([self._program, *arguments], data, limits, variables)
        except ProgramFailed as err:
            raise RecognitionFailed(f"The program for character recognition {err}.") from err
        return output.decode("utf-8", "replace")


def _grey(image: PageImage) -> bytes:
    """As a portable grey map: the simplest format there is, and green is nearly what eyes call brightness."""
    return b"P5 %d %d 255\n" % (image.width, image.height) + image.pixels[1::4]
