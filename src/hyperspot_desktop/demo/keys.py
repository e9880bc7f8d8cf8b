"""The key's protection in memory: nothing is encrypted here."""

from __future__ import annotations

from dataclasses import replace

from modkit.keys import KeyReport
from modkit.keys.errors import WrongPassphrase

CODE = "7QF2A-M8XKC-3RTW1-9PHDE-5VBN0-6YCJT-4GKSZ"


class DemoKeys:
    """Implements the window's KeysClient; ``passphrase`` None: there is none."""

    def __init__(self, *, passphrase: str | None = None, code_kept: bool = True, fresh: bool = False) -> None:
        self.passphrase = passphrase
        self.fresh_recovery_code: str | None = CODE if fresh else None
        self._report = KeyReport(True, "keyring", (), "Demo", None, "", code_kept=code_kept)

    async def report(self, *, ask_keyring: bool = True) -> KeyReport:
        ways = ("keyring", "recovery") if self.passphrase is None else ("keyring", "recovery", "passphrase")
        return replace(self._report, wraps=ways)

    async def verify(self, secret: str) -> None:
        if secret not in (self.passphrase, CODE):
            raise WrongPassphrase

    async def set_passphrase(self, passphrase: str | None) -> None:
        self.passphrase = passphrase
        if passphrase is None:
            await self.ask_at_start(False)

    async def ask_at_start(self, asks: bool) -> None:
        self._report = replace(self._report, asks=asks, storage="none" if asks else "keyring")

    async def new_recovery_code(self) -> str:
        self._report = replace(self._report, code_kept=False)
        return CODE

    async def confirm_recovery_code(self) -> None:
        self._report = replace(self._report, code_kept=True)
