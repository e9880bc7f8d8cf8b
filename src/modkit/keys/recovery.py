"""Recovery codes: 160 random bits that a person can write down, read out and type back."""

from __future__ import annotations

import secrets

from modkit.keys.errors import InvalidRecoveryCode

# Crockford's base 32: no I, L, O, U, so that handwriting is read the same by everybody.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\t": None, "\n": None, "\r": None})
_SECRET_CHARS, _CHECK_CHARS, _GROUP = 32, 3, 5
SECRET_BYTES = _SECRET_CHARS * 5 // 8


def new_code() -> str:
    """A fresh code: seven groups of five, the last three characters being a checksum of the others."""
    return format_code(secrets.token_bytes(SECRET_BYTES))


def format_code(secret: bytes) -> str:
    """The code of 20 secret bytes."""
    plain = _encode(int.from_bytes(secret, "big"), _SECRET_CHARS) + _checksum(secret)
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def parse_code(code: str) -> bytes:
    """The 20 secret bytes of a code; case, spaces, hyphens and O/0, I/L/1 do not matter.

    Raises:
        InvalidRecoveryCode: too short, too long, a foreign character, or a wrong checksum.
    """
    plain = code.upper().translate(_LOOKALIKES)
    if len(plain) != _SECRET_CHARS + _CHECK_CHARS:
        raise InvalidRecoveryCode(f"it has {len(plain)} characters instead of {_SECRET_CHARS + _CHECK_CHARS}")
    if foreign := [char for char in plain if char not in _ALPHABET]:
        raise InvalidRecoveryCode(f"{foreign[0]!r} cannot occur in it")
    number = 0
    for char in plain[:_SECRET_CHARS]:
        number = number * 32 + _ALPHABET.index(char)
    secret = number.to_bytes(SECRET_BYTES, "big")
    if plain[_SECRET_CHARS:] != _checksum(secret):
        raise InvalidRecoveryCode("a character is mistyped")
    return secret


def _checksum(secret: bytes) -> str:
    """A cyclic redundancy check: it notices every wrong character and every two that changed places.

    Source: the CRC-15 of CAN (Bosch, 1991); a hash of the same length would let some single mistakes pass.
    """
    remainder = 0
    for bit in range(8 * len(secret)):
        wanted = (secret[bit // 8] >> (7 - bit % 8)) & 1
        top = remainder >> 14
        remainder = (remainder << 1) & 0x7FFF
        if top != wanted:
            remainder ^= 0x4599
    return _encode(remainder, _CHECK_CHARS)


def _encode(number: int, length: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * at)) & 31] for at in reversed(range(length)))
