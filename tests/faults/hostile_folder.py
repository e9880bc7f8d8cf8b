"""A folder with everything in it that has ever broken an indexer, and what has to become of each file."""

from __future__ import annotations

import io
import os
import stat
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from modules.rag.contract import FileState
from tests.modules.file_parser.documents import portable, word
from tests.modules.file_parser.documents.packing import zip_bytes

FOUND, SKIPPED, UNREADABLE = FileState.WITHOUT_VECTORS, FileState.SKIPPED, FileState.UNREADABLE
MANY = int(os.environ.get("HYPERSPOT_FAULT_FILES", "200"))
"""Files in one folder."""
LONG_LINE_MB = int(os.environ.get("HYPERSPOT_FAULT_LINE_MB", "4"))
DEPTH = 300
_PASSWORD_FLAG = 0x1
_GIB = 1 << 30


def build(folder: Path) -> dict[str, FileState]:
    """Make it, and give the states by path below ``folder``; some of the many small files are not listed."""
    expected: dict[str, FileState] = {}
    for name, (content, state) in _documents().items():
        (folder / name).write_bytes(content)
        expected[name] = state
    expected |= _large(folder) | _names(folder) | _links(folder) | _deep(folder)
    many = folder / "many"
    many.mkdir()
    for number in range(MANY):
        (many / f"{number:06}.txt").write_text(f"Zebra number {number}.")
    return expected


def _documents() -> Mapping[str, tuple[bytes, FileState]]:
    text = "Grüße aus der Küche: die Brücke ist für Fußgänger gesperrt. " * 20
    japanese = "海の見える家で魚を食べる。" * 20
    return {
        "empty.txt": (b"", SKIPPED),
        "blank.txt": (b" \n \n", SKIPPED),
        "really-a-report.txt": (portable.report_pdf(), FOUND),
        "only-text.pdf": (b"only text", UNREADABLE),
        "only-text.docx": (b"only text", UNREADABLE),
        "cut.pdf": (portable.report_pdf()[:300], UNREADABLE),
        "cut.docx": (word.report_docx()[:500], UNREADABLE),
        "cut.zip": (zip_bytes({"a.txt": "x" * 5000})[:60], UNREADABLE),
        "locked.pdf": (portable.encrypted_pdf(), UNREADABLE),
        "locked.docx": (_locked(word.report_docx()), UNREADABLE),
        "locked.zip": (_locked(zip_bytes({"a.txt": "x"})), UNREADABLE),
        "bomb.zip": (zip_bytes({"zeros.txt": b"0" * (300 << 20)}), SKIPPED),
        "slip.zip": (zip_bytes({"../../escaped.txt": "Okapis slip out.", "note.txt": "A note beside it."}), FOUND),
        "links.zip": (_zip_with_link(), FOUND),
        "entities.xml": (_entity_bomb("<x>&l9;</x>").encode(), FOUND),
        "entities.docx": (_entity_docx(), UNREADABLE),
        "hungry.pdf": (hungry_pdf(), UNREADABLE),
        "nul.txt": (b"before\0after and more words that make it text " * 5, FOUND),
        "noise.bin": (bytes(range(256)) * 64, SKIPPED),
        "utf16.txt": (text.encode("utf-16"), FOUND),
        "latin1.txt": (text.encode("latin-1"), FOUND),
        "shift-jis.txt": (japanese.encode("shift-jis"), FOUND),
        "mixed.txt": (text.encode() + text.encode("latin-1") + text.encode(), FOUND),
    }


def _large(folder: Path) -> dict[str, FileState]:
    with (folder / "gigabyte.txt").open("wb") as file:
        file.truncate(_GIB)
    with (folder / "one-line.txt").open("wb") as file:
        for number in range(LONG_LINE_MB):
            file.write(f"word{number} ".encode() * ((1 << 20) // len(f"word{number} ")))
    return {"gigabyte.txt": SKIPPED, "one-line.txt": FOUND}


def _names(folder: Path) -> dict[str, FileState]:
    composed, decomposed = (unicodedata.normalize(form, "Ägypten.txt") for form in ("NFC", "NFD"))
    names = [
        "two\nlines.txt",
        "🦓 zebra 🦓.txt",
        composed,
        decomposed,
        "n" * 251 + ".txt",
        " leading.txt",
        "quote\"'.txt",
    ]
    if sys.platform == "win32":
        names = ["🦓 zebra 🦓.txt", composed, decomposed]
    for number, name in enumerate(names):
        (folder / name).write_text(f"This is about the name with number {number}.")
    found = dict.fromkeys(names, FOUND)
    if sys.platform == "linux":
        # Bytes that are no text: a name from an old disk.
        Path(os.fsdecode(os.fsencode(folder) + b"/old-\xff.txt")).write_text("An old name.")
        found[os.fsdecode(b"old-\xff.txt")] = FOUND
    return found


def _links(folder: Path) -> dict[str, FileState]:
    if sys.platform == "win32":
        return {}
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.txt").symlink_to(folder / "nothing.txt")
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "original.txt").write_text("One content, two names.")
    os.link(folder / "original.txt", folder / "hard-link.txt")
    os.mkfifo(folder / "pipe.txt")
    skipped = dict.fromkeys(("loop", "nowhere.txt", "out.txt", "pipe.txt"), SKIPPED)
    return skipped | {"original.txt": FOUND, "hard-link.txt": FOUND}


def _deep(folder: Path) -> dict[str, FileState]:
    deep = folder.joinpath(*["d"] * DEPTH)
    deep.mkdir(parents=True)
    (deep / "end.txt").write_text("The end of a long way down.")
    return {(deep / "end.txt").relative_to(folder).as_posix(): FOUND}


def hungry_pdf() -> bytes:
    """Some kilobytes whose one page unpacks to gigabytes: what is packed twice shrinks twice."""
    content = zlib.compress(packed_repeats(b"q Q " * (4 << 20), 2 * _GIB // (16 << 20)), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(content), content),
    ]
    document, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(document))
    return document + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def packed_repeats(text: bytes, count: int) -> bytes:
    """What zlib makes of ``count`` times ``text``, for a hundredth of its time: packed once, repeated packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    once = packer.compress(text) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(count):
        checksum = zlib.adler32(text, checksum)
    return b"\x78\xda" + once * count + packer.flush() + checksum.to_bytes(4, "big")


def _locked(data: bytes) -> bytes:
    """The same archive, its entries marked as encrypted."""
    marked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= _PASSWORD_FLAG
            at = marked.find(signature, at + 4)
    return bytes(marked)


def _zip_with_link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("note.txt", "A note beside a link.")
    return buffer.getvalue()


def _entity_bomb(content: str) -> str:
    entities = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>{content}'


def _entity_docx() -> bytes:
    body = '<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>word &l9;</w:t></w:r></w:p></w:body></w:document>'
    return zip_bytes({"[Content_Types].xml": "", "word/document.xml": _entity_bomb(body)})
