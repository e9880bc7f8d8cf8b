"""Raw configuration layers: merging, the environment, and ``a.b=c`` overrides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from modkit.config.errors import ConfigInvalid
from modkit.config.yaml import parse_scalar

Tree = dict[str, Any]

_SECTIONS = ("server", "database", "logging", "tracing", "modules_dir", "modules")


def merge(lower: Mapping[str, Any], upper: Mapping[str, Any]) -> Tree:
    """``upper`` over ``lower``: mappings key by key, anything else replaced. Neither is changed."""
    result = dict(lower)
    for key, value in upper.items():
        below = result.get(key)
        result[key] = merge(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return result


def environment_layer(environ: Mapping[str, str]) -> Tree:
    """What the environment configures: ``APP__A__B=c`` over its alias ``HYPERSPOT__A__B=c``.

    ``HYPERSPOT_SERVER__HOME_DIR`` works as well, when a known section stands first; a plain
    ``HYPERSPOT_SOMETHING`` is none of ours. Keys are lower-cased, and ``_`` in a module's name means ``-``.
    """
    layer: Tree = {}
    for prefix in ("HYPERSPOT_", "HYPERSPOT__", "APP__"):
        for name in sorted(environ):
            if path := _path_of(name, prefix):
                layer = merge(layer, _nest(path, parse_scalar(environ[name])))
    return layer


def override_layer(overrides: Mapping[str, Any]) -> Tree:
    """``{"server.home_dir": "/data"}`` or nested mappings; text values are read as YAML scalars."""
    layer: Tree = {}
    for dotted, value in overrides.items():
        path = dotted.split(".")
        if not all(path):
            raise ConfigInvalid(((dotted, "is not a path such as server.home_dir"),))
        layer = merge(layer, _nest(path, parse_scalar(value) if isinstance(value, str) else value))
    return layer


def parse_override(text: str) -> tuple[str, str]:
    """Split ``a.b=c`` as given to ``--set``.

    Raises:
        ConfigInvalid: there is no ``=``, or nothing before it.
    """
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise ConfigInvalid(((text, "is not of the form key.path=value"),))
    return key.strip(), value


def _path_of(name: str, prefix: str) -> list[str] | None:
    if not name.startswith(prefix):
        return None
    path = [part.lower() for part in name.removeprefix(prefix).split("__")]
    if prefix == "HYPERSPOT_" and (len(path) < 2 or path[0] not in _SECTIONS):
        return None
    if not all(path):
        return None
    if path[0] == "modules" and len(path) > 1:
        path[1] = path[1].replace("_", "-")
    return path


def _nest(path: list[str], value: Any) -> Tree:
    tree: Any = value
    for key in reversed(path):
        tree = {key: tree}
    return dict(tree)
