"""The parameters SQLite accepts in a configuration; anything else is an error, not a silent no-op."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from modkit.config.errors import DatabaseConfigError

JOURNAL_MODES = ("DELETE", "WAL", "MEMORY", "TRUNCATE", "PERSIST", "OFF")
SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")


def normalise_sqlite_params(params: Mapping[str, str], place: str) -> dict[str, str]:
    """Lower-case keys, canonical values; ``wal`` becomes ``journal_mode`` unless that is given as well.

    Raises:
        DatabaseConfigError: an unknown parameter or a value it cannot have.
    """
    lowered = {key.lower(): value for key, value in params.items()}
    result: dict[str, str] = {}
    for key, value in lowered.items():
        check = _CHECKS.get(key)
        if check is None:
            raise DatabaseConfigError(f"{place}.{key}", f"is not a parameter of SQLite (known: {', '.join(_CHECKS)})")
        normal = check(value)
        if normal is None:
            raise DatabaseConfigError(f"{place}.{key}", f"cannot be {value!r}")
        result[key] = normal
    if "wal" in result:
        result.setdefault("journal_mode", "WAL" if result.pop("wal") == "true" else "DELETE")
        result.pop("wal", None)
    return result


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda value: value.upper() if value.upper() in choices else None


def _boolean(value: str) -> str | None:
    return {"true": "true", "1": "true", "false": "false", "0": "false"}.get(value.lower())


def _milliseconds(value: str) -> str | None:
    return str(int(value)) if value.isascii() and value.isdigit() else None


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "wal": _boolean,
    "journal_mode": _one_of(JOURNAL_MODES),
    "synchronous": _one_of(SYNCHRONOUS),
    "busy_timeout": _milliseconds,
}
