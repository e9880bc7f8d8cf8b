"""Reads parts of a ZIP file within the document's budget; names are labels and never paths."""

from __future__ import annotations

import io
import zipfile
import zlib

from modules.file_parser.contract import DocumentBroken, DocumentEncrypted
from modules.file_parser.infra.plugin import Budget

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class ZipParts:
    """An opened archive. What it unpacks to is counted while it is unpacked: headers can lie."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as err:
            raise DocumentBroken("The file is cut off or damaged: its table of contents cannot be read.") from err
        self.names = self._archive.namelist()

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def entries(self) -> list[zipfile.ZipInfo]:
        return self._archive.infolist()

    def read(self, name: str) -> bytes:
        """One part.

        Raises:
            DocumentBroken: it is missing or damaged.
            DocumentEncrypted: it has a password.
            DocumentTooLarge: the budget is used up.
        """
        try:
            info = self._archive.getinfo(name)
            if info.flag_bits & 1:
                raise DocumentEncrypted("The document is protected by a password.")
            with self._archive.open(info) as part:
                data = part.read(self._budget.unpacked_bytes + 1)
        except KeyError as err:
            raise DocumentBroken(f"The document is incomplete: its part {name} is missing.") from err
        except RuntimeError as err:
            raise DocumentEncrypted("The document is protected by a password.") from err
        except _DAMAGE as err:
            raise DocumentBroken(f"The document is damaged: its part {name} cannot be unpacked.") from err
        self._budget.take_bytes(len(data))
        return data

    def read_optional(self, name: str) -> bytes | None:
        """One part, or None when there is none of that name."""
        return self.read(name) if name in self else None
