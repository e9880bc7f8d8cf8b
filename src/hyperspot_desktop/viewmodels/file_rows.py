"""Files of a collection as lines of a table, and the chips that narrow it by state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from hyperspot_desktop.viewmodels.source_cards import file_icon
from hyperspot_desktop.viewmodels.text import amount, number, tr

if TYPE_CHECKING:
    from modules.rag.contract import FileState, IndexedFile


@dataclass(frozen=True, slots=True)
class FileRow:
    """``tone`` is "", "good", "warning" or "bad"; ``reason`` is the whole sentence, for the tool tip and the clipboard.

    A row without ``file_id`` has not arrived yet.
    """

    file_id: str = ""
    name: str = ""
    folder: str = ""
    path: str = ""
    icon_name: str = "file"
    type_text: str = ""
    passages_text: str = ""
    status: str = ""
    status_text: str = ""
    tone: str = ""
    reason: str = ""
    changed_text: str = ""
    can_retry: bool = False


@dataclass(frozen=True, slots=True)
class StateChip:
    """``value`` is that of a FileState, or "" for all."""

    value: str
    label: str
    count_text: str
    chosen: bool


_TYPES = {
    "rtf": "Rich text",
    "ods": "OpenDocument sheet",
    "csv": "Table",
    "tsv": "Table",
    "odp": "OpenDocument slides",
    "txt": "Text",
    "epub": "E-book",
    "eml": "E-mail",
    "msg": "E-mail",
    "zip": "Archive",
    "png": "Picture",
    "jpg": "Picture",
    "jpeg": "Picture",
    "webp": "Picture",
    "tif": "Picture",
    "tiff": "Picture",
    "gif": "Picture",
    "bmp": "Picture",
    "mbox": "Mailbox",
    "sh": "Shell",
}
_NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "doc": "Word",
    "odt": "OpenDocument",
    "xlsx": "Excel",
    "xls": "Excel",
    "pptx": "PowerPoint",
    "ppt": "PowerPoint",
    "md": "Markdown",
    "html": "HTML",
    "htm": "HTML",
    "xml": "XML",
    "json": "JSON",
    "docm": "Word",
    "xlsm": "Excel",
    "pptm": "PowerPoint",
    "rst": "reStructuredText",
    "adoc": "AsciiDoc",
    "tex": "LaTeX",
    "yaml": "YAML",
    "yml": "YAML",
    "toml": "TOML",
    "sql": "SQL",
    "css": "CSS",
    "py": "Python",
    "js": "JavaScript",
    "ts": "TypeScript",
    "tsx": "TypeScript",
    "java": "Java",
    "kt": "Kotlin",
    "swift": "Swift",
    "scala": "Scala",
    "go": "Go",
    "rs": "Rust",
    "c": "C",
    "h": "C",
    "cpp": "C++",
    "hpp": "C++",
    "cs": "C#",
    "php": "PHP",
    "rb": "Ruby",
    "lua": "Lua",
    "hs": "Haskell",
}
"""Names are the same in every language."""
_STATES = {
    "indexed": "Indexed",
    "indexed_without_vectors": "Indexed by words",
    "queued": "Waiting",
    "skipped": "Skipped",
    "needs_ocr": "Needs text recognition",
    "could_not_be_read": "Could not be read",
    "away": "Away",
    "removed": "Removed",
}
_TONES = {"needs_ocr": "warning", "could_not_be_read": "bad", "away": "warning"}
_EXPLAINED = ("skipped", "could_not_be_read")
"""States whose reason is worth a place in the table."""
_CHIPS = (
    "indexed",
    "indexed_without_vectors",
    "queued",
    "needs_ocr",
    "could_not_be_read",
    "skipped",
    "away",
    "removed",
)


def type_text(path: Path, pages: int | None) -> str:
    """ "PDF, 48 pages", "Excel, 4 sheets", "Markdown"."""
    suffix = path.suffix.removeprefix(".").casefold()
    name = tr(_TYPES[suffix]) if suffix in _TYPES else _NAMES.get(suffix) or suffix.upper() or tr("File")
    return name if pages is None else f"{name}, {_counted(file_icon(path.name), pages)}"


def _counted(icon: str, pages: int) -> str:
    if icon == "table":
        return amount(pages, "1 sheet", "%1 sheets")
    if icon == "presentation":
        return amount(pages, "1 slide", "%1 slides")
    return amount(pages, "1 page", "%1 pages")


def since_text(moment: datetime, now: datetime) -> str:
    """ "now", "2 min ago", "3 h ago", "Yesterday", "Mon", "12 Nov", "12 Nov 2024"; both times are aware."""
    passed = now - moment
    local, today = moment.astimezone(), now.astimezone().date()
    if timedelta(minutes=-1) < passed < timedelta(minutes=1):
        return tr("now")
    if timedelta(0) < passed < timedelta(hours=1):
        return tr("%1 min ago").replace("%1", str(int(passed.total_seconds() // 60)))
    if local.date() == today and passed > timedelta(0):
        return tr("%1 h ago").replace("%1", str(int(passed.total_seconds() // 3600)))
    if local.date() == today - timedelta(days=1):
        return tr("Yesterday")
    return _day(local, recent=timedelta(0) < passed < timedelta(days=6), this_year=local.year == today.year)


def _day(local: datetime, *, recent: bool, this_year: bool) -> str:
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        locale = QLocale(QLocale.Language.English)
    day = QDate(local.year, local.month, local.day)
    return locale.toString(day, "ddd" if recent else "d MMM" if this_year else "d MMM yyyy")


def status_text(state: str, reason: str) -> str:
    """ "Could not be read: the file is cut off"; other states say it by their name alone."""
    words = tr(_STATES[state])
    if not reason or state not in _EXPLAINED:
        return words
    sentence = reason.removesuffix(".")
    second_is_small = len(sentence) > 1 and (sentence[1].islower() or sentence[1] == " ")
    return f"{words}: {sentence[0].lower() + sentence[1:] if second_is_small else sentence}"


def file_row(file: IndexedFile, now: datetime) -> FileRow:
    state = str(file.state)
    return FileRow(
        file_id=str(file.id),
        name=file.path.name,
        folder=str(file.path.parent),
        path=str(file.path),
        icon_name=file_icon(file.path.name),
        type_text=type_text(file.path, file.pages),
        passages_text=number(file.passages) if file.passages else "—",
        status=state,
        status_text=status_text(state, file.reason),
        tone=_TONES.get(state, ""),
        reason=file.reason,
        changed_text=since_text(file.modified_at, now),
        can_retry=state in ("could_not_be_read", "needs_ocr", "skipped", "away"),
    )


def chips_of(counts: Mapping[FileState, int], chosen: str) -> list[StateChip]:
    """All, and each state that occurs; none when there is nothing to choose."""
    by_state = {str(state): count for state, count in counts.items() if count}
    every = sum(count for state, count in by_state.items() if state != "removed")
    shown = [StateChip("", tr("All"), number(every), chosen == "")]
    shown += [
        StateChip(state, tr(_STATES[state]), number(by_state.get(state, 0)), chosen == state)
        for state in _CHIPS
        if state in by_state or state == chosen
    ]
    return shown if len(shown) > 2 or chosen else []
