"""Database addresses (DSN) taken apart; ``${VAR}`` in them comes from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from modkit.config.errors import DatabaseConfigError

EngineName = Literal["postgres", "mysql", "sqlite"]

_SCHEMES: Mapping[str, EngineName] = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "mysql": "mysql",
    "sqlite": "sqlite",
}
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_AT_FILE = re.compile(r"@file\((.+)\)")
MEMORY_NAMES = frozenset({":memory:", "memory:", "file::memory:"})


@dataclass(frozen=True, slots=True)
class Dsn:
    """The parts of an address. ``file`` is SQLite's path as written, ``module_file`` that of ``@file(name)``."""

    engine: EngineName
    host: str | None = None
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    dbname: str | None = None
    file: str | None = None
    module_file: str | None = None
    memory: bool = False
    query: Mapping[str, str] = field(default_factory=dict)


def expand_variables(text: str, environ: Mapping[str, str], place: str) -> str:
    """``text`` with every ``${VAR}`` replaced.

    Raises:
        DatabaseConfigError: a variable is not set.
    """

    def replace(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in environ:
            raise DatabaseConfigError(place, f"the environment variable {name} is not set")
        return environ[name]

    return _VARIABLE.sub(replace, text)


def is_variable(text: str) -> bool:
    """True when the whole text is one ``${VAR}``: the only form in which a password refers to a variable."""
    return _VARIABLE.fullmatch(text) is not None


def parse_dsn(text: str, place: str) -> Dsn:
    """Take an address apart; ``place`` is the configuration key that errors name.

    Raises:
        DatabaseConfigError: no scheme, an unknown scheme, or a port that is not a number.
    """
    scheme, colon, rest = text.partition(":")
    engine = _SCHEMES.get(scheme.lower())
    if not colon or engine is None:
        known = "postgres, postgresql, mysql, sqlite"
        raise DatabaseConfigError(place, f"unknown DSN scheme {scheme!r} (known: {known})")
    return _parse_sqlite(rest) if engine == "sqlite" else _parse_server(text, engine, place)


def _parse_sqlite(rest: str) -> Dsn:
    location, _, query_text = rest.removeprefix("//").partition("?")
    query = dict(parse_qsl(query_text, keep_blank_values=True))
    location = unquote(location)
    if location in MEMORY_NAMES or query.get("mode") == "memory":
        return Dsn("sqlite", memory=True, query={key: value for key, value in query.items() if key != "mode"})
    if match := _AT_FILE.fullmatch(location):
        return Dsn("sqlite", module_file=match.group(1), query=query)
    if location in ("", "/"):
        return Dsn("sqlite", query=query)
    return Dsn("sqlite", file=location, query=query)


def _parse_server(text: str, engine: EngineName, place: str) -> Dsn:
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError as err:
        raise DatabaseConfigError(place, "the port in the DSN is not a number up to 65535") from err
    return Dsn(
        engine,
        host=parts.hostname,
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        dbname=unquote(parts.path.lstrip("/")) or None,
        query=dict(parse_qsl(parts.query, keep_blank_values=True)),
    )
