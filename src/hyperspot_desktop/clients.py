"""What the window asks of the modules: their contract clients, gathered once on the host thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Only for types: importing the contracts costs 100 ms that the first frame must not wait for.
    from modkit.keys import KeyReport
    from modkit.security import SecurityContext
    from modules.chat.contract import ChatClient
    from modules.jobs_manager.contract import JobsClient
    from modules.llm_manager.contract import LlmManagerClient
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


@dataclass(frozen=True, slots=True)
class Clients:
    """The clients a view-model may call, and the subject in whose name it calls."""

    ctx: SecurityContext
    chat: ChatClient
    models: LlmManagerClient
    jobs: JobsClient
    settings: SettingsClient
    rag: RagClient
    keys: KeysClient | None = field(default=None, repr=False)
    """None where there is no key of the profile's own."""


@dataclass(frozen=True, slots=True)
class OpenHost:
    """A running host as the bridge needs it: its clients, and how to stop it."""

    clients: Clients
    close: Callable[[], Awaitable[None]]


HostOpener = Callable[[], Awaitable[OpenHost]]
"""Runs on the host thread; may import whatever it needs there."""
