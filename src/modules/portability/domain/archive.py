"""The archive of a profile: what its manifest says, and how its conversations are read back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from modules.chat.contract import ConversationTree
from modules.portability.contract import ArchiveDamaged, HistorySource, NewerFormat
from modules.portability.domain.collections import NAME as COLLECTIONS
from modules.portability.domain.collections import CollectionFields, read_collections
from modules.portability.domain.documents.decode import read_document
from modules.portability.domain.documents.strict_json import read_json
from modules.portability.domain.history import History
from modules.portability.domain.ports import Source
from modules.settings.contract import SettingValue

FORMAT = "hyperspot.archive"
VERSION = 1
MANIFEST = "manifest.json"
SETTINGS = "settings.json"
SETTINGS_FORMAT = "hyperspot.settings"
_FOLDER = "conversations/"


class ListedFile(BaseModel):
    """One file of an archive; the checksum is over its unpacked bytes."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    path: str = Field(max_length=1_000)
    size_bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """``conversations`` and ``messages`` count what the archive holds."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    conversations: int = Field(ge=0)
    messages: int = Field(ge=0)
    files: tuple[ListedFile, ...]


def conversation_path(conversation_id: UUID) -> str:
    """The name of a conversation's document in an archive."""
    return f"{_FOLDER}{conversation_id}.json"


def is_archive(source: Source) -> bool:
    """Whether it has a manifest; whether that is right is found out when it is read."""
    return MANIFEST in source.names()


def read_archive(source: Source) -> History:
    """The history in an archive; its list of files is checked here, each file when it is read.

    Raises:
        NewerFormat, ArchiveDamaged: the manifest is not one, or does not fit what is there.
    """
    manifest = _manifest(read_json(source.read(MANIFEST), MANIFEST))
    listed = {one.path: one for one in manifest.files}
    if len(listed) != len(manifest.files):
        raise ArchiveDamaged("The manifest lists a file twice.")
    there = set(source.names()) - {MANIFEST}
    if missing := sorted(listed.keys() - there):
        raise ArchiveDamaged(f"{missing[0]} is missing from the archive.")
    if added := sorted(there - listed.keys()):
        raise ArchiveDamaged(f"{added[0]} is in the archive, but its manifest does not know it.")
    documents = [one for one in manifest.files if one.path.startswith(_FOLDER)]
    if len(documents) != manifest.conversations:
        raise ArchiveDamaged(
            f"The archive should hold {manifest.conversations} conversations, but has {len(documents)}."
        )
    settings = _settings(source, listed[SETTINGS]) if SETTINGS in listed else {}
    collections = _collections(source, listed[COLLECTIONS]) if COLLECTIONS in listed else ()
    return History(HistorySource.HYPERSPOT, lambda: _trees(source, documents, manifest.messages), settings, collections)


def _trees(source: Source, documents: Sequence[ListedFile], messages: int) -> Iterator[ConversationTree]:
    for one in documents:
        tree = read_document(read_json(_verified(source, one), one.path), one.path)
        if conversation_path(tree.conversation.id) != one.path:
            raise ArchiveDamaged(f"{one.path} holds the conversation {tree.conversation.id}.")
        messages -= len(tree.messages)
        yield tree
    if messages:
        raise ArchiveDamaged("The archive does not hold as many messages as its manifest says.")


def _manifest(value: Any) -> Manifest:
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        raise ArchiveDamaged(f"{MANIFEST} is not that of an archive of this program.")
    version = value.get("version")
    if not isinstance(version, int) or version < 1:
        raise ArchiveDamaged(f"{MANIFEST} does not say which version it has.")
    if version > VERSION:
        raise NewerFormat(f"The archive has version {version}, this program reads versions up to {VERSION}.")
    try:
        return Manifest.model_validate(value)
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False, include_context=False)[0]
        raise ArchiveDamaged(f"{MANIFEST}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from err


def _settings(source: Source, listed: ListedFile) -> dict[str, SettingValue]:
    value = read_json(_verified(source, listed), SETTINGS)
    found = value.get("settings") if isinstance(value, Mapping) and value.get("format") == SETTINGS_FORMAT else None
    if not isinstance(found, Mapping) or not all(isinstance(one, bool | int | float | str) for one in found.values()):
        raise ArchiveDamaged(f"{SETTINGS} does not hold settings.")
    return dict(found)


def _collections(source: Source, listed: ListedFile) -> tuple[CollectionFields, ...]:
    return read_collections(read_json(_verified(source, listed), COLLECTIONS))


def _verified(source: Source, listed: ListedFile) -> bytes:
    data = source.read(listed.path)
    if len(data) != listed.size_bytes or hashlib.sha256(data).hexdigest() != listed.sha256:
        raise ArchiveDamaged(f"{listed.path} is not what its checksum says: it was changed or damaged.")
    return data
