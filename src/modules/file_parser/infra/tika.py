"""Formats that no parser here reads, turned into HTML by a server of Apache Tika that the user runs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from modules.file_parser.config import TikaConfig
from modules.file_parser.contract import (
    ConverterUnavailable,
    DocumentBroken,
    DocumentEmpty,
    DocumentEncrypted,
    DocumentTooLarge,
    DocumentUnsupported,
    FileParserError,
)

if TYPE_CHECKING:
    import httpx

_LARGEST_ANSWER_BYTES = 64 << 20


class TikaServer:
    """Implements Converter. Speaks ``PUT /tika``; follows no redirects and asks no proxy."""

    def __init__(self, config: TikaConfig) -> None:
        self._config = config

    @property
    def extensions(self) -> tuple[str, ...]:
        return tuple(self._config.extensions)

    async def to_html(self, data: bytes, name: str) -> bytes:
        import httpx

        headers = {
            "Accept": "text/html",
            "Content-Type": "application/octet-stream",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        }
        address = self._config.url.rstrip("/") + "/tika"
        try:
            async with (
                httpx.AsyncClient(timeout=self._config.timeout_s, trust_env=False, follow_redirects=False) as client,
                client.stream("PUT", address, content=data, headers=headers) as response,
            ):
                body = await _read(response, name)
        except httpx.HTTPError as err:
            raise ConverterUnavailable(
                f"{name} needs the Tika server at {self._config.url}, which does not answer."
            ) from err
        if response.status_code == httpx.codes.OK and body.strip():
            return body
        raise _refusal(response.status_code, body, name)


async def _read(response: httpx.Response, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes():
        size += len(part)
        if size > _LARGEST_ANSWER_BYTES:
            raise DocumentTooLarge(f"{name} holds more text than can be taken over.")
        parts.append(part)
    return b"".join(parts)


def _refusal(status: int, body: bytes, name: str) -> FileParserError:
    """What the server's answer means for the document."""
    if b"EncryptedDocumentException" in body:
        return DocumentEncrypted(f"{name} is protected by a password.")
    if status in (200, 204):
        return DocumentEmpty(f"There is no text in {name}.")
    if status in (415, 422):
        return DocumentUnsupported(f"{name} is in a format that cannot be read here, nor by the Tika server.")
    if status in (404, 405) or 300 <= status < 400:
        return ConverterUnavailable(f"{name} needs a Tika server; what answers at its address is none.")
    return DocumentBroken(f"The Tika server could not read {name}.")
