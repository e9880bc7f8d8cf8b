"""The files that hold the wrapped key: made, given a passphrase, given another one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from modkit.keys import KeyStore, wraps
from modkit.keys.errors import WrongPassphrase
from tests.faults.harness.scenario import Acknowledge, Fact, Scenario

# Stretching a passphrase takes a quarter of a second on purpose; what is tested here is files.
wraps.SCRYPT_LOG_N = 10


class KeysScenario(Scenario):
    """The key that was given out opens for ever, and the last passphrase that was accepted works."""

    name = "keys"
    life_s = 0.1

    async def prepare(self, place: Path) -> None:
        (place / "home").mkdir()

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        keys = KeyStore(place / "home")
        key = await keys.open_or_create()
        acknowledge({"fingerprint": key.fingerprint})
        for _ in range(steps):
            passphrase = f"passphrase {chance.randrange(10**9)}"
            acknowledge({"trying": passphrase})
            await keys.set_passphrase(passphrase)
            acknowledge({"passphrase": passphrase})

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        opened = await KeyStore(place / "home").open_or_create()
        given = {fact["fingerprint"] for fact in facts if "fingerprint" in fact}
        if given - {opened.fingerprint}:
            return ["the home has another key now"]
        works = [fact for fact in facts if "fingerprint" not in fact]
        while works and "trying" in works[0]:
            works = works[1:]
        if not works:
            return []
        # The last one that was accepted, or one that was being set after it.
        last = max(number for number, fact in enumerate(works) if "passphrase" in fact)
        candidates = [works[last]["passphrase"], *(fact["trying"] for fact in works[last + 1 :])]
        for passphrase in candidates:
            try:
                await KeyStore(place / "home").unlock_with_passphrase(passphrase)
                return []
            except WrongPassphrase:
                continue
        return ["no passphrase works that was set"]
