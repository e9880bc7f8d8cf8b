"""A bridge over real chats, settings, exports and imports; the rest is the demo's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import OpenHost
from hyperspot_desktop.demo import profile
from hyperspot_desktop.window.pdf_printer import QtPdfPrinter
from modkit.security import SecurityContext
from modules.chat.contract import ConversationTree
from tests.modules.portability.exchange_support import opened_profile


@contextmanager
def real_bridge(folder: Path, trees: Sequence[ConversationTree] = ()) -> Iterator[Bridge]:
    """An encrypted profile in ``folder`` that holds these conversations."""

    async def open_real() -> OpenHost:
        stack = AsyncExitStack()
        opened = await stack.enter_async_context(opened_profile(folder, printer=QtPdfPrinter()))
        for tree in trees:
            await opened.chat.import_conversation(SecurityContext.local_user(), tree)
        clients = replace(profile.clients(), chat=opened.chat, settings=opened.settings, portability=opened.portability)
        return OpenHost(clients, stack.aclose)

    bridge = Bridge(open_real)
    bridge.start()
    yield bridge
    assert bridge.dispose()
