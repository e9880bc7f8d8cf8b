"""Layers: what wins over what, and how the environment and the command line are read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modkit.config.errors import ConfigInvalid
from modkit.config.layers import environment_layer, merge, override_layer, parse_override

KEYS = st.sampled_from("abcd")
SCALARS = st.one_of(st.integers(), st.booleans(), st.lists(st.integers(), max_size=2))
INNER = st.dictionaries(KEYS, SCALARS, max_size=2)
TREES: st.SearchStrategy[Any] = st.dictionaries(
    KEYS, SCALARS | INNER | st.dictionaries(KEYS, INNER, max_size=2), max_size=3
)
SEGMENTS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)


@given(TREES, TREES)
def test_every_scalar_of_the_upper_layer_wins(lower: dict[str, Any], upper: dict[str, Any]) -> None:
    assert merge(merge(lower, upper), upper) == merge(lower, upper)


@given(TREES, TREES, TREES)
def test_merging_does_not_depend_on_grouping(one: dict[str, Any], two: dict[str, Any], three: dict[str, Any]) -> None:
    # A scalar between two mappings cuts off what lies below it, so grouping counts only without such cuts.
    two_is_compatible = merge(merge(one, two), three) == merge(one, merge(two, three))
    assert two_is_compatible or _has_cut(two, one) or _has_cut(two, three)


def _has_cut(middle: dict[str, Any], other: dict[str, Any]) -> bool:
    shared = middle.keys() & other.keys()
    return any(
        isinstance(middle[key], dict) != isinstance(other[key], dict)
        or (isinstance(middle[key], dict) and _has_cut(middle[key], other[key]))
        for key in shared
    )


@given(TREES)
def test_an_empty_layer_changes_nothing(tree: dict[str, Any]) -> None:
    assert merge(tree, {}) == tree == merge({}, tree)


@given(TREES, TREES)
def test_merging_leaves_its_arguments_alone(lower: dict[str, Any], upper: dict[str, Any]) -> None:
    before = repr((lower, upper))
    merge(lower, upper)
    assert repr((lower, upper)) == before


@given(st.lists(SEGMENTS, min_size=2, max_size=5), st.integers())
def test_double_underscores_nest_and_values_are_yaml(path: list[str], value: int) -> None:
    layer: Any = environment_layer({"APP__" + "__".join(path).upper(): str(value)})
    leaf = path[-1]
    found = _descend(layer, path[:-1])
    assert found == {leaf: value}


def _descend(tree: Any, path: list[str]) -> Any:
    return _descend(tree[path[0]], path[1:]) if path else tree


@given(st.dictionaries(st.from_regex(r"[A-Z_]{1,12}", fullmatch=True), st.text(max_size=4)))
def test_variables_of_others_are_never_read(environ: dict[str, str]) -> None:
    others = {f"X{name}": value for name, value in environ.items()}
    assert environment_layer(others) == {}


def test_a_plain_hyperspot_variable_is_no_configuration() -> None:
    assert environment_layer({"HYPERSPOT_STARTER_MODELS": "/models", "HYPERSPOT_HOME": "/h"}) == {}


def test_app_wins_over_its_alias() -> None:
    layer = environment_layer({"HYPERSPOT__SERVER__HOME_DIR": "alias", "APP__SERVER__HOME_DIR": "app"})
    assert layer == {"server": {"home_dir": "app"}}


def test_a_known_section_may_follow_a_single_underscore() -> None:
    assert environment_layer({"HYPERSPOT_SERVER__HOME_DIR": "/h"}) == {"server": {"home_dir": "/h"}}


def test_an_underscore_in_a_modules_name_means_a_hyphen_and_only_there() -> None:
    layer = environment_layer({"APP__MODULES__JOBS_MANAGER__CONFIG__KEEP_DAYS": "5"})
    assert layer == {"modules": {"jobs-manager": {"config": {"keep_days": 5}}}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("1.5", 1.5),
        ("true", True),
        ("'5'", "5"),
        ("[a, b]", ["a", "b"]),
        ("off", "off"),
        ("yes", "yes"),
        ("12:30:00", "12:30:00"),
        ("2024-01-01", "2024-01-01"),
        ("007", 7),
        ("0x1f", 31),
        ("@not yaml", "@not yaml"),
        ("", None),
    ],
)
def test_values_read_as_yaml_scalars_mean_what_they_say(text: str, value: object) -> None:
    assert override_layer({"a": text}) == {"a": value}


def test_overrides_nest_by_dots_and_take_mappings() -> None:
    layer = override_layer({"server.home_dir": "/h", "modules": {"chat": {"config": {"a": 1}}}})
    assert layer == {"server": {"home_dir": "/h"}, "modules": {"chat": {"config": {"a": 1}}}}


def test_an_override_keeps_equals_signs_in_its_value() -> None:
    assert parse_override("a.b=c=d") == ("a.b", "c=d")


@pytest.mark.parametrize("text", ["", "a.b", "=c"])
def test_an_override_without_key_or_value_is_told(text: str) -> None:
    with pytest.raises(ConfigInvalid, match=r"key\.path=value"):
        parse_override(text)


def test_an_override_with_an_empty_step_is_told() -> None:
    with pytest.raises(ConfigInvalid, match=r"a\.\.b"):
        override_layer({"a..b": "1"})
