"""Backups in memory: a week of them, and conversations to be found in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from hyperspot_desktop.demo.texts import QUESTION, SHORT_ANSWER
from modkit.security import SecurityContext
from modules.backups.contract import (
    BackupInfo,
    BackupNotFound,
    BackupReason,
    BackupsStatus,
    PreviewedConversation,
    RestoredConversation,
    RestoreDecision,
    TrashedBackup,
)
from modules.chat.contract import (
    ChatMessage,
    ChatParams,
    Conversation,
    ConversationNotFound,
    ConversationTree,
    MessageStatus,
    Role,
)

Here = Literal["present", "trashed", "missing"]
TITLES: tuple[tuple[str, Here], ...] = (
    ("Termination clauses in the MSA", "present"),
    ("Quarterly review: what to ask the auditors", "missing"),
    ("Draft reply to supplier about late delivery", "present"),
    ("Names for the new product line", "trashed"),
    ("Regex for ISO dates", "present"),
    ("Recipe: lentil soup for twelve", "missing"),
)


class DemoBackups:
    """Implements BackupsClient; ``failure`` is raised by every verb that is asked for from then on."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.backups: list[BackupInfo] = []
        self.bin: list[TrashedBackup] = []
        self.inside: list[PreviewedConversation] = []
        self.trees: dict[UUID, ConversationTree] = {}
        self.decision: RestoreDecision | None = None
        self.second_folder: Path | None = None
        self.problem = ("", "")

    @classmethod
    def full(cls) -> DemoBackups:
        demo = cls()
        for hours, label in ((1, "automatic"), (2, "automatic"), (3, "before-import"), (26, "manual")):
            demo.add(label, hours_ago=hours, second_copy=hours == 1)
        for days in (2, 3, 9):
            demo.add("automatic", hours_ago=24 * days)
        demo.add("before-migration", hours_ago=24 * 12, state="unchecked")
        damaged = replace(demo.add("automatic", hours_ago=24 * 40), state="damaged", problem="page 17 is not whole")
        demo.backups[-1] = replace(damaged, conversations=None, messages=None)
        demo.second_folder = Path("/media/usb/backups")
        for number, (title, here) in enumerate(TITLES):
            demo.put(title, here, hours_ago=5 + 20 * number)
        return demo

    def add(
        self,
        label: str,
        *,
        hours_ago: float = 0,
        state: Literal["good", "damaged", "unchecked"] = "good",
        second_copy: bool = False,
    ) -> BackupInfo:
        made_at = datetime.now(UTC) - timedelta(hours=hours_ago)
        name = f"hyperspot-{made_at:%Y%m%dT%H%M%S%fZ}-{label}.db"
        size_bytes = int(48_200_000 - 90_000 * hours_ago)
        conversations, messages = (128, 4_312) if state == "good" else (None, None)
        backup = BackupInfo(
            name,
            Path("/home/me/.hyperspot/backups") / name,
            label,
            "hyperspot",
            made_at,
            size_bytes,
            state,
            made_at if state != "unchecked" else None,
            "",
            conversations,
            messages,
            second_copy,
        )
        self.backups.append(backup)
        return backup

    def put(self, title: str, here: Here, *, hours_ago: float = 1) -> UUID:
        """A conversation that every backup has."""
        moment = datetime.now(UTC) - timedelta(hours=hours_ago)
        conversation_id = uuid4()

        def message(role: Role, content: str, parent: UUID | None) -> ChatMessage:
            return ChatMessage(uuid4(), conversation_id, parent, role, content, MessageStatus.COMPLETE, moment)

        question = message("user", QUESTION, None)
        answer = message("assistant", SHORT_ANSWER, question.id)
        conversation = Conversation(conversation_id, title, "user", None, "", ChatParams(), answer.id, moment, moment)
        self.trees[conversation_id] = ConversationTree(conversation, (question, answer))
        self.inside.append(PreviewedConversation(conversation, 2, here))
        return conversation_id

    async def create(self, ctx: SecurityContext, reason: BackupReason = "manual") -> list[BackupInfo]:
        self._may()
        made = self.add(reason)
        self.backups.sort(key=lambda one: one.created_at, reverse=True)
        return [made]

    async def ensure(self, ctx: SecurityContext, reason: BackupReason) -> list[BackupInfo]:
        return await self.create(ctx, reason)

    async def all(self, ctx: SecurityContext) -> list[BackupInfo]:
        self._may()
        return list(self.backups)

    async def verify(self, ctx: SecurityContext, name: str, *, secret: str = "") -> BackupInfo:
        found = self._find(name)
        state = "good" if found.state == "unchecked" else found.state
        checked = replace(found, state=state, checked_at=datetime.now(UTC))
        self.backups[self.backups.index(found)] = checked
        return checked

    async def preview(self, ctx: SecurityContext, name: str, *, secret: str = "") -> list[PreviewedConversation]:
        self._find(name)
        return list(self.inside)

    async def messages(
        self, ctx: SecurityContext, name: str, conversation_id: UUID, *, secret: str = ""
    ) -> tuple[ChatMessage, ...]:
        return (await self.conversation(ctx, name, conversation_id)).messages

    async def conversation(
        self, ctx: SecurityContext, name: str, conversation_id: UUID, *, secret: str = ""
    ) -> ConversationTree:
        self._find(name)
        if conversation_id not in self.trees:
            raise ConversationNotFound(conversation_id)
        return self.trees[conversation_id]

    async def restore_conversations(
        self, ctx: SecurityContext, name: str, conversation_ids: Sequence[UUID] | None, *, secret: str = ""
    ) -> list[RestoredConversation]:
        self._find(name)
        wanted = [one.conversation.id for one in self.inside] if conversation_ids is None else conversation_ids
        return [self._back(one) for one in wanted]

    async def restore_everything(self, ctx: SecurityContext, name: str, *, secret: str = "") -> RestoreDecision:
        found = self._find(name)
        self.decision = RestoreDecision(found, self.add("before-restore"))
        return self.decision

    async def undo_restore(self, ctx: SecurityContext) -> bool:
        self._may()
        undone, self.decision = self.decision is not None, None
        return undone

    async def remove(self, ctx: SecurityContext, name: str) -> BackupInfo:
        found = self._find(name)
        self.backups.remove(found)
        now = datetime.now(UTC)
        self.bin.insert(0, TrashedBackup(found, now, now + timedelta(days=30)))
        return found

    async def trashed(self, ctx: SecurityContext) -> list[TrashedBackup]:
        return list(self.bin)

    async def take_back(self, ctx: SecurityContext, name: str) -> BackupInfo:
        self._may()
        taken = next((one for one in self.bin if one.backup.name == name), None)
        if taken is None:
            raise BackupNotFound(name)
        self.bin.remove(taken)
        self.backups.append(taken.backup)
        self.backups.sort(key=lambda one: one.created_at, reverse=True)
        return taken.backup

    async def delete_for_ever(self, ctx: SecurityContext, name: str) -> None:
        self._may()
        self.bin = [one for one in self.bin if one.backup.name != name]

    async def status(self, ctx: SecurityContext) -> BackupsStatus:
        return BackupsStatus(
            automatic=True,
            newest_good=next((one for one in self.backups if one.state == "good"), None),
            second_folder=self.second_folder,
            restore_decided=self.decision is not None,
            problem=self.problem[0],
            action=self.problem[1],
        )

    def _may(self) -> None:
        if self.failure is not None:
            raise self.failure

    def _find(self, name: str) -> BackupInfo:
        self._may()
        found = next((one for one in self.backups if one.name == name), None)
        if found is None:
            raise BackupNotFound(name)
        return found

    def _back(self, conversation_id: UUID) -> RestoredConversation:
        at = next(at for at, one in enumerate(self.inside) if one.conversation.id == conversation_id)
        one = self.inside[at]
        self.inside[at] = replace(one, here="present")
        missing = one.here == "missing"
        return RestoredConversation(
            conversation_id,
            one.conversation.title,
            created=missing,
            added=one.messages if missing else 0,
            known=0 if missing else one.messages,
            from_trash=one.here == "trashed",
        )
