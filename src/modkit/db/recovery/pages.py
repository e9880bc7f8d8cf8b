"""Reads an encrypted database page by page, with its log, whatever state it is in; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from modkit.db.connect import PAGE_BYTES, log_of
from modkit.db.recovery.cipher import SALT_BYTES, PageCipher, cipher_of
from modkit.db.recovery.log_frames import committed_frames
from modkit.keys.data_key import DataKey

_SAMPLE_PAGES = 64
_MENDED_AT_MOST = 8
"""Turning every bit of a page takes half a second; a file with more bad pages has not met a flipped bit."""

_PAGES_BETWEEN_PAUSES = 128
_LOCK_PAGE = 0x40000000 // PAGE_BYTES + 1
"""SQLite locks bytes of it and writes nothing into it."""


class DamagedPages:
    """The pages of one file. ``bad`` are the numbers of those that are not what was written and cannot be mended.

    Blocks on the disk; reads the file once from end to end when it is made.
    """

    def __init__(self, path: Path, key: DataKey, *, mend: bool = True, pause: Callable[[], None] | None = None) -> None:
        """``pause`` is called now and then, for a reader that is in no hurry.

        Raises:
            OSError: the file cannot be read at all.
        """
        self.path = path
        self.bad: set[int] = set()
        self.mended: dict[int, bytes] = {}
        """Pages of which one bit was turned back, by number: as they were written."""
        self._file = path.open("rb")
        try:
            self._in_log, log_pages = committed_frames(log_of(path))
            self._log = log_of(path).open("rb") if self._in_log else None
            self.count = log_pages or -(-path.stat().st_size // PAGE_BYTES)
            self._cipher = cipher_of(key, self._sample()) if self.count else None
            self._check_all(mend, pause or _no_pause)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._file.close()
        if getattr(self, "_log", None) is not None:
            self._log.close()  # type: ignore[union-attr]  # asked the line before

    @property
    def readable(self) -> bool:
        """Whether any page is what this key wrote."""
        return self._cipher is not None

    @property
    def salt_mended(self) -> bytes | None:
        """The file's true first bytes, where a bit of them is flipped."""
        self._file.seek(0)
        if self._cipher is None or self._cipher.salt == self._file.read(SALT_BYTES):
            return None
        return self._cipher.salt

    @property
    def damaged(self) -> tuple[int, ...]:
        """Every page that is not what was written, also those that could be mended."""
        found = self.bad | set(self.mended) | ({1} if self.salt_mended is not None else set())
        return tuple(sorted(found))

    def page(self, number: int) -> bytes | None:
        """The decrypted page without its reserved end; None when it is bad or not there."""
        if self._cipher is None or number in self.bad or not 1 <= number <= self.count:
            return None
        return self._cipher.decrypt(number, self.mended.get(number) or self.raw(number))

    def numbers(self) -> Iterator[int]:
        """The pages that can be read."""
        return (number for number in range(1, self.count + 1) if number not in self.bad)

    def raw(self, number: int) -> bytes:
        """A page as it is on disk; short or empty where the file ends."""
        if self._log is not None and number in self._in_log:
            self._log.seek(self._in_log[number])
            return self._log.read(PAGE_BYTES)
        self._file.seek((number - 1) * PAGE_BYTES)
        return self._file.read(PAGE_BYTES)

    def _sample(self) -> dict[int, bytes]:
        step = max(1, self.count // _SAMPLE_PAGES)
        return {number: self.raw(number) for number in range(1, self.count + 1, step)}

    def _check_all(self, mend: bool, pause: Callable[[], None]) -> None:
        cipher = self._cipher
        if cipher is None:
            self.bad = set(range(1, self.count + 1))
            return
        for number in range(1, self.count + 1):
            if number % _PAGES_BETWEEN_PAUSES == 0:
                pause()
            if number != _LOCK_PAGE and not cipher.verifies(number, self.raw(number)):
                self.bad.add(number)
        if mend and len(self.bad) <= _MENDED_AT_MOST:
            self._mend(cipher)
        self._count_what_is_cut_off()
        # A page that was allocated and given back before it was ever written is a gap full of zeros.
        self.bad -= {number for number in self.bad & self.free() if self.raw(number) == bytes(PAGE_BYTES)}

    def free(self) -> set[int]:
        """The pages that belong to nothing: those on the free list, as far as it can be read."""
        first = self.page(1)
        found: set[int] = set()
        trunk = int.from_bytes(first[32:36], "big") if first is not None else 0
        while trunk and trunk not in found and (page := self.page(trunk)) is not None:
            count = min(int.from_bytes(page[4:8], "big"), len(page) // 4 - 2)
            found |= {trunk, *(int.from_bytes(page[8 + 4 * index : 12 + 4 * index], "big") for index in range(count))}
            trunk = int.from_bytes(page[:4], "big")
        return found

    def _mend(self, cipher: PageCipher) -> None:
        for number in sorted(self.bad):
            if (whole := cipher.mended(number, self.raw(number))) is not None:
                self.mended[number] = whole
        self.bad -= set(self.mended)

    def _count_what_is_cut_off(self) -> None:
        first = self.page(1)
        if first is None or self._in_log:
            return
        # The header's count holds only when the version that wrote it is the file's last one.
        counted = int.from_bytes(first[28:32], "big")
        if first[24:28] == first[92:96] and counted > self.count:
            self.bad |= set(range(self.count + 1, counted + 1))
            self.count = counted


def _no_pause() -> None:
    """For a caller that waits."""


def checked_pages(path: Path, key: DataKey, pause: Callable[[], None] | None = None) -> tuple[int, tuple[int, ...]]:
    """How many pages a database has, and the numbers of those that are not what was written. Blocks on the disk.

    Raises:
        OSError: the file cannot be read.
    """
    pages = DamagedPages(path, key, mend=False, pause=pause)
    try:
        return pages.count, pages.damaged
    finally:
        pages.close()
