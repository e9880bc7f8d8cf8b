"""The partial file of a download: written in any order, hashed as its beginning grows."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from modules.llm_manager.infra.download.partfile import PartFile
from modules.llm_manager.infra.download.state import PartialState, Piece, discard_partial

CONTENT = b"0123456789" * 1000


async def test_hashing_that_waits_for_its_turn_while_all_begins_anew_hashes_the_new_bytes(tmp_path: Path) -> None:
    state = PartialState("http://127.0.0.1/m.gguf", len(CONTENT), "", [Piece(0, len(CONTENT))])
    part = await PartFile.open(tmp_path / "m.gguf", state)
    await part.write(0, b"x" * len(CONTENT))
    state.pieces[0].done = len(CONTENT)
    # Both ask for the file's turn; the second gets it when nothing is there any more.
    await asyncio.gather(part.start_over(), part.hash_on())
    await part.write(0, CONTENT)
    state.pieces[0].done = len(CONTENT)
    assert await part.digest() == hashlib.sha256(CONTENT).hexdigest()
    await part.close()


def test_a_sidecar_that_a_failing_disk_left_half_made_goes_with_the_rest(tmp_path: Path) -> None:
    target = tmp_path / "m.gguf"
    for left in ("m.gguf.part", "m.gguf.part.json", "m.gguf.part.json.new"):
        (tmp_path / left).write_bytes(b"{}")
    discard_partial(target)
    assert list(tmp_path.iterdir()) == []
