"""What a piece of the program has to say so that it can be broken on purpose: prepare, act, acknowledge, check."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from modkit.keys import DataKey

Fact = dict[str, Any]
"""Something that a user was told is stored; JSON."""

Acknowledge = Callable[[Fact], None]

KEY = DataKey(bytes(range(32)))


class Scenario:
    """One thing that the program does with what must not be lost.

    Every method runs in a process of its own, forked for it; ``place`` is a folder that nobody else uses. Verbs may
    raise a ``HyperSpotError``: a fault that is said is no loss. Any other error is a finding.

    ``database`` names the file below the place whose log can be cut; None where a power cut means nothing else than a
    kill. ``rebuildable``: a damaged one is set aside and made anew, nobody repairs it. ``life_s`` is the longest time
    until a kill, after the first acknowledgement or, for every fourth, the start. With ``network`` set it can
    act over a network that loses things.
    """

    name = ""
    database: str | None = None
    rebuildable = False
    life_s = 0.3
    network = False

    async def prepare(self, place: Path) -> None:
        """Make what is there before anything goes wrong; done once, every trial begins with a copy."""

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        """Open, do ``steps`` small things, close; ``acknowledge`` what the user may rely on, as soon as that is so."""
        raise NotImplementedError

    async def act_over_a_bad_network(self, place: Path, chance: random.Random, acknowledge: Acknowledge) -> None:
        """Act once through a :func:`~tests.faults.harness.proxy.lossy_proxy`."""
        raise NotImplementedError

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        """What is wrong at the next start: a sentence for everything lost, and for every bad file."""
        raise NotImplementedError

    def missing(self, connection: sqlcipher.Connection, facts: Sequence[Fact]) -> list[str]:
        """The same for a database alone, after a power cut."""
        raise NotImplementedError
