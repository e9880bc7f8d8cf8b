"""What the window asks of the modules: their contract clients, gathered once on the host thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    # Only for types: importing the contracts costs 100 ms that the first frame must not wait for.
    from modkit.db.health import StorageClient
    from modkit.keys import KeyReport
    from modkit.security import SecurityContext
    from modules.backups.contract import BackupsClient
    from modules.chat.contract import ChatClient
    from modules.jobs_manager.contract import JobsClient
    from modules.llm_manager.contract import LlmManagerClient
    from modules.portability.contract import PortabilityClient
    from modules.rag.contract import RagClient
    from modules.settings.contract import SettingsClient


class KeysClient(Protocol):
    """How the profile's key is protected; ``modkit.keys.KeyStore`` is one, and says what its verbs raise."""

    fresh_recovery_code: str | None
    """Made at the first start, shown once and kept nowhere."""

    async def report(self, *, ask_keyring: bool = True) -> KeyReport: ...
    async def verify(self, secret: str) -> None: ...
    async def set_passphrase(self, passphrase: str | None) -> None: ...
    async def ask_at_start(self, asks: bool) -> None: ...
    async def new_recovery_code(self) -> str: ...
    async def confirm_recovery_code(self) -> None: ...


class FirstDraftClient(Protocol):
    """Words that belong to no conversation yet."""

    async def read(self) -> str: ...
    async def keep(self, text: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Clients:
    """The clients a view-model may call, and the subject in whose name it calls."""

    ctx: SecurityContext
    chat: ChatClient
    models: LlmManagerClient
    jobs: JobsClient
    settings: SettingsClient
    rag: RagClient
    backups: BackupsClient
    storage: StorageClient
    first_draft: FirstDraftClient
    portability: PortabilityClient | None = None
    """None where there is nothing to exchange conversations with."""
    keys: KeysClient | None = field(default=None, repr=False)
    """None where there is no key of the profile's own."""


@dataclass(frozen=True, slots=True)
class OpenHost:
    """A running host as the bridge needs it: its clients, and how to stop it."""

    clients: Clients
    close: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the user chose to do about a file that does not open: put together what can be read of it, or put the
    newest good backup in its place."""

    how: Literal["repair", "restore"]
    path: Path


HostOpener = Callable[[], Awaitable[OpenHost]]
"""Runs on the host thread; may import whatever it needs there."""
