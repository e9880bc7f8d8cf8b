"""Looks for a text in every file below a folder, and in databases on every page that ever held anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from modkit.db.connect import PAGE_BYTES
from modkit.db.recovery.cipher import SALT_BYTES, USABLE_BYTES, PageCipher
from modkit.keys.data_key import DataKey

_LOG_HEADER, _FRAME_HEADER = 32, 24


def files_with(text: str | bytes, folder: Path, key: DataKey) -> list[str]:
    """The names of the files in which the text stands, plain or, in databases and their logs, under the key."""
    needles = (text,) if isinstance(text, bytes) else (text.encode(), text.encode("utf-16-le"))
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and _holds(path, needles, key)]
    return [path.relative_to(folder).as_posix() for path in found]


def _holds(path: Path, needles: Sequence[bytes], key: DataKey) -> bool:
    whole = b"".join([path.read_bytes(), b"\n", *_plain_pages(path, key)]).lower()
    return any(needle.lower() in whole for needle in needles)


def _plain_pages(path: Path, key: DataKey) -> Iterator[bytes]:
    """Every page, free ones too, and every frame of a log, also those that were played in long ago."""
    main = path.with_name(path.name.removesuffix("-wal"))
    if not main.exists() or main.stat().st_size < PAGE_BYTES:
        return
    cipher = PageCipher(key, main.read_bytes()[:SALT_BYTES])
    data = path.read_bytes()
    if path != main:
        frames = range(_LOG_HEADER, len(data) - PAGE_BYTES, _FRAME_HEADER + PAGE_BYTES)
        pages = ((int.from_bytes(data[at : at + 4], "big"), data[at + _FRAME_HEADER :][:PAGE_BYTES]) for at in frames)
    else:
        pages = ((at // PAGE_BYTES + 1, data[at : at + PAGE_BYTES]) for at in range(0, len(data), PAGE_BYTES))
    for number, page in pages:
        if cipher.verifies(number, page):
            plain = cipher.decrypt(number, page)
            yield plain
            # A long text goes on over several pages, four bytes of each being the next one's number.
            yield plain[4:USABLE_BYTES]
