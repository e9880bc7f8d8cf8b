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

KINDS = {
    "pdf": ("PDF", ("pdf",)),
    "text": ("Texts", ("docx", "doc", "odt", "rtf", "md", "txt", "epub")),
    "table": ("Tables", ("xlsx", "xls", "ods", "csv", "tsv")),
    "slides": ("Slides", ("pptx", "ppt", "odp")),
    "web": ("Web pages", ("html", "htm", "xml", "json")),
    "mail": ("E-mails", ("eml", "msg")),
    "picture": ("Pictures", ("png", "jpg", "jpeg", "webp", "tif", "tiff")),
}
AGES = {
    "day": ("Last 24 hours", 1),
    "week": ("Last 7 days", 7),
    "month": ("Last 30 days", 30),
    "year": ("Last 12 months", 365),
}
LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "uk", "zh")
MODES = {"hybrid": "Words and meaning", "keyword": "Words", "vector": "Meaning"}


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
    return [Choice("", tr("Any type")), *(Choice(key, tr(words)) for key, (words, _) in KINDS.items())]


def age_choices() -> list[Choice]:
    return [Choice("", tr("Any time")), *(Choice(key, tr(words)) for key, (words, _) in AGES.items())]


def language_choices() -> list[Choice]:
    """Each language calls itself."""
    named = [Choice(code, QLocale(code).nativeLanguageName() or code) for code in LANGUAGES]
    return [Choice("", tr("Any language")), *named]


def mode_choices() -> list[Choice]:
    return [Choice(key, tr(words)) for key, words in MODES.items()]


def text_of(choices: list[Choice], value: str) -> str:
    return next((choice.text for choice in choices if choice.value == value), choices[0].text)


def query_of(text: str, mode: str, filters: Filters, *, offset: int, limit: int, typing: bool) -> Query:
    """For the host: it imports the contract."""
    from modules.local_search_index.contract import SearchFilter, SearchMode
    from modules.rag.contract import Query

    days = AGES[filters.age][1] if filters.age in AGES else 0
    return Query(
        text=text,
        collections=(filters.collection,) if filters.collection else (),
        mode=SearchMode(mode),
        k=limit,
        offset=offset,
        typing=typing,
        filter=SearchFilter(
            document_ids=(UUID(filters.file_id),) if filters.file_id else (),
            types=KINDS[filters.kind][1] if filters.kind in KINDS else (),
            languages=(filters.language,) if filters.language else (),
            modified_from=datetime.now(UTC) - timedelta(days=days) if days else None,
        ),
    )
