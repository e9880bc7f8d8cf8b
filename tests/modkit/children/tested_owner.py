"""A program that owns a child, for tests that kill it: prints the child's pid, then keeps it busy."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from modkit.children import ChildProcess, ChildSpec


async def main(target: str, method: str) -> None:
    spec = ChildSpec("tested", target=f"tested_child:{target}", python_paths=(Path(__file__).parent,))
    child = ChildProcess(spec)
    await child.start()

    def busy(value: object) -> None:
        print(child.pid, flush=True)

    if method == "idle":
        busy(None)
        await asyncio.Event().wait()
    await child.call(method, on_progress=busy)


asyncio.run(main(*sys.argv[1:]))
