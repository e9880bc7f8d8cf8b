"""Downloads one file as a program of its own, so that a test can kill it: ADDRESS TARGET SHA256."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from modules.llm_manager.infra.download import Downloader, DownloadOptions, Order, transfer
from modules.llm_manager.infra.files import LocalModelFiles

# Many saves in a short life, so that kills hit them too.
transfer.SAVE_EVERY_S = 0.01


async def main(address: str, target: str, sha256: str) -> None:
    downloader = Downloader(DownloadOptions(range_bytes=64 * 1024, retries=3, retry_delay_s=0.01))
    order = Order(address, Path(target), sha256, connections=4, check=LocalModelFiles().header)
    print("begun", flush=True)
    await downloader.fetch(order, lambda _progress: None)
    print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
