"""One rule for what is a secret wherever values are shown: listings, logs, errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

REDACTED = "***REDACTED***"

_SECRET_WORDS = frozenset(
    {"password", "passwd", "passphrase", "secret", "secrets", "token", "credential", "credentials", "apikey"}
    | {"authorization", "cookie", "bearer"}
)
_SECRET_PAIRS = frozenset(
    {("api", "key"), ("private", "key"), ("access", "key"), ("recovery", "code"), ("set", "cookie")}
)
_WORDS = re.compile(r"[A-Za-z0-9]+")
_CAMEL_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_URL_CREDENTIALS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]*@", re.IGNORECASE)
_INLINE = re.compile(
    r"(?P<name>\b(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?token|refresh[_-]?token|client[_-]?secret)"
    r"[\"']?\s*[=:]\s*)(?P<value>\"[^\"]*\"|'[^']*'|[^\s,;&}\])]+)",
    re.IGNORECASE,
)
_BEARER = re.compile(r"(?P<name>\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE)
_KNOWN_KEYS = re.compile(r"\b(?:sk-[A-Za-z0-9_-]{16,}|hf_[A-Za-z0-9]{16,}|gh[pousr]_[A-Za-z0-9]{20,})")


def is_secret_name(name: str) -> bool:
    """True for a key whose value must not be shown: its last words say password, token, API key and the like."""
    words = [word.lower() for word in _WORDS.findall(_CAMEL_HUMP.sub("_", name))]
    return bool(words) and (words[-1] in _SECRET_WORDS or tuple(words[-2:]) in _SECRET_PAIRS)


def redact(value: Any) -> Any:
    """A copy of plain data without secrets: values under secret names, ``SecretStr``, credentials inside texts.

    None, booleans and empty values under a secret name stay: that nothing is set is worth seeing. Of an address
    (``dsn``) only the credentials are hidden.
    """
    if isinstance(value, SecretStr):
        return REDACTED
    if isinstance(value, Mapping):
        return {key: _redact_entry(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [redact(item) for item in value]
    return redact_text(value) if isinstance(value, str) else value


def redact_text(text: str) -> str:
    """``text`` without passwords in addresses, ``password=...`` pairs, bearer tokens and well-known key formats."""
    text = _URL_CREDENTIALS.sub(rf"\g<scheme>{REDACTED}@", text)
    text = _INLINE.sub(rf"\g<name>{REDACTED}", text)
    text = _BEARER.sub(rf"\g<name>{REDACTED}", text)
    return _KNOWN_KEYS.sub(REDACTED, text)


def _redact_entry(name: str, value: Any) -> Any:
    if name == "dsn" and isinstance(value, SecretStr):
        return redact_text(value.get_secret_value())
    if not is_secret_name(name) or value in (None, "", [], {}) or isinstance(value, bool):
        return redact(value)
    if isinstance(value, Mapping):
        return {key: _hide(item) for key, item in value.items()}
    return _hide(value)


def _hide(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _hide(item) for key, item in value.items()}
    return value if value is None or isinstance(value, bool) else REDACTED
