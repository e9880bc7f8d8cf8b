"""Whatever stands in a file or a variable, the answer is a configuration or an error with a sentence."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from modkit.config import ConfigError, ConfigFileUnreadable, load_config
from modkit.config.layers import environment_layer
from modkit.config.yaml import parse_scalar, parse_yaml, to_yaml

SECTIONS = st.sampled_from(["server", "database", "logging", "tracing", "modules_dir", "modules", "other"])
# PyYAML writes the line breaks of Unicode unescaped and reads them back as spaces.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=5)
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
VALUES = LEAVES | st.lists(LEAVES, max_size=2) | st.dictionaries(TEXTS, LEAVES, max_size=2)
TREES = st.dictionaries(SECTIONS, VALUES | st.dictionaries(TEXTS, VALUES, max_size=2), max_size=4)
YAML_LIKE = st.text("ab:-[]{}&*!|>'\"#%@?, \n\t~<0", max_size=40)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "config.yaml"


@given(text=st.text(max_size=60) | YAML_LIKE)
def test_any_text_loads_or_is_told(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ConfigError):
        load_config(file, environ={}, create_home=False)


@given(tree=TREES)
def test_any_tree_loads_or_is_told(file: Path, tree: dict[str, object]) -> None:
    file.write_text(yaml.safe_dump(tree), encoding="utf-8")
    with contextlib.suppress(ConfigError):
        load_config(file, environ={}, create_home=False)


@given(st.dictionaries(st.from_regex(r"(APP__|HYPERSPOT_)[A-Z_]{0,20}", fullmatch=True), YAML_LIKE, max_size=4))
def test_any_variables_make_a_layer(environ: dict[str, str]) -> None:
    assert isinstance(environment_layer(environ), dict)


@given(TREES)
def test_what_is_written_reads_back(tree: dict[str, object]) -> None:
    assert repr(parse_yaml(to_yaml(tree))) == repr(tree)


@pytest.mark.parametrize("text", ["09", "1e3", "off", "yes", "2024-01-01", "12:30:00", "0x1f", "~", "", "<<", "1_0"])
def test_text_that_looks_like_something_else_reads_back_as_text(text: str) -> None:
    assert parse_yaml(to_yaml({"a": text})) == {"a": text} == yaml.safe_load(to_yaml({"a": text}))


@pytest.mark.parametrize(("text", "reason"), [("[" * 5000, "nested too deeply"), ("a: " + "9" * 5000, "too long")])
def test_excess_is_told(file: Path, text: str, reason: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigFileUnreadable, match=reason):
        load_config(file, environ={}, create_home=False)


def test_a_number_too_long_for_a_number_is_text_in_the_environment() -> None:
    assert parse_scalar("9" * 5000) == "9" * 5000
