"""Words without a conversation, in memory."""

from __future__ import annotations


class DemoFirstDraft:
    """As ``window.first_draft.SealedFirstDraft``; ``text`` is what is kept."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    async def read(self) -> str:
        return self.text

    async def keep(self, text: str) -> None:
        self.text = text
