"""Asks a server about a file: its true address, size, version, and whether it serves ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx

from modules.llm_manager.contract.errors import DownloadFailed
from modules.llm_manager.infra.download.policy import AddressPolicy, shown

MAX_REDIRECTS = 10
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """``size_bytes`` None: the server does not say. ``sha256`` is what it states about the content, or empty."""

    url: httpx.URL
    size_bytes: int | None
    ranges: bool
    validator: str
    sha256: str


class TemporaryFailure(Exception):
    """Worth another attempt: the network, or a server that is busy. ``wait_s`` is what the server asked for."""

    def __init__(self, reason: str, wait_s: float = 0.0) -> None:
        super().__init__(reason)
        self.wait_s = wait_s


async def look_up(client: httpx.AsyncClient, address: str, policy: AddressPolicy) -> RemoteFile:
    """Follow redirects, each checked by ``policy``, and read the headers of the file's first byte.

    Raises:
        DownloadFailed: the address is wrong, refused, or leads where it may not.
        TemporaryFailure: try again.
    """
    url, stated = _parsed(address), ""
    for _ in range(MAX_REDIRECTS):
        policy.check(url)
        headers = {"Range": "bytes=0-0", "Accept-Encoding": "identity"}
        async with client.stream("GET", url, headers=headers) as response:
            # Hugging Face names the content's hash on the redirect to its storage, not on the storage's answer.
            stated = stated or _stated_hash(response)
            if response.is_redirect:
                url = url.join(response.headers["location"])
                continue
            raise_for_status(response)
            return _described(url, response, stated)
    raise DownloadFailed(f"The address {shown(_parsed(address))} is redirected in circles.")


def raise_for_status(response: httpx.Response) -> None:
    """
    Raises:
        DownloadFailed, TemporaryFailure: any status but 200, 206 and 416.
    """
    status = response.status_code
    if status in (200, 206, 416):
        return
    where = response.url.host
    if status in (408, 425, 429) or status >= 500:
        raise TemporaryFailure(f"{where} answered {status}", _retry_after(response))
    if status in (401, 403):
        raise DownloadFailed(
            f"{where} does not give this file without an account or an accepted licence (status {status}).",
            action="Open the model's page in a browser, download the file there, then import it.",
        )
    if status in (404, 410):
        raise DownloadFailed(f"{where} does not have this file (any more).", action="Check the address.")
    raise DownloadFailed(f"{where} refused the download with status {status}.")


def content_range(response: httpx.Response) -> tuple[int, int, int] | None:
    """First byte, byte behind the last, and total size, as the server states them; None when it states nonsense."""
    found = _CONTENT_RANGE.fullmatch(response.headers.get("content-range", "").strip())
    if found is None:
        return None
    first, last, total = (int(number) for number in found.groups())
    return (first, last + 1, total) if first <= last < total < 2**63 else None


def _described(url: httpx.URL, response: httpx.Response, stated: str) -> RemoteFile:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise DownloadFailed(f"{url.host} sends the file compressed although it was asked not to.")
    validator = _validator(response)
    if response.status_code == 206 and (extent := content_range(response)) is not None and extent[0] == 0:
        return RemoteFile(url, extent[2], True, validator, stated)
    if response.status_code == 416:
        raise DownloadFailed(f"The file at {url.host} is empty.", action="Choose another file.")
    if response.status_code != 200:
        raise DownloadFailed(f"{url.host} gives a senseless answer about the file's size.")
    length = response.headers.get("content-length", "")
    return RemoteFile(url, int(length) if length.isdecimal() else None, False, validator, stated)


def _validator(response: httpx.Response) -> str:
    """What If-Range accepts: a strong ETag, else the date; weak tags compare nothing byte by byte."""
    etag: str = response.headers.get("etag", "")
    return etag if etag.startswith('"') else str(response.headers.get("last-modified", ""))


def _stated_hash(response: httpx.Response) -> str:
    tag = response.headers.get("x-linked-etag", "").strip('"').lower()
    return tag if _SHA256.fullmatch(tag) else ""


def _retry_after(response: httpx.Response) -> float:
    value = response.headers.get("retry-after", "")
    return min(float(value), 120.0) if value.isdecimal() else 0.0


def _parsed(address: str) -> httpx.URL:
    try:
        return httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as err:
        raise DownloadFailed(f"{address[:200]!r} is not a usable address.", action="Check the address.") from err
