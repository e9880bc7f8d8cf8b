"""Which addresses may be downloaded from; asked again for every redirect."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass, field

import httpx

from modules.llm_manager.contract.errors import DownloadFailed


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """https anywhere; plain http only to this computer itself and to hosts that the configuration names."""

    http_hosts: Collection[str] = field(default_factory=frozenset)

    def check(self, url: httpx.URL) -> None:
        """
        Raises:
            DownloadFailed: the address may not be used.
        """
        if url.scheme == "https" and url.host:
            return
        if url.scheme == "http" and (url.host in self.http_hosts or is_loopback(url.host)):
            return
        raise DownloadFailed(
            f"Models are not downloaded from {url.scheme or 'relative'} addresses (here: {shown(url)}).",
            action="Use an address that begins with https://",
        )


def is_loopback(host: str) -> bool:
    """This computer itself, by name or number."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def shown(url: httpx.URL) -> str:
    """An address for a sentence or a log: without user, password and query, which may hold a signature."""
    return str(url.copy_with(username=None, password=None, query=None, fragment=None))
