"""Load the configuration: defaults, file, environment, command line, then the modules' own files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from modkit.config.errors import ConfigFileMissing, ConfigFileUnreadable, ConfigInvalid
from modkit.config.layers import Tree, environment_layer, merge, override_layer
from modkit.config.logging import default_logging
from modkit.config.models import AppConfig
from modkit.config.paths import expand_home, normal_path
from modkit.config.problems import problems_of
from modkit.config.yaml import parse_yaml


def load_config(
    file: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
    defaults: Mapping[str, Any] | None = None,
    create_home: bool = True,
) -> AppConfig:
    """The effective configuration; ``overrides`` win over ``environ`` (default: the process's) over the file.

    ``defaults`` lie under everything and over the built-in ones; a program gives its own there. Reads files,
    so call it through a thread where a loop runs.

    Raises:
        ConfigFileMissing, ConfigFileUnreadable: about the file, or one in ``modules_dir``.
        ConfigInvalid: unknown keys or wrong values, each named by its full path.
    """
    tree = merge(_built_in(), defaults or {})
    if file is not None:
        tree = merge(tree, _read_mapping(file))
    tree = merge(tree, environment_layer(os.environ if environ is None else environ))
    tree = merge(tree, override_layer(overrides or {}))
    config = _validated(_without_empty_sections(tree))
    if config.modules_dir is not None:
        found = _modules_dir_layer(expand_home(config.modules_dir))
        tree["modules"] = {**(tree.get("modules") or {}), **found}
        config = _validated(_without_empty_sections(tree))
    config = config.model_copy(update={"server": config.server.model_copy(update={"home_dir": str(config.home)})})
    if create_home:
        _create_home(config.home)
    return config


def _built_in() -> Tree:
    return {"logging": {name: dict(section) for name, section in default_logging().items()}}


def _validated(tree: Tree) -> AppConfig:
    try:
        return AppConfig.model_validate(tree)
    except ValidationError as err:
        raise ConfigInvalid(problems_of(err, AppConfig)) from err


def _without_empty_sections(tree: Tree) -> Tree:
    """A heading with nothing (or only comments) below it means the same as no heading."""
    kept = {key: value for key, value in tree.items() if value is not None}
    for name in ("modules", "logging"):
        section = kept.get(name)
        if isinstance(section, Mapping):
            kept[name] = {key: {} if value is None else value for key, value in section.items()}
    return kept


def _read_mapping(path: Path) -> Tree:
    if not path.exists():
        raise ConfigFileMissing(path)
    try:
        content = parse_yaml(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as err:
        raise ConfigFileUnreadable(path, _yaml_reason(err)) from err
    except (OSError, UnicodeDecodeError) as err:
        raise ConfigFileUnreadable(path, getattr(err, "strerror", None) or "it is not UTF-8 text") from err
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ConfigFileUnreadable(path, "it has no mapping at the top")
    return {str(key): value for key, value in content.items()}


def _yaml_reason(err: yaml.YAMLError) -> str:
    mark = getattr(err, "problem_mark", None)
    parts = (getattr(err, "context", None), getattr(err, "problem", None))
    problem = " ".join(part for part in parts if part) or "it is not YAML"
    return f"{problem} (line {mark.line + 1}, column {mark.column + 1})" if mark else problem


def _modules_dir_layer(directory: Path) -> Tree:
    """``modules.<stem>`` for each YAML file; a missing directory is ignored."""
    base = normal_path(directory)
    if not base.is_dir():
        return {}
    files = sorted(path for path in base.iterdir() if path.suffix in (".yml", ".yaml"))
    return {path.stem: _read_mapping(path) for path in files}


def _create_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as err:
        reason = f"the directory {home} cannot be created ({err.strerror or err})"
        raise ConfigInvalid((("server.home_dir", reason),)) from err
