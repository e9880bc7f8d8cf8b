"""Finds out what a file is: by its content first, by its name only where the content leaves it open."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePath

from modules.file_parser.contract import DocumentBroken, DocumentEncrypted, DocumentUnsupported
from modules.file_parser.infra.plugin import ParserPlugin
from modules.file_parser.infra.text_decoding import looks_binary

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_MAIN_PARTS = (
    ("word/", "docx"),
    ("ppt/", "pptx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
)
_KIN = {"docx": {"docm"}, "xlsx": {"xlsm"}, "html": {"htm", "xhtml"}, "jpg": {"jpeg"}}
"""Formats that look alike: the name decides which of them it is."""
_PACKED_TYPES = {
    b"application/epub+zip": "epub",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
_BINARY_FORMATS = frozenset(
    {"pdf", "docx", "docm", "xlsx", "xlsm", "xlsb", "xls", "ods", "odt", "pptx", "epub", "zip"}
    | {"png", "jpg", "jpeg", "gif", "webp"}
)


def extension_of(name: str) -> str:
    """Lower-case and without its dot; empty when the name has none."""
    return PurePath(name).suffix.lower().removeprefix(".")


def find_format(data: bytes, name: str, plugins: Iterable[ParserPlugin]) -> str:
    """The extension of the format that the content has.

    Raises:
        DocumentUnsupported: no parser reads it.
        DocumentEncrypted: an office document inside an encrypted wrapping.
        DocumentBroken: the name says one of the binary formats, the content is no such thing.
    """
    plugins = tuple(plugins)
    claimed = extension_of(name)
    known = {extension for plugin in plugins for extension in plugin.formats}
    found = _by_content(data, claimed, plugins)
    if found is not None:
        return claimed if claimed in _KIN.get(found, ()) else found
    if claimed in _BINARY_FORMATS:
        raise DocumentBroken(f"{name} is not a {claimed.upper()} file, although it is called one.")
    if claimed in known:
        return claimed
    if looks_binary(data):
        raise DocumentUnsupported(f"{name} is in a format that cannot be read here.")
    return "txt"


def _by_content(data: bytes, claimed: str, plugins: Iterable[ParserPlugin]) -> str | None:
    for plugin in plugins:
        if plugin.signatures and data.startswith(plugin.signatures):
            return next(iter(plugin.formats))
    # A PDF may have up to a kilobyte of anything before its header.
    if b"%PDF-" in data[:1024] and claimed in ("pdf", ""):
        return "pdf"
    for signature, extension in _IMAGES:
        if data.startswith(signature):
            return extension
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(_OLE):
        return _in_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS):
        return "html"
    return None


def _in_ole(data: bytes) -> str:
    """The container of the old Office formats; new ones hide in it when they have a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise DocumentEncrypted("The document is protected by a password.")
    for stream in ("Workbook", "Book"):
        if stream.encode("utf-16-le") + b"\0\0" in data:
            return "xls"
    raise DocumentUnsupported(
        "The document is in an old Office format that cannot be read here.",
        action="Open it in its own program and save it as DOCX, PPTX or PDF.",
    )


def _in_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            packed_type = archive.open("mimetype").read(100).strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, RuntimeError, OSError, EOFError) as err:
        raise DocumentBroken("The file is cut off or damaged: its table of contents cannot be read.") from err
    if packed_type in _PACKED_TYPES:
        return _PACKED_TYPES[packed_type]
    if "[Content_Types].xml" in names:
        for start, extension in _MAIN_PARTS:
            if any(name.startswith(start) for name in names):
                return extension
    return "zip"
