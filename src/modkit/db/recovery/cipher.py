"""The page format of SQLCipher 4: says whether a page is what was written, decrypts it, and turns back a flipped bit.

Source: https://www.zetetic.net/sqlcipher/design/ (AES-256-CBC, HMAC-SHA512 over ciphertext, IV and page number).
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from modkit.db.connect import PAGE_BYTES, PLAIN_HEADER
from modkit.keys.data_key import DataKey

SALT_BYTES = 16
IV_BYTES = 16
MAC_BYTES = 64
RESERVED_BYTES = IV_BYTES + MAC_BYTES
USABLE_BYTES = PAGE_BYTES - RESERVED_BYTES
_MAC_SALT_MASK = 0x3A
_MAC_KEY_ROUNDS = 2


class PageCipher:
    """Checks and decrypts the pages of one file; ``salt`` is the file's first 16 bytes."""

    def __init__(self, key: DataKey, salt: bytes) -> None:
        self.salt = salt
        self._key = key
        mac_salt = bytes(byte ^ _MAC_SALT_MASK for byte in salt)
        mac_key = hashlib.pbkdf2_hmac("sha512", key.raw, mac_salt, _MAC_KEY_ROUNDS, 32)
        self._mac = hmac.new(mac_key, digestmod="sha512")

    def verifies(self, number: int, page: bytes) -> bool:
        """Whether the page is, bit for bit, what was written as page ``number`` (counted from 1)."""
        return len(page) == PAGE_BYTES and hmac.compare_digest(self._mac_of(number, page), page[-MAC_BYTES:])

    def decrypt(self, number: int, page: bytes) -> bytes:
        """The page as SQLite sees it, its reserved end left out; check it first."""
        start = _start(number)
        iv = page[USABLE_BYTES : USABLE_BYTES + IV_BYTES]
        plain = Cipher(algorithms.AES(self._key.raw), modes.CBC(iv)).decryptor().update(page[start:USABLE_BYTES])
        return (PLAIN_HEADER if number == 1 else b"") + plain

    def mended(self, number: int, page: bytes) -> bytes | None:
        """The page with the one bit turned back that was flipped; None when more than one bit is wrong.

        Tries every bit, for the MAC tells the right one beyond doubt: about half a second.
        """
        if len(page) != PAGE_BYTES:
            return None
        found = self._mac_of(number, page)
        if _different_bits(found, page[-MAC_BYTES:]) == 1:
            return page[:-MAC_BYTES] + found
        body, wanted = bytearray(page[:-MAC_BYTES]), page[-MAC_BYTES:]
        tail = number.to_bytes(4, "little")
        start = _start(number)
        prefix = self._mac.copy()
        # What comes before a tried byte was hashed once; only the rest of the page is hashed again.
        for at in range(start, len(body)):
            rest = bytes(body[at + 1 :]) + tail
            for bit in range(8):
                tried = prefix.copy()
                tried.update(bytes((body[at] ^ (1 << bit),)) + rest)
                if tried.digest() == wanted:
                    body[at] ^= 1 << bit
                    return bytes(body) + wanted
            prefix.update(body[at : at + 1])
        return None

    def _mac_of(self, number: int, page: bytes) -> bytes:
        mac = self._mac.copy()
        mac.update(page[_start(number) : -MAC_BYTES] + number.to_bytes(4, "little"))
        return mac.digest()


def cipher_of(key: DataKey, pages: dict[int, bytes]) -> PageCipher | None:
    """The cipher that fits some pages of a file (among them page 1), also when a bit of its salt is flipped.

    None when no page fits: another key, or everything is destroyed.
    """
    salt = pages[1][:SALT_BYTES]
    if any((cipher := PageCipher(key, salt)).verifies(number, page) for number, page in pages.items()):
        return cipher
    for bit in range(SALT_BYTES * 8):
        cipher = PageCipher(key, _flipped(salt, bit))
        if any(cipher.verifies(number, page) for number, page in pages.items()):
            return cipher
    return None


def _start(number: int) -> int:
    """Where the ciphertext of a page begins: the first page has the salt in front, which no MAC covers."""
    return SALT_BYTES if number == 1 else 0


def _flipped(data: bytes, bit: int) -> bytes:
    flipped = bytearray(data)
    flipped[bit // 8] ^= 1 << bit % 8
    return bytes(flipped)


def _different_bits(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()
