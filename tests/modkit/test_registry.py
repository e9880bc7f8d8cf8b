"""The set of modules: discovery, errors of the whole set, base order."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modkit.module import module
from modkit.registry import (
    CyclicDependency,
    InvalidRegistry,
    MultipleHosts,
    RegistryError,
    UnknownDependency,
    build_registry,
    discover,
    system_first,
)

WRONGLY_DECLARED = """
from modkit.module import module

@module(name="m", capabilities=["db"])
class M:
    def init(self, ctx): ...
"""
HOOKS = ("init", "rest_prepare", "rest_finalize", "bound_endpoint", "pre_init")


def make(name: str, deps: Iterable[str] = (), capabilities: Iterable[str] = ()) -> type:
    cls = type("Made", (), dict.fromkeys(HOOKS, lambda *_: None))
    return module(name=name, deps=deps, capabilities=capabilities)(cls)


def order(*classes: type) -> list[str]:
    return [info.name for info in build_registry(classes)]


def test_independent_modules_come_alphabetically() -> None:
    assert order(make("c"), make("a"), make("b")) == ["a", "b", "c"]


def test_dependencies_come_first_level_by_level() -> None:
    classes = [make("a", ["z"]), make("z"), make("m", ["a"]), make("b", ["z"]), make("y")]
    assert order(*classes) == ["y", "z", "a", "b", "m"]


def test_system_modules_come_first_each_half_in_base_order() -> None:
    classes = [make("a"), make("z", (), ["system"]), make("b", ["z"]), make("y", ["a"], ["system"])]
    assert [info.name for info in system_first(build_registry(classes))] == ["z", "y", "a", "b"]


@given(st.permutations("abcdef"), st.sets(st.sampled_from(list(combinations("abcdef", 2)))))
def test_the_order_depends_neither_on_the_order_of_discovery_nor_breaks_a_dependency(
    shuffled: list[str], edges: set[tuple[str, str]]
) -> None:
    # Edges lead from later letters to earlier ones only, so there is no cycle.
    deps = {name: sorted(low for low, high in edges if high == name) for name in "abcdef"}
    found = order(*(make(name, deps[name]) for name in shuffled))
    assert found == order(*(make(name, deps[name]) for name in "abcdef"))
    assert all(found.index(low) < found.index(high) for low, high in edges)


def test_an_unknown_dependency_in_the_words_of_the_reference() -> None:
    with pytest.raises(UnknownDependency) as caught:
        build_registry([make("a", ["b"])])
    assert str(caught.value) == "module 'a' depends on unknown 'b'"


@pytest.mark.parametrize(
    ("edges", "path"),
    [
        ({"a": ["b"], "b": ["a"]}, "a -> b -> a"),
        ({"a": ["a"]}, "a -> a"),
        ({"c": ["a"], "a": ["b"], "b": ["d"], "d": ["a"]}, "a -> b -> d -> a"),
        ({"x": [], "c": ["x", "b"], "b": ["c"]}, "b -> c -> b"),
    ],
)
def test_a_cycle_is_told_with_its_full_path(edges: dict[str, list[str]], path: str) -> None:
    with pytest.raises(CyclicDependency) as caught:
        build_registry([make(name, deps) for name, deps in edges.items()])
    assert str(caught.value) == f"cyclic dependency detected: {path}"


@pytest.mark.parametrize("capability", ["rest_host", "grpc_hub"])
def test_two_hosts_in_the_words_of_the_reference(capability: str) -> None:
    with pytest.raises(MultipleHosts) as caught:
        build_registry([make("a", (), [capability]), make("b", (), [capability])])
    assert str(caught.value) == f"multiple '{capability}' modules detected; exactly one is allowed"


def test_what_is_wrong_with_single_modules_is_told_together() -> None:
    plain = type("Plain", (), {})
    with pytest.raises(InvalidRegistry) as caught:
        build_registry([make("a"), make("a"), plain])
    assert str(caught.value).startswith("invalid registry configuration: ")
    assert len(caught.value.problems) == 2
    assert "duplicate module name 'a'" in caught.value.problems


def test_the_same_class_found_twice_counts_once() -> None:
    cls = make("a")
    assert order(cls, cls) == ["a"]
    assert discover([cls, cls]) == [cls]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("no.such.package:Module", "ModuleNotFoundError"),
        ("modkit.module:Nothing", "AttributeError"),
        ("modkit.module:is_module_name", "not a class"),
    ],
)
def test_a_module_that_cannot_be_loaded_is_told(source: str, reason: str) -> None:
    with pytest.raises(InvalidRegistry, match=reason):
        discover([source])


def test_a_wrong_declaration_is_told_in_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "wrongly_declared.py").write_text(WRONGLY_DECLARED, encoding="utf-8")
    with pytest.raises(RegistryError, match="module 'm' lacks the hook methods migrations"):
        discover(["wrongly_declared:M"])


def test_entry_points_and_an_explicit_list_give_the_same_result() -> None:
    explicit = [entry.value for entry in entry_points(group="hyperspot.modules")]
    assert discover(reversed(explicit)) == discover()
