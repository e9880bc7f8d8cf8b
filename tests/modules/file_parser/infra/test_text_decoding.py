"""Text is read in whatever encoding it was written."""

from __future__ import annotations

import codecs

import pytest

from modules.file_parser.infra.text_decoding import decode, looks_binary

GERMAN = "Grüße aus Köln, schöne Straße über dem Fluß. " * 5
JAPANESE = "賃貸契約は五月の最後の日に終わります。部屋は明るくて静かです。" * 5
RUSSIAN = "Договор заканчивается в последний день мая и не продлевается. " * 5


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (GERMAN.encode(), GERMAN),
        (codecs.BOM_UTF8 + GERMAN.encode(), GERMAN),
        (GERMAN.encode("utf-16"), GERMAN),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), GERMAN),
        (GERMAN.encode("utf-32"), GERMAN),
        (GERMAN.encode("utf-16-le"), GERMAN),
        (GERMAN.encode("utf-16-be"), GERMAN),
        (GERMAN.encode("latin-1"), GERMAN),
        (JAPANESE.encode("shift_jis"), JAPANESE),
        (JAPANESE.encode("euc_jp"), JAPANESE),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
        (b"a\r\nb\rc\0d", "a\nb\ncd"),
        (b"", ""),
    ],
)
def test_the_encoding_is_found(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


def test_a_damaged_letter_does_not_change_the_encoding_of_all() -> None:
    text, encoding = decode(GERMAN.encode() + b"\xff" + GERMAN.encode())
    assert encoding == "utf-8"
    assert text == f"{GERMAN}\ufffd{GERMAN}"


def test_bytes_that_nobody_knows_become_latin_letters() -> None:
    assert decode(b"caf\xe9")[0] == "café"


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (bytes(range(256)), True),
        (b"plain text\n\ttabs", False),
        (GERMAN.encode("utf-16"), False),
        (GERMAN.encode("utf-16-le"), False),
        (b"", False),
    ],
)
def test_binary_is_told_from_text(data: bytes, binary: bool) -> None:
    assert looks_binary(data) is binary
