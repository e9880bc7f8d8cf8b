"""By what a search can be narrowed: kinds of files, their age, their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QLocale

from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from modules.rag.contract import Query

_KINDS = {
    "pdf": "PDF",
    "text": "Texts",
    "table": "Tables",
    "slides": "Slides",
    "web": "Web pages",
    "mail": "E-mails",
    "picture": "Pictures",
    "code": "Source code",
}
SUFFIXES = {
    "pdf": ("pdf",),
    "text": ("docx", "docm", "doc", "odt", "rtf", "md", "rst", "txt", "epub"),
    "table": ("xlsx", "xlsm", "xls", "ods", "csv", "tsv"),
    "slides": ("pptx", "pptm", "ppt", "odp"),
    "web": ("html", "htm", "xml", "json", "yaml", "yml"),
    "mail": ("eml", "msg", "mbox"),
    "picture": ("png", "jpg", "jpeg", "webp", "tif", "tiff", "gif", "bmp"),
    "code": ("py", "js", "ts", "tsx", "java", "kt", "go", "rs", "c", "h", "cpp", "cs", "rb", "php", "sh", "sql"),
}
_AGES = {"day": "Last 24 hours", "week": "Last 7 days", "month": "Last 30 days", "year": "Last 12 months"}
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_MODES = {"hybrid": "Words and meaning", "keyword": "Words", "vector": "Meaning"}
MODES = tuple(_MODES)
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh")


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a filter's menu; ``value`` "" is no filter."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """All empty is everything. ``file_id`` searches in one file."""

    collection: str = ""
    kind: str = ""
    age: str = ""
    language: str = ""
    file_id: str = ""


def kind_choices() -> list[Choice]:
    return [Choice("", tr("Any type")), *(Choice(key, tr(words)) for key, words in _KINDS.items())]


def age_choices() -> list[Choice]:
    return [Choice("", tr("Any time")), *(Choice(key, tr(words)) for key, words in _AGES.items())]


def language_choices() -> list[Choice]:
    """Each language calls itself."""
    named = [Choice(code, QLocale(code).nativeLanguageName() or code) for code in LANGUAGES]
    return [Choice("", tr("Any language")), *named]


def mode_choices() -> list[Choice]:
    return [Choice(key, tr(words)) for key, words in _MODES.items()]


def query_of(text: str, mode: str, filters: Filters, *, offset: int, limit: int, typing: bool) -> Query:
    """For the host: it imports the contract."""
    from modules.local_search_index.contract import SearchFilter, SearchMode
    from modules.rag.contract import Query

    days = DAYS.get(filters.age, 0)
    return Query(
        text=text,
        collections=(filters.collection,) if filters.collection else (),
        mode=SearchMode(mode),
        k=limit,
        offset=offset,
        typing=typing,
        filter=SearchFilter(
            document_ids=(UUID(filters.file_id),) if filters.file_id else (),
            types=SUFFIXES.get(filters.kind, ()),
            languages=(filters.language,) if filters.language else (),
            modified_from=datetime.now(UTC) - timedelta(days=days) if days else None,
        ),
    )
