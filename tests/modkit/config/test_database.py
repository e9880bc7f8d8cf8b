"""A module's database: precedence, conflicts, paths, parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from modkit.config.database import DatabaseSection, DatabaseSettings, ModuleDatabaseSection
from modkit.config.database_resolution import resolve_database
from modkit.config.errors import ConfigConflict, DatabaseConfigError

HOME = Path("/home dir")


def resolve(section: dict[str, Any], environ: dict[str, str] | None = None, **servers: Any) -> DatabaseSettings:
    module = ModuleDatabaseSection.model_validate(section)
    return resolve_database("chat", module, DatabaseSection(servers=servers), HOME, environ or {})


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ({"engine": "sqlite"}, "/home dir/chat/chat.sqlite"),
        ({"engine": "sqlite", "file": "a.db"}, "/home dir/chat/a.db"),
        ({"engine": "sqlite", "path": "../hyperspot.db"}, "/home dir/hyperspot.db"),
        ({"engine": "sqlite", "path": "/data/a.db"}, "/data/a.db"),
        ({"dsn": "sqlite:///data/a.db"}, "/data/a.db"),
        ({"dsn": "sqlite:/data/a.db"}, "/data/a.db"),
        ({"dsn": "sqlite://"}, "/home dir/chat/chat.sqlite"),
        ({"dsn": "sqlite:///"}, "/home dir/chat/chat.sqlite"),
        ({"dsn": "sqlite:"}, "/home dir/chat/chat.sqlite"),
        ({"dsn": "sqlite://@file(x.db)"}, "/home dir/chat/x.db"),
        ({"dsn": "sqlite:///data/a.db", "file": "b.db"}, "/home dir/chat/b.db"),
    ],
)
def test_the_file_of_an_sqlite_database(section: dict[str, str], path: str) -> None:
    assert resolve(section).path == Path(path).absolute()


@pytest.mark.parametrize(
    "section",
    [
        {"dsn": "sqlite::memory:"},
        {"dsn": "sqlite://memory:"},
        {"dsn": "sqlite://file::memory:"},
        {"dsn": "sqlite://x?mode=memory"},
        {"engine": "sqlite", "path": ":memory:"},
        {"engine": "sqlite", "path": ""},
    ],
)
def test_in_memory_there_is_exactly_one_connection(section: dict[str, str]) -> None:
    settings = resolve(section | {"pool": {"max_conns": 9}})
    assert settings.in_memory
    assert (settings.pool.max_conns, settings.pool.min_conns) == (1, 1)


def test_values_of_the_module_win_field_by_field() -> None:
    server = {
        "dsn": "postgres://dsnuser:dsnpass@dsnhost:1111/dsndb?a=server-query&b=server-query&c=server-query",
        "host": "serverhost",
        "params": {"b": "server-params", "c": "server-params", "d": "server-params"},
    }
    module = {
        "server": "main",
        "dsn": "postgres://@:2222/moduledb?c=module-query&d=module-query&e=module-query",
        "dbname": "fielddb",
        "params": {"e": "module-params"},
    }
    settings = resolve(module, main=server)
    assert (settings.host, settings.port, settings.user, settings.dbname) == ("serverhost", 2222, "dsnuser", "fielddb")
    assert settings.params == {
        "a": "server-query",
        "b": "server-params",
        "c": "module-query",
        "d": "module-query",
        "e": "module-params",
    }


def test_a_modules_dsn_wins_over_the_fields_of_its_server() -> None:
    server = {"engine": "postgres", "host": "serverhost", "dbname": "serverdb"}
    settings = resolve({"server": "main", "dsn": "postgresql://modulehost/moduledb"}, main=server)
    assert (settings.host, settings.dbname) == ("modulehost", "moduledb")


def test_a_modules_pool_replaces_that_of_its_server_as_a_whole() -> None:
    server = {"engine": "sqlite", "pool": {"max_conns": 20, "acquire_timeout": "5s"}}
    assert resolve({"server": "s", "pool": {"min_conns": 1}}, s=server).pool.max_conns is None
    assert resolve({"server": "s"}, s=server).pool.acquire_timeout == 5


def test_variables_are_expanded_where_they_may_stand() -> None:
    section = {
        "dsn": "postgres://${WHO}:x@h/${DB}",
        "password": "${PASS}",
        "params": {"application_name": "a-${WHO}"},
        "host": "${NOT_EXPANDED}",
    }
    settings = resolve(section, {"WHO": "ann", "DB": "d", "PASS": "s3"})
    assert (settings.user, settings.dbname, settings.password) == ("ann", "d", "s3")
    assert (settings.params, settings.host) == ({"application_name": "a-ann"}, "${NOT_EXPANDED}")


def test_a_password_that_only_contains_a_variable_is_meant_as_it_is() -> None:
    assert resolve({"dsn": "mysql://h/d", "password": "x${A}"}).password == "x${A}"


def test_escaped_characters_of_a_dsn_are_decoded() -> None:
    settings = resolve({"dsn": "postgres://a%40b:p%2Fw@h:1/d%20b"})
    assert (settings.user, settings.password, settings.dbname) == ("a@b", "p/w", "d b")


@pytest.mark.parametrize(
    "section",
    [
        {"dsn": "postgres://h/d", "engine": "mysql"},
        {"dsn": "sqlite:///x.db", "host": "h"},
        {"dsn": "sqlite:///x.db", "port": 1},
        {"dsn": "postgres://h/d", "file": "a.db"},
        {"dsn": "mysql://h/d", "path": "/a.db"},
        {"engine": "sqlite", "file": "a.db", "path": "/a.db"},
        {"engine": "sqlite", "file": "a.db", "host": "h"},
        {"engine": "sqlite", "path": "a.db", "port": 1},
        {"engine": "sqlite", "user": "u"},
        {"engine": "sqlite", "password": "p"},
        {"engine": "sqlite", "dbname": "d"},
        {"engine": "postgres", "dbname": "d", "file": "a.db"},
        {"engine": "mysql", "dbname": "d", "path": "a.db"},
    ],
)
def test_settings_that_exclude_each_other_are_a_conflict(section: dict[str, Any]) -> None:
    with pytest.raises(ConfigConflict, match=r"modules\.chat\.database"):
        resolve(section)


@pytest.mark.parametrize(
    ("section", "reason"),
    [
        ({}, "engine: is required"),
        ({"server": "none"}, "no server 'none'"),
        ({"dsn": "oracle://h"}, "unknown DSN scheme"),
        ({"dsn": "nothing"}, "unknown DSN scheme"),
        ({"dsn": "postgres://h:99999/d"}, "port"),
        ({"dsn": "postgres://${GONE}/d"}, "GONE is not set"),
        ({"engine": "postgres", "host": "h"}, "dbname: is required"),
        ({"engine": "sqlite", "params": {"cache": "x"}}, r"params\.cache: is not a parameter"),
        ({"engine": "sqlite", "params": {"synchronous": "maybe"}}, "cannot be 'maybe'"),
        ({"engine": "sqlite", "params": {"busy_timeout": "-1"}}, "cannot be '-1'"),
    ],
)
def test_what_cannot_be_resolved_is_told_with_its_place(section: dict[str, Any], reason: str) -> None:
    with pytest.raises(DatabaseConfigError, match=reason):
        resolve(section)


def test_sqlite_parameters_are_case_insensitive_and_normalised() -> None:
    params = {"WAL": "1", "Synchronous": "normal", "BUSY_TIMEOUT": "0500"}
    settings = resolve({"engine": "sqlite", "params": params})
    assert settings.params == {"journal_mode": "WAL", "synchronous": "NORMAL", "busy_timeout": "500"}


def test_an_explicit_journal_mode_wins_over_wal() -> None:
    settings = resolve({"engine": "sqlite", "params": {"journal_mode": "truncate", "wal": "true"}})
    assert settings.params == {"journal_mode": "TRUNCATE"}


def test_a_password_shows_neither_in_descriptions_nor_in_representations() -> None:
    settings = resolve({"dsn": "postgres://u:s3cret@h/d"})
    assert "s3cret" not in f"{settings!r}{settings.describe()}"
