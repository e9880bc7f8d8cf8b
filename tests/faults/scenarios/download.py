"""A model that is fetched in pieces over several connections."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

from modules.llm_manager.infra.download import Downloader, DownloadOptions, Order, transfer
from modules.llm_manager.infra.files import LocalModelFiles
from tests.faults.harness.proxy import lossy_proxy
from tests.faults.harness.scenario import Acknowledge, Fact, Scenario
from tests.modules.llm_manager.gguf_support import model_bytes
from tests.modules.llm_manager.hostile_server import Behaviour, hostile_server

# Many saves in a short life, so that faults hit them too.
transfer.SAVE_EVERY_S = 0.005
_CONTENT = model_bytes(512 * 1024)
_SHA256 = hashlib.sha256(_CONTENT).hexdigest()
_NAME = "m.gguf"
_BEHAVIOUR = Behaviour(_CONTENT, chunk_delay_s=0.0005)
_PATIENCE_S = 10.0
"""Longer than any pause of a busy computer: over a good network nothing may break off."""
_LITTLE_PATIENCE_S = 0.2


class DownloadScenario(Scenario):
    """Nothing but the whole file ever has its name, and the next start ends with it."""

    name = "download"
    life_s = 0.1
    network = True

    async def prepare(self, place: Path) -> None:
        (place / "models").mkdir()

    async def act(self, place: Path, chance: random.Random, acknowledge: Acknowledge, steps: int) -> None:
        async with hostile_server(_BEHAVIOUR) as server:
            await _fetch(place, server.port, acknowledge, _PATIENCE_S)

    async def act_over_a_bad_network(self, place: Path, chance: random.Random, acknowledge: Acknowledge) -> None:
        async with hostile_server(_BEHAVIOUR) as server, lossy_proxy(server.port, chance) as proxy:
            await _fetch(place, proxy.port, acknowledge, _LITTLE_PATIENCE_S)

    async def check(self, place: Path, facts: Sequence[Fact]) -> list[str]:
        target = place / "models" / _NAME
        if target.exists() and target.read_bytes() != _CONTENT:
            return ["a bad file has the final name"]
        if facts and not target.exists():
            return ["the file that was finished is gone"]
        await self.act(place, random.Random(0), lambda _: None, 1)
        left = sorted(path.name for path in target.parent.iterdir())
        return [] if left == [_NAME] else [f"beside the file there is {left}"]


async def _fetch(place: Path, port: int, acknowledge: Acknowledge, patience_s: float) -> None:
    options = DownloadOptions(range_bytes=64 * 1024, stall_timeout_s=patience_s, retries=1, retry_delay_s=0.001)
    order = Order(
        f"http://127.0.0.1:{port}/{_NAME}",
        place / "models" / _NAME,
        _SHA256,
        connections=2,
        check=LocalModelFiles().header,
    )
    await Downloader(options).fetch(order, lambda _: None)
    acknowledge({"sha256": _SHA256})
