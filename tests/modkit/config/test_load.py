"""Loading: defaults, file, environment, command line, the modules' own files, and errors that name the path."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from modkit.config import (
    ConfigFileMissing,
    ConfigFileUnreadable,
    ConfigInvalid,
    ModuleConfigInvalid,
    ModuleConfigMissing,
    desktop_defaults,
    load_config,
)
from modkit.config.module_section import read_module_config, require_module_config
from modkit.config.paths import expand_home


class Greeting(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = "hello"
    times: int = 1


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_each_layer_wins_over_the_one_below(tmp_path: Path) -> None:
    file = write(tmp_path / "c.yaml", "modules: {m: {config: {file: file, env: file, cli: file}}}")
    config = load_config(
        file,
        environ={"APP__MODULES__M__CONFIG__ENV": "env", "APP__MODULES__M__CONFIG__CLI": "env"},
        overrides={"modules.m.config.cli": "cli"},
        defaults={"modules": {"m": {"config": {"default": "default", "file": "default"}}}},
        create_home=False,
    )
    assert config.module_config("m") == {"default": "default", "file": "file", "env": "env", "cli": "cli"}


def test_without_a_file_the_environment_is_read_all_the_same(tmp_path: Path) -> None:
    config = load_config(environ={"APP__SERVER__HOME_DIR": str(tmp_path / "h")}, create_home=False)
    assert config.home == tmp_path / "h"


def test_a_missing_file_is_told_in_the_words_of_the_reference(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    with pytest.raises(ConfigFileMissing) as caught:
        load_config(path, environ={})
    assert str(caught.value) == f"config file does not exist: {path}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [1", "line 1"),
        ("- 1\n- 2", "no mapping at the top"),
        ("server: {}\nserver: {}", "'server' is there twice"),
        ("a: 1\n---\nb: 2", "expected a single document"),
    ],
)
def test_a_file_that_is_no_configuration_says_where(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigFileUnreadable, match=reason):
        load_config(write(tmp_path / "c.yaml", text), environ={})


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigFileUnreadable, match="not UTF-8"):
        load_config(path, environ={})


def test_a_directory_instead_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigFileUnreadable):
        load_config(tmp_path, environ={})


@pytest.mark.parametrize("text", ["", "# only a comment\n", "modules:\ndatabase:\nlogging:\n"])
def test_empty_sections_mean_their_defaults(tmp_path: Path, text: str) -> None:
    config = load_config(write(tmp_path / "c.yaml", text), environ={}, create_home=False)
    assert (config.modules, config.database, config.logging["default"].file) == ({}, None, "logs/hyperspot.log")


@pytest.mark.parametrize(
    ("overrides", "problem"),
    [
        ({"sever.home_dir": "x"}, "sever: unknown key (did you mean server?)"),
        ({"server.homedir": "x"}, "server.homedir: unknown key (did you mean home_dir?)"),
        ({"modules.chat.confg.a": "1"}, "modules.chat.confg: unknown key (did you mean config?)"),
        ({"database.servers.main.dns": "x"}, "database.servers.main.dns: unknown key (did you mean dsn?)"),
        ({"modules.chat.database.pool.size": "3"}, "modules.chat.database.pool.size: unknown key"),
        ({"logging.default.file_levl": "info"}, "logging.default.file_levl: unknown key (did you mean file_level?)"),
    ],
)
def test_an_unknown_key_is_named_by_its_full_path(overrides: dict[str, str], problem: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        load_config(environ={}, overrides=overrides, create_home=False)
    assert problem in str(caught.value)


def test_all_problems_are_told_at_once() -> None:
    overrides = {"foo": "1", "logging.default.max_size_mb": "much"}
    with pytest.raises(ConfigInvalid) as caught:
        load_config(environ={}, overrides=overrides, create_home=False)
    assert [path for path, _ in caught.value.problems] == ["logging.default.max_size_mb", "foo"]


def test_a_partial_logging_default_inherits_the_rest() -> None:
    config = load_config(environ={}, overrides={"logging.default.console_level": "off"}, create_home=False)
    default = config.logging["default"]
    assert (default.console_level, default.file_level, default.max_backups) == ("off", "debug", 3)


def test_the_home_is_expanded_made_absolute_and_created(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load_config(environ={}, overrides={"server.home_dir": "sub/../my home"})
    assert config.server.home_dir == str(tmp_path / "my home")
    assert config.home.is_dir()


def test_a_home_that_cannot_be_created_is_a_problem_of_its_key(tmp_path: Path) -> None:
    blocker = write(tmp_path / "file", "")
    with pytest.raises(ConfigInvalid, match=r"server\.home_dir"):
        load_config(environ={}, overrides={"server.home_dir": str(blocker / "home")})


@pytest.mark.parametrize(("text", "expected"), [("~", ""), ("~/a", "a"), ("~\\a", "a")])
def test_a_tilde_leads_to_the_users_home_directory(text: str, expected: str) -> None:
    assert expand_home(text) == Path.home() / expected


def test_the_home_of_another_user_is_not_looked_up() -> None:
    assert expand_home("~root/x") == Path("~root/x")


def test_files_of_modules_dir_replace_the_entries_of_their_names(tmp_path: Path) -> None:
    directory = tmp_path / "conf.d"
    directory.mkdir()
    write(directory / "chat.yaml", "config: {from: file}")
    write(directory / "note.txt", "ignored")
    overrides = {"modules_dir": str(directory), "modules": {"chat": {"metadata": 1}, "other": {"config": {"a": 1}}}}
    config = load_config(environ={}, overrides=overrides, create_home=False)
    assert config.modules["chat"].model_dump(exclude_none=True) == {"config": {"from": "file"}}
    assert config.module_config("other") == {"a": 1}


def test_a_missing_modules_dir_is_ignored(tmp_path: Path) -> None:
    config = load_config(environ={}, overrides={"modules_dir": str(tmp_path / "none")}, create_home=False)
    assert config.modules == {}


def test_an_unknown_key_in_a_modules_own_file_is_named_by_its_full_path(tmp_path: Path) -> None:
    write(tmp_path / "chat.yml", "konfig: {}")
    with pytest.raises(ConfigInvalid, match=r"modules\.chat\.konfig"):
        load_config(environ={}, overrides={"modules_dir": str(tmp_path)}, create_home=False)


def test_the_desktops_defaults_point_every_module_at_one_file(home: Path) -> None:
    config = load_config(
        environ={},
        overrides={"server.home_dir": str(home)},
        defaults=desktop_defaults(["chat", "settings", "local-search-index"]),
    )
    chat, settings, index = (config.database_settings(name) for name in ("chat", "settings", "local-search-index"))
    assert chat is not None
    assert chat == settings
    assert chat.path == home / "hyperspot.db"
    assert index is not None
    assert index.path == home / "index.db"


@pytest.mark.parametrize("section", [None, {}])
def test_a_missing_section_of_a_module_gives_its_defaults(section: dict[str, object] | None) -> None:
    assert read_module_config("m", section, Greeting) == Greeting()


@pytest.mark.parametrize("overrides", [{}, {"modules.m.metadata": "x"}, {"modules.m.config": "text"}])
def test_a_section_that_is_no_mapping_counts_as_missing(overrides: dict[str, str]) -> None:
    assert load_config(environ={}, overrides=overrides, create_home=False).module_config("m") is None


@pytest.mark.parametrize("section", [{"txt": "x"}, {"times": "many"}])
def test_a_wrong_section_names_the_module_and_the_path(section: dict[str, object]) -> None:
    with pytest.raises(ModuleConfigInvalid, match=rf"module 'm': modules\.m\.config\.{next(iter(section))}: "):
        read_module_config("m", section, Greeting)


def test_the_strict_variant_wants_the_section_to_be_there() -> None:
    with pytest.raises(ModuleConfigMissing, match="'m'"):
        require_module_config("m", None, Greeting)
    assert require_module_config("m", {"times": 2}, Greeting).times == 2
