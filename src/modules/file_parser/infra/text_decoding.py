"""Bytes of a text file as text, whatever encoding they are in."""

from __future__ import annotations

import codecs
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # The four-byte mark begins with the two-byte one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 64 * 1024
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})
_CANDIDATES = ["shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp1250", "cp1251", "cp1252", "cp1253", "koi8_r"]


def decode(data: bytes) -> tuple[str, str]:
    """The text with plain line feeds and without NULs, and the name of its encoding."""
    text, encoding = _decode(data)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""), encoding


def looks_binary(data: bytes) -> bool:
    """Whether this can hardly be text in any encoding: more than a few control characters."""
    sample = data[:_SAMPLE_BYTES]
    if any(sample.startswith(mark) for mark, _ in _BOMS) or _wide_encoding(sample) is not None:
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > len(sample) * 0.02


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    wide = _wide_encoding(data[:_SAMPLE_BYTES])
    if wide is not None:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_damaged_or_old(data)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: in text with Latin letters or spaces every other byte is often NUL, the rest never."""
    if len(sample) < 4 or len(sample) % 2:
        sample = sample[: len(sample) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    enough = max(2, len(sample) // 2 * 0.3)
    if odd >= enough and even <= odd * 0.02:
        return "utf-16-le"
    if even >= enough and odd <= even * 0.02:
        return "utf-16-be"
    return None


def _decode_damaged_or_old(data: bytes) -> tuple[str, str]:
    repaired = data.decode("utf-8", errors="replace")
    damaged = repaired.count("\ufffd")
    foreign = sum(byte >= 0xC2 for byte in data[:_SAMPLE_BYTES])
    if damaged * 10 < foreign:
        return repaired, "utf-8"
    encoding = _guess(data)
    return data.decode(encoding, errors="replace"), encoding


def _guess(data: bytes) -> str:
    # Imported late: most documents are UTF-8 and never need it.
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    # Windows-1252 reads every Latin-1 letter the same, and the quotation marks beside them too.
    return best.encoding if best is not None else "cp1252"
