"""What a scene is, and what it may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyperspot_desktop.clients import Clients, HostOpener
from hyperspot_desktop.demo import profile
from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow

    from hyperspot_desktop.viewmodels.all import ViewModels

WaitFor = Callable[[Callable[[], bool]], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene may touch."""

    view_models: ViewModels
    window: QQuickWindow
    wait_for: WaitFor


@dataclass(frozen=True, slots=True)
class Scene:
    """``page`` groups scenes for ``--page``."""

    name: str
    page: str
    opener: Callable[[], HostOpener]
    act: Callable[[Stage], None]
    language: str = ""
    """What the window speaks; "" leaves it to ``--language``."""
    resized: Callable[[Stage], None] | None = None
    """Done again at every size, before the picture."""


class DemoFailure(HyperSpotError):
    """A failure as a module would say it, for pictures."""

    kind = ErrorKind.UNAVAILABLE
    code = "database_locked"
    action = "Close the other program that uses the profile, then try again."


def opening(make: Callable[[], Clients]) -> Callable[[], HostOpener]:
    """Opens a demo profile that is made anew for every picture."""
    return lambda: lambda: profile.opened(make())


def open_newest(stage: Stage) -> None:
    """The newest conversation is on the page."""
    conversations, chat = stage.view_models.conversations, stage.view_models.chat
    stage.wait_for(lambda: bool(conversations.rows_now()))
    chat.open(conversations.rows_now()[0].conversation_id)
    stage.wait_for(lambda: not chat.property("loading") and chat.property("conversationId") != "")
