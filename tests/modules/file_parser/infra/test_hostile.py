"""Bad input ends in one named error with a sentence, never in what a library happens to raise."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from modules.file_parser.contract import (
    DocumentBroken,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentTooLarge,
    DocumentUnsupported,
    FileParserError,
    block_text,
    document_text,
)
from modules.file_parser.infra.long_blocks import MAX_CHARACTERS
from tests.modules.file_parser.documents import books, opendocument, portable, word
from tests.modules.file_parser.documents.packing import zip_bytes
from tests.modules.file_parser.documents.samples import SAMPLES
from tests.modules.file_parser.parser_support import parse_here

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
_PASSWORD_FLAG = 0x1


def with_password_flag(data: bytes) -> bytes:
    """The same archive, its entries marked as encrypted."""
    marked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= _PASSWORD_FLAG
            at = marked.find(signature, at + 4)
    return bytes(marked)


def bomb(megabytes: int) -> bytes:
    return zip_bytes({"zeros.txt": b"0" * (megabytes << 20)})


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"   \n\n ", "blank.txt", DocumentEmpty),
        (b"just text", "fake.pdf", DocumentBroken),
        (b"just text", "fake.docx", DocumentBroken),
        (b"just text", "fake.png", DocumentBroken),
        (portable.report_pdf()[:300], "cut.pdf", DocumentBroken),
        (word.report_docx()[:500], "cut.docx", DocumentBroken),
        (zip_bytes({"[Content_Types].xml": "", "word/x": ""}), "hollow.docx", DocumentBroken),
        (word.docx_of("<w:p>"), "torn.docx", DocumentBroken),
        (books.small_epub(container="<container/>"), "lost.epub", DocumentBroken),
        (zip_bytes({"xl/workbook.xml": "<x/>", "[Content_Types].xml": ""}), "odd.xlsx", DocumentBroken),
        (b"no message here", "empty.mbox", DocumentBroken),
        (b"\x89PNG\r\n\x1a\n", "cut.png", DocumentBroken),
        (b"\xff\xd8\xff\xe0\x00\x10", "cut.jpg", DocumentBroken),
        (portable.encrypted_pdf(), "locked.pdf", DocumentEncrypted),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "locked.docx", DocumentEncrypted),
        (with_password_flag(zip_bytes({"a.txt": "x"})), "locked.zip", DocumentEncrypted),
        (with_password_flag(word.report_docx()), "marked.docx", DocumentEncrypted),
        (opendocument.garden_odt("<m><encryption-data/></m>"), "locked.odt", DocumentEncrypted),
        (books.small_epub({"META-INF/rights.xml": ""}), "drm.epub", DocumentEncrypted),
        (_OLE, "old.doc", DocumentUnsupported),
        (bytes(range(256)) * 10, "thing.bin", DocumentUnsupported),
        (_OLE + "Workbook".encode("utf-16-le") + b"\0\0", "broken.xls", DocumentBroken),
    ],
)
def test_a_bad_document_has_its_own_error(data: bytes, name: str, error: type[FileParserError]) -> None:
    with pytest.raises(error) as caught:
        parse_here(data, name)
    assert caught.value.sentence.endswith(".")
    assert caught.value.action


@pytest.mark.parametrize(
    ("name", "called"),
    [("report.pdf", "report.txt"), ("report.docx", "report.pdf"), ("picture.png", "picture.jpg"), ("page.html", "x")],
)
def test_content_counts_more_than_the_name(name: str, called: str) -> None:
    right, wrong = parse_here(SAMPLES[name](), name), parse_here(SAMPLES[name](), called)
    assert (wrong.parser, wrong.meta.content_type) == (right.parser, right.meta.content_type)


def test_a_zip_bomb_inside_an_archive_is_left_out() -> None:
    document = parse_here(zip_bytes({"note.txt": "fine", "bomb.zip": bomb(20)}), "a.zip")
    assert document_text(document.blocks) == "note.txt\n\nfine"
    assert "far more than any document" in " ".join(document.notes)


def test_an_office_document_that_unpacks_too_far_is_too_large() -> None:
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "", "word/document.xml": b" " * (300 << 20)}
    with pytest.raises(DocumentTooLarge):
        parse_here(zip_bytes(parts), "bomb.docx")


def test_archives_inside_archives_end_somewhere() -> None:
    data = zip_bytes({"deepest.txt": "never read"})
    for level in range(6):
        data = zip_bytes({f"level{level}.zip": data, f"text{level}.txt": f"words {level}"})
    document = parse_here(data, "deep.zip")
    assert "words 5" in document_text(document.blocks)
    assert "packed too deeply" in " ".join(document.notes)


def test_an_archive_of_too_many_files_is_read_up_to_the_limit() -> None:
    document = parse_here(zip_bytes({f"{number}.txt": "x" for number in range(2_005)}), "many.zip")
    assert "too many files" in " ".join(document.notes)


def test_links_in_archives_are_not_followed() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("note.txt", "fine")
    assert "link.txt was left out: it is a link." in parse_here(buffer.getvalue(), "a.zip").notes


def test_a_damaged_entry_does_not_take_the_archive_with_it() -> None:
    data = bytearray(zip_bytes({"a.txt": "x" * 500}))
    data[60] ^= 0xFF
    with pytest.raises(DocumentBroken, match="cannot be unpacked"):
        parse_here(bytes(data), "a.zip")


def entity_bomb(content: str) -> str:
    entities = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>{content}'


def test_an_entity_bomb_stays_the_few_lines_that_it_is() -> None:
    bomb_xml = entity_bomb("<x>&l9;</x>")
    assert document_text(parse_here(bomb_xml.encode(), "bomb.xml").blocks) == bomb_xml


def test_an_entity_bomb_in_an_office_document_is_refused() -> None:
    body = '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>word &l9;</w:t></w:r></w:p></w:body></w:document>'
    with pytest.raises(DocumentBroken):
        parse_here(zip_bytes({"[Content_Types].xml": "", "word/document.xml": entity_bomb(body)}), "bomb.docx")


def test_one_line_of_twenty_megabytes_becomes_many_blocks() -> None:
    document = parse_here(b"word " * (4 << 20), "line.txt")
    lengths = [len(block_text(block)) for block in document.blocks]
    assert max(lengths) <= MAX_CHARACTERS
    assert sum(lengths) > 20_000_000


def test_one_long_line_of_code_is_cut_as_well() -> None:
    assert len(parse_here(b"x" * 250_000, "min.js").blocks) == 3


def test_nul_bytes_are_left_out_of_text() -> None:
    document = parse_here(b"before\0after and some more words that make it text " * 3, "nul.txt")
    assert "beforeafter" in document_text(document.blocks)


def test_a_table_of_too_many_cells_is_cut_with_a_note() -> None:
    document = parse_here((b"," * 999 + b"x\n") * 1_001, "big.csv")
    assert "too many cells" in " ".join(document.notes)


def test_deeply_nested_pages_keep_their_words() -> None:
    document = parse_here(b"<html><body>" + b"<div>" * 5_000 + b"inside", "deep.html")
    assert document_text(document.blocks) == "inside"


def test_a_span_of_millions_is_no_table_of_millions() -> None:
    page = b"<table><tr><td colspan=9999 rowspan=9999>x</td></tr>" + b"<tr><td>y</td></tr>" * 50 + b"</table>"
    assert len(document_text(parse_here(b"<html>" + page, "a.html").blocks)) < 2_000_000


def test_half_of_a_document_is_a_broken_one() -> None:
    cut = SAMPLES["garden.odt"]()
    with pytest.raises(FileParserError):
        parse_here(cut[: len(cut) // 2], "cut.odt")
