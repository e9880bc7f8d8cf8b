"""Files of a collection as lines of a table, and the chips that narrow it by state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from hyperspot_desktop.viewmodels.text import number, tr

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
    "pdf": ("PDF", "file-text"),
    "docx": ("Word", "file-text"),
    "doc": ("Word", "file-text"),
    "odt": ("OpenDocument", "file-text"),
    "rtf": ("Rich text", "file-text"),
    "xlsx": ("Excel", "table"),
    "xls": ("Excel", "table"),
    "ods": ("OpenDocument sheet", "table"),
    "csv": ("Table", "table"),
    "tsv": ("Table", "table"),
    "pptx": ("PowerPoint", "presentation"),
    "ppt": ("PowerPoint", "presentation"),
    "odp": ("OpenDocument slides", "presentation"),
    "md": ("Markdown", "file-text"),
    "html": ("HTML", "file-code"),
    "htm": ("HTML", "file-code"),
    "xml": ("XML", "file-code"),
    "json": ("JSON", "file-code"),
    "txt": ("Text", "file-text"),
    "epub": ("E-book", "library"),
    "eml": ("E-mail", "file-text"),
    "msg": ("E-mail", "file-text"),
    "zip": ("Archive", "file"),
    "png": ("Picture", "file-image"),
    "jpg": ("Picture", "file-image"),
    "jpeg": ("Picture", "file-image"),
    "webp": ("Picture", "file-image"),
    "tif": ("Picture", "file-image"),
    "tiff": ("Picture", "file-image"),
    "gif": ("Picture", "file-image"),
    "bmp": ("Picture", "file-image"),
    "docm": ("Word", "file-text"),
    "xlsm": ("Excel", "table"),
    "pptm": ("PowerPoint", "presentation"),
    "mbox": ("Mailbox", "file-text"),
    "rst": ("reStructuredText", "file-text"),
    "adoc": ("AsciiDoc", "file-text"),
    "tex": ("LaTeX", "file-text"),
    "yaml": ("YAML", "file-code"),
    "yml": ("YAML", "file-code"),
    "toml": ("TOML", "file-code"),
    "sql": ("SQL", "file-code"),
    "css": ("CSS", "file-code"),
    "py": ("Python", "file-code"),
    "js": ("JavaScript", "file-code"),
    "ts": ("TypeScript", "file-code"),
    "tsx": ("TypeScript", "file-code"),
    "java": ("Java", "file-code"),
    "kt": ("Kotlin", "file-code"),
    "swift": ("Swift", "file-code"),
    "scala": ("Scala", "file-code"),
    "go": ("Go", "file-code"),
    "rs": ("Rust", "file-code"),
    "c": ("C", "file-code"),
    "h": ("C", "file-code"),
    "cpp": ("C++", "file-code"),
    "hpp": ("C++", "file-code"),
    "cs": ("C#", "file-code"),
    "php": ("PHP", "file-code"),
    "rb": ("Ruby", "file-code"),
    "lua": ("Lua", "file-code"),
    "hs": ("Haskell", "file-code"),
    "sh": ("Shell", "file-code"),
}
_COUNTED = {
    "table": ("1 sheet", "%1 sheets"),
    "presentation": ("1 slide", "%1 slides"),
    "": ("1 page", "%1 pages"),
}
_STATES = {
    "indexed": ("Indexed", ""),
    "indexed_without_vectors": ("Indexed by words", ""),
    "queued": ("Waiting", ""),
    "skipped": ("Skipped", ""),
    "needs_ocr": ("Needs text recognition", "warning"),
    "could_not_be_read": ("Could not be read", "bad"),
    "away": ("Away", "warning"),
    "removed": ("Removed", ""),
}
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


def icon_of(suffix: str) -> str:
    return _TYPES.get(suffix.casefold(), ("", "file"))[1]


def type_text(path: Path, pages: int | None) -> str:
    """ "PDF, 48 pages", "Excel, 4 sheets", "Markdown"."""
    suffix = path.suffix.removeprefix(".").casefold()
    name, icon = _TYPES.get(suffix, (suffix.upper() or "File", "file"))
    words = tr(name) if suffix in _TYPES or not suffix else name
    if pages is None:
        return words
    one, many = _COUNTED.get(icon, _COUNTED[""])
    counted = tr(one) if pages == 1 else tr(many).replace("%1", number(pages))
    return f"{words}, {counted}"


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
    words = tr(_STATES[state][0])
    if not reason or state not in _EXPLAINED:
        return words
    sentence = reason.removesuffix(".")
    second_is_small = len(sentence) > 1 and (sentence[1].islower() or sentence[1] == " ")
    return f"{words}: {sentence[0].lower() + sentence[1:] if second_is_small else sentence}"


def file_row(file: IndexedFile, now: datetime) -> FileRow:
    state = str(file.state)
    suffix = file.path.suffix.removeprefix(".")
    return FileRow(
        file_id=str(file.id),
        name=file.path.name,
        folder=str(file.path.parent),
        path=str(file.path),
        icon_name=icon_of(suffix),
        type_text=type_text(file.path, file.pages),
        passages_text=number(file.passages) if file.passages else "—",
        status=state,
        status_text=status_text(state, file.reason),
        tone=_STATES[state][1],
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
        StateChip(state, tr(_STATES[state][0]), number(by_state.get(state, 0)), chosen == state)
        for state in _CHIPS
        if state in by_state or state == chosen
    ]
    return shown if len(shown) > 2 or chosen else []
