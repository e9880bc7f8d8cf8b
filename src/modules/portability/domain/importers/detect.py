"""Finds out which program wrote a file or folder, by what is in it and not by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from modules.chat.contract import ConversationTree
from modules.portability.contract import ArchiveDamaged, HistorySource, UnknownHistory
from modules.portability.domain.archive import is_archive, read_archive
from modules.portability.domain.documents.decode import is_document, read_document
from modules.portability.domain.documents.strict_json import read_json
from modules.portability.domain.history import History
from modules.portability.domain.importers.chatgpt import ChatGptReader
from modules.portability.domain.importers.claude import ClaudeReader
from modules.portability.domain.importers.foreign import Reader, Reading
from modules.portability.domain.importers.gpt4all import gpt4all_files, gpt4all_trees
from modules.portability.domain.importers.jan import jan_folders, jan_trees
from modules.portability.domain.importers.lm_studio import LmStudioReader
from modules.portability.domain.importers.open_webui import OpenWebUiReader
from modules.portability.domain.ports import Source


class _OwnReader:
    """Single documents of this program; implements Reader."""

    source = HistorySource.HYPERSPOT

    def matches(self, value: Any) -> bool:
        return is_document(value)

    def trees(self, value: Any, name: str, reading: Reading) -> Iterator[ConversationTree]:
        yield read_document(value, name)


_READERS: tuple[Reader, ...] = (_OwnReader(), ChatGptReader(), ClaudeReader(), OpenWebUiReader(), LmStudioReader())


def history_of(source: Source, owner: UUID) -> History:
    """The history in a file, a folder or a ZIP; ``owner`` is the user whose conversations they become.

    Raises:
        UnknownHistory: nothing in it is the export of a program that is known.
        UnsupportedHistory: it is one of a version of its program that cannot be read.
        ArchiveDamaged, TooLarge: it is one that must not be imported.
    """
    if is_archive(source):
        return read_archive(source)
    if jan_folders(source.names()):
        reading = Reading(owner, HistorySource.JAN)
        return History(reading.source, lambda: jan_trees(source, reading), left_out=reading.left_out)
    if chats := gpt4all_files(source):
        reading = Reading(owner, HistorySource.GPT4ALL)
        return History(reading.source, lambda: gpt4all_trees(source, chats, reading), left_out=reading.left_out)
    files = _Files(source)
    reader, names = _reader_of(files)
    reading = Reading(owner, reader.source)
    return History(reading.source, lambda: _trees(files, names, reader, reading), left_out=reading.left_out)


class _Files:
    """Parsed files; the last one stays, because most exports are a single large one that is asked for three times."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self.names = [name for name in source.names() if name.endswith(".json")] or list(source.names())
        self._source = source
        self._last: tuple[str, Any] = ("", None)

    def parsed(self, name: str) -> Any:
        if self._last[0] != name:
            self._last = ("", None)
            self._last = (name, read_json(self._source.read(name), name))
        return self._last[1]


def _trees(files: _Files, names: Sequence[str], reader: Reader, reading: Reading) -> Iterator[ConversationTree]:
    for name in names:
        yield from reader.trees(files.parsed(name), name, reading)


def _reader_of(files: _Files) -> tuple[Reader, list[str]]:
    """The reader of the files, and the names of those that it can read."""
    found: dict[HistorySource, tuple[Reader, list[str]]] = {}
    for name in files.names:
        value = files.parsed(name)
        reader = next((one for one in _READERS if one.matches(value)), None)
        if reader is not None:
            found.setdefault(reader.source, (reader, []))[1].append(name)
    if not found:
        raise UnknownHistory(f"{files.name} holds no conversations of a program that is known.")
    if len(found) > 1:
        raise ArchiveDamaged(
            f"{files.name} mixes exports of {' and '.join(sorted(found))}.", action="Import them one after the other."
        )
    return next(iter(found.values()))
