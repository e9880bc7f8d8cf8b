"""Backups as others see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from modules.chat.contract import Conversation

BackupState = Literal["good", "damaged", "unchecked"]
"""What the last check found: every page whole, something wrong, or nobody has looked."""

BackupReason = Literal["manual", "automatic", "before-restore", "before-import", "before-delete"]


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup; ``name`` is what the other verbs want.

    ``label`` says why it was made (a ``BackupReason``, or ``before-migration``; "" for a file of another name).
    ``database`` is the stem of the file that it is a copy of. ``conversations`` and ``messages`` count those in it,
    also in the trash; None when it was not checked or is damaged. ``problem`` is why it is damaged, else "".
    """

    name: str
    path: Path
    label: str
    database: str
    created_at: datetime
    size_bytes: int
    state: BackupState
    checked_at: datetime | None = None
    problem: str = ""
    conversations: int | None = None
    messages: int | None = None
    second_copy: bool = False
    """A copy of it is in the second folder."""


@dataclass(frozen=True, slots=True)
class TrashedBackup:
    """A backup that was removed; it can be taken back until ``gone_at``, when it is deleted by itself."""

    backup: BackupInfo
    trashed_at: datetime
    gone_at: datetime


@dataclass(frozen=True, slots=True)
class PreviewedConversation:
    """A conversation in a backup. ``here``: whether the profile has it now, has it in the trash, or not at all.

    ``messages`` counts all branches.
    """

    conversation: Conversation
    messages: int
    here: Literal["present", "trashed", "missing"]


@dataclass(frozen=True, slots=True)
class RestoredConversation:
    """What became of one: ``added`` messages came back, ``known`` ones were there and are as they were.

    ``created``: the profile did not have it. ``from_trash``: it lay in the trash, and was taken out of it.
    """

    conversation_id: UUID
    title: str
    created: bool
    added: int
    known: int
    from_trash: bool


@dataclass(frozen=True, slots=True)
class RestoreDecision:
    """The next start puts ``backup`` in the place of the database; ``safety`` is the copy of what is there now."""

    backup: BackupInfo
    safety: BackupInfo


@dataclass(frozen=True, slots=True)
class BackupsStatus:
    """``newest_good`` is None when there is no checked backup; ``problem`` is the last thing that went wrong, or ""."""

    automatic: bool
    newest_good: BackupInfo | None
    second_folder: Path | None
    restore_decided: bool
    problem: str = ""
    action: str = ""
