"""The parsers that are built in, in the order in which they are asked."""

from __future__ import annotations

from typing import Final

from modules.file_parser.infra.languages import LANGUAGES
from modules.file_parser.infra.plugin import ParserPlugin

_HERE = "modules.file_parser.infra.parsers"
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

PLUGINS: Final = (
    ParserPlugin(
        "plain_text",
        {"txt": "text/plain", "log": "text/plain", "text": "text/plain"},
        f"{_HERE}.plain_text:parse",
    ),
    ParserPlugin("markdown", {"md": "text/plain", "markdown": "text/plain"}, f"{_HERE}.markdown:parse"),
    ParserPlugin("restructured_text", {"rst": "text/x-rst"}, f"{_HERE}.restructured_text:parse"),
    ParserPlugin(
        "html",
        {"html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml"},
        f"{_HERE}.html:parse",
    ),
    ParserPlugin("pdf", {"pdf": "application/pdf"}, f"{_HERE}.pdf:parse", signatures=(b"%PDF-",)),
    ParserPlugin(
        "docx",
        {
            "docx": f"{_OOXML}.wordprocessingml.document",
            "docm": "application/vnd.ms-word.document.macroEnabled.12",
        },
        f"{_HERE}.docx:parse",
    ),
    ParserPlugin(
        "xlsx",
        {
            "xlsx": f"{_OOXML}.spreadsheetml.sheet",
            "xls": "application/vnd.ms-excel",
            "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
            "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
            "ods": f"{_ODF}.spreadsheet",
        },
        f"{_HERE}.spreadsheet:parse",
    ),
    ParserPlugin("pptx", {"pptx": f"{_OOXML}.presentationml.presentation"}, f"{_HERE}.pptx:parse"),
    ParserPlugin("odt", {"odt": f"{_ODF}.text"}, f"{_HERE}.odt:parse"),
    ParserPlugin(
        "image",
        {
            "png": "image/png",
            "jpg": "image/jpeg",
            "jpeg": "image/jpeg",
            "webp": "image/webp",
            "gif": "image/gif",
        },
        f"{_HERE}.image:parse",
    ),
    ParserPlugin("rtf", {"rtf": "application/rtf"}, f"{_HERE}.rtf:parse", signatures=(b"{\\rtf",)),
    ParserPlugin("epub", {"epub": "application/epub+zip"}, f"{_HERE}.epub:parse"),
    ParserPlugin("mail", {"eml": "message/rfc822"}, f"{_HERE}.mail:parse"),
    ParserPlugin("mailbox", {"mbox": "application/mbox"}, f"{_HERE}.mailbox:parse"),
    ParserPlugin("zip", {"zip": "application/zip"}, f"{_HERE}.archive:parse"),
    ParserPlugin("csv", {"csv": "text/csv", "tsv": "text/tab-separated-values"}, f"{_HERE}.delimited:parse"),
    ParserPlugin(
        "data",
        {
            "json": "application/json",
            "jsonl": "application/jsonl",
            "yaml": "application/yaml",
            "yml": "application/yaml",
            "toml": "application/toml",
            "xml": "application/xml",
        },
        f"{_HERE}.data:parse",
    ),
    ParserPlugin("source_code", dict.fromkeys(LANGUAGES, "text/plain"), f"{_HERE}.source_code:parse"),
)
