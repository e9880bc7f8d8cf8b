"""From the database sections to one module's settings: precedence, conflicts, SQLite paths."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from modkit.config.database import (
    SERVER_FIELDS,
    DatabaseSection,
    DatabaseSettings,
    ModuleDatabaseSection,
    PoolSettings,
    ServerDatabaseSection,
)
from modkit.config.dsn import MEMORY_NAMES, Dsn, EngineName, expand_variables, is_variable, parse_dsn
from modkit.config.errors import ConfigConflict, DatabaseConfigError
from modkit.config.paths import normal_path
from modkit.config.sqlite_params import normalise_sqlite_params

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Layer:
    """One section with its variables expanded and its DSN taken apart."""

    section: ServerDatabaseSection
    dsn: Dsn | None
    host: str | None
    port: int | None
    user: str | None
    password: str | None
    dbname: str | None
    params: Mapping[str, str]


def resolve_database(
    module_name: str,
    section: ModuleDatabaseSection,
    database: DatabaseSection | None,
    home: Path,
    environ: Mapping[str, str] | None = None,
) -> DatabaseSettings:
    """Merge a module's section over the server it names; the module's values win field by field.

    ``environ`` (default: the process's) fills ``${VAR}``. Nothing is created or opened.

    Raises:
        ConfigConflict: settings that exclude each other.
        DatabaseConfigError: unknown server, missing engine or variable, a bad DSN or parameter.
    """
    env = os.environ if environ is None else environ
    place = f"modules.{module_name}.database"
    layers = [_read_layer(place, section, env)]
    if section.server is not None:
        servers = database.servers if database else {}
        if section.server not in servers:
            raise DatabaseConfigError(f"{place}.server", f"there is no server {section.server!r} in database.servers")
        place_of_server = f"database.servers.{section.server}"
        layers.append(_read_layer(place_of_server, servers[section.server], env))
    engine = _engine_of(place, layers)
    settings = DatabaseSettings(
        engine,
        host=_first(layer.host for layer in layers),
        port=_first(layer.port for layer in layers),
        user=_first(layer.user for layer in layers),
        password=_first(layer.password for layer in layers),
        dbname=_first(layer.dbname for layer in layers),
        params={key: value for layer in reversed(layers) for key, value in layer.params.items()},
        pool=_first(layer.section.pool for layer in layers) or PoolSettings(),
        auto_provision=database.auto_provision if database else True,
        auto_repair=database.auto_repair if database else True,
    )
    _check_conflicts(place, settings, section, layers)
    if engine == "sqlite":
        return _as_sqlite(module_name, settings, section, layers, home)
    if settings.dbname is None and not any(layer.dsn for layer in layers):
        raise DatabaseConfigError(f"{place}.dbname", f"is required for {engine}")
    return settings


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)


def _read_layer(place: str, section: ServerDatabaseSection, env: Mapping[str, str]) -> _Layer:
    dsn = None
    if section.dsn is not None:
        dsn = parse_dsn(expand_variables(section.dsn.get_secret_value(), env, f"{place}.dsn"), f"{place}.dsn")
    password = section.password.get_secret_value() if section.password else None
    if password is not None and is_variable(password):
        password = expand_variables(password, env, f"{place}.password")
    base = dsn or Dsn("sqlite")
    params = {key: expand_variables(value, env, f"{place}.params.{key}") for key, value in section.params.items()}
    return _Layer(
        section,
        dsn,
        host=section.host or base.host,
        port=section.port or base.port,
        user=section.user or base.user,
        password=password if password is not None else base.password,
        dbname=section.dbname or base.dbname,
        params={**base.query, **params},
    )


def _engine_of(place: str, layers: Sequence[_Layer]) -> EngineName:
    schemes: list[EngineName] = [layer.dsn.engine for layer in layers if layer.dsn]
    engine: EngineName | None = _first(layer.section.engine for layer in layers) or _first(schemes)
    if engine is None:
        raise DatabaseConfigError(f"{place}.engine", "is required when there is no dsn")
    for scheme in schemes:
        if scheme != engine:
            raise ConfigConflict(place, f"the DSN scheme {scheme!r} contradicts engine {engine!r}")
    return engine


def _check_conflicts(
    place: str, settings: DatabaseSettings, section: ModuleDatabaseSection, layers: Sequence[_Layer]
) -> None:
    of_files = [name for name in ("file", "path") if getattr(section, name) is not None]
    of_servers = [name for name in SERVER_FIELDS if getattr(settings, name) is not None]
    if len(of_files) == 2:
        raise ConfigConflict(place, "file and path exclude each other")
    if settings.engine == "sqlite" and of_servers:
        what = "an SQLite DSN" if any(layer.dsn for layer in layers) else "engine 'sqlite'"
        raise ConfigConflict(place, f"{what} cannot be combined with {', '.join(of_servers)}")
    if settings.engine != "sqlite" and of_files:
        what = f"a {settings.engine} DSN" if any(layer.dsn for layer in layers) else f"engine '{settings.engine}'"
        raise ConfigConflict(place, f"{what} cannot be combined with {of_files[0]}")


def _as_sqlite(
    module_name: str,
    settings: DatabaseSettings,
    section: ModuleDatabaseSection,
    layers: Sequence[_Layer],
    home: Path,
) -> DatabaseSettings:
    params = normalise_sqlite_params(settings.params, f"modules.{module_name}.database.params")
    path = _sqlite_path(module_name, section, _first(layer.dsn for layer in layers), home)
    # Each connection of an in-memory database would see its own empty one, so there is exactly one.
    pool = settings.pool if path else settings.pool.model_copy(update={"max_conns": 1, "min_conns": 1})
    return replace(settings, path=path, params=params, pool=pool)


def _sqlite_path(module_name: str, section: ModuleDatabaseSection, dsn: Dsn | None, home: Path) -> Path | None:
    """The file, or None for in memory; without any naming it is ``<home>/<module>/<module>.sqlite``."""
    module_dir = home / module_name
    named = section.path if section.path is not None else section.file
    if named is not None:
        return None if named in MEMORY_NAMES or not named else normal_path(module_dir / named)
    if dsn is not None and dsn.memory:
        return None
    if dsn is not None and dsn.file:
        return normal_path(Path(dsn.file))
    file_name = dsn.module_file if dsn else None
    return normal_path(module_dir / (file_name or f"{module_name}.sqlite"))
