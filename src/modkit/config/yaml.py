"""YAML as configuration files mean it: the 1.2 core schema, and a key given twice is an error."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """``yes``, ``off``, ``12:30:00`` and ``2024-01-01`` are text here, as they were meant."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = str(key_node.value)
            if key in seen and key != "<<":
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is there twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


class _Dumper(yaml.SafeDumper):
    """Quotes what either version of YAML would read as something else than text, such as ``on`` and ``09``."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("merge", r"<<", "<"),
):
    for _class in (_Loader, _Dumper):
        _class.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def _construct_int(loader: _Loader, node: yaml.ScalarNode) -> int:
    # Leading zeros are decimal in YAML 1.2; PyYAML's own constructor would read them as octal.
    text = loader.construct_scalar(node)
    try:
        return int(text, 16) if text.startswith("0x") else int(text)
    except ValueError as err:  # more digits than Python converts
        raise yaml.constructor.ConstructorError(None, None, "the number is too long", node.start_mark) from err


_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)


def parse_yaml(text: str) -> Any:
    """The one document in ``text``; None when it is empty.

    Raises:
        yaml.YAMLError: not YAML, several documents, nested too deeply, or a key given twice in one mapping.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # a subclass of SafeLoader
    except RecursionError as err:
        raise yaml.constructor.ConstructorError(None, None, "it is nested too deeply", None) from err


def parse_scalar(text: str) -> Any:
    """A value from the environment or command line; what is not YAML is taken as plain text."""
    try:
        return parse_yaml(text)
    except yaml.YAMLError:
        return text


def to_yaml(value: object) -> str:
    """Readable block YAML in the order of the mapping, ending in a line break."""
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False))
