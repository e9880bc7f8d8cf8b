"""What the window asks of the modules: their contract clients, gathered once on the host thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    # Only for types: importing the contracts costs 100 ms that the first frame must not wait for.
    from modkit.db.health import StorageClient
    from modkit.security import SecurityContext
    from modules.backups.contract import BackupsClient
    from modules.chat.contract import ChatClient
    from modules.jobs_manager.contract import JobsClient
    from modules.llm_manager.contract import LlmManagerClient
    from modules.portability.contract import PortabilityClient
    from modules.rag.contract import RagClient
    from modules.settings.contract import SettingsClient


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
    portability: PortabilityClient | None = None
    """None where there is nothing to exchange conversations with."""
    fresh_recovery_code: str = field(default="", repr=False)
    """Made at the first start, shown once and kept nowhere; "" at all later ones."""
    new_recovery_code: Callable[[], Awaitable[str]] | None = field(default=None, repr=False)
    """Replaces the recovery code. None where the key is not the profile's own, as in a demonstration."""


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
