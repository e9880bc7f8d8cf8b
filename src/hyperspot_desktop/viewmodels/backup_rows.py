"""What the Backups page shows of a backup, and of the conversations and messages in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hyperspot_desktop.text_cleaning import clean
from hyperspot_desktop.viewmodels.text import amount, day_group, moment_text, size, tr

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from modules.backups.contract import BackupInfo, PreviewedConversation, TrashedBackup
    from modules.chat.contract import ChatMessage

_REASONS = {
    "manual": "Made by hand",
    "automatic": "Automatic",
    "before-migration": "Before an update",
    "before-restore": "Before a restore",
    "before-import": "Before an import",
    "before-delete": "Before a deletion",
}
_HERE = {"present": "Here now", "trashed": "In the trash", "missing": "Not here"}
_WHO = {"user": "You", "assistant": "Answer", "system": "Instructions"}
LONGEST_SHOWN = 8_000
"""Characters of one message: a preview is for recognising, and a page of plain text is enough for that."""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """``fate`` is "good", "damaged" or "unchecked"; ``day`` is the heading that it stands under."""

    name: str
    path: str
    day: str
    title: str
    reason: str
    detail: str
    fate: str
    state_text: str
    checking: bool
    second_copy: bool


@dataclass(frozen=True, slots=True)
class TrashedBackupRow:
    """A backup that can be taken back."""

    name: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A conversation in a backup; ``here`` is "present", "trashed" or "missing"."""

    conversation_id: str
    title: str
    detail: str
    here: str
    here_text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PreviewMessageRow:
    """A message in a backup, as plain text."""

    message_id: str
    role: str
    who: str
    text: str


def backup_row(backup: BackupInfo, checking: AbstractSet[str], today: date) -> BackupRow:
    return BackupRow(
        name=backup.name,
        path=str(backup.path),
        day=day_group(backup.created_at, today),
        title=moment_text(backup.created_at, today),
        reason=reason_text(backup),
        detail=_detail(backup),
        fate=backup.state,
        state_text=_state_text(backup, today),
        checking=backup.name in checking,
        second_copy=backup.second_copy,
    )


def trashed_row(trashed: TrashedBackup, today: date) -> TrashedBackupRow:
    backup = trashed.backup
    until = tr("deleted by itself %1").replace("%1", moment_text(trashed.gone_at, today))
    return TrashedBackupRow(backup.name, named(backup, today), f"{size(backup.size_bytes)}  ·  {until}")


def preview_row(one: PreviewedConversation, chosen: AbstractSet[str], today: date) -> PreviewRow:
    conversation = one.conversation
    detail = f"{amount(one.messages, '1 message', '%1 messages')}  ·  {moment_text(conversation.updated_at, today)}"
    if conversation.deleted_at is not None:
        detail += "  ·  " + tr("was in the trash")
    return PreviewRow(
        conversation_id=str(conversation.id),
        title=clean(conversation.title) or tr("New chat"),
        detail=detail,
        here=one.here,
        here_text=tr(_HERE[one.here]),
        chosen=str(conversation.id) in chosen,
    )


def message_row(message: ChatMessage) -> PreviewMessageRow:
    """Blocks for some milliseconds: the marks of an answer are taken out of its text."""
    # Markdown costs a start more than it may take; nobody has looked into a backup by then.
    from hyperspot_desktop.markdown.plain import plain_text

    text = message.content
    shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + " …"
    shown = plain_text(shown) if message.role == "assistant" else clean(shown)
    return PreviewMessageRow(str(message.id), message.role, tr(_WHO.get(message.role, "Message")), shown)


def named(backup: BackupInfo, today: date) -> str:
    """A backup in a sentence: "14:03, automatic" would be read as two things."""
    reason = reason_text(backup)
    moment = moment_text(backup.created_at, today)
    return f"{moment}  ·  {reason}" if reason else moment


def reason_text(backup: BackupInfo) -> str:
    return tr(_REASONS[backup.label]) if backup.label in _REASONS else backup.label


def _detail(backup: BackupInfo) -> str:
    parts = [size(backup.size_bytes)]
    if backup.conversations is not None:
        parts.append(amount(backup.conversations, "1 conversation", "%1 conversations"))
    if backup.messages is not None:
        parts.append(amount(backup.messages, "1 message", "%1 messages"))
    return "  ·  ".join(parts)


def _state_text(backup: BackupInfo, today: date) -> str:
    if backup.state == "damaged":
        return tr("Damaged: %1").replace("%1", backup.problem)
    if backup.checked_at is None:
        return tr("Not checked")
    return tr("Whole, checked %1").replace("%1", moment_text(backup.checked_at, today))
