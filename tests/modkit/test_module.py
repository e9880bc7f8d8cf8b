"""Declaring a module: names, capabilities and their hooks, checked when the class is made."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modkit.durations import parse_duration
from modkit.module import Capability, ModuleDeclarationError, info_of, is_module_name, module


async def _hook(self: object, *arguments: object) -> None: ...


def class_with(*hooks: str) -> type:
    return type("Declared", (), dict.fromkeys(("init", *hooks), _hook))


@pytest.mark.parametrize("name", ["a", "chat", "llm-gateway", "a1-2b", "x-1"])
def test_kebab_case_is_a_name(name: str) -> None:
    assert is_module_name(name)


@pytest.mark.parametrize("name", ["", "-a", "a-", "a--b", "a_b", "A", "1a", "aB", "a b", "ä", "a-\n", "chat\n"])
def test_anything_else_is_none(name: str) -> None:
    with pytest.raises(ModuleDeclarationError, match="kebab-case"):
        module(name=name)(class_with())


@given(st.text(max_size=12))
def test_names_have_only_letters_digits_and_single_inner_hyphens(text: str) -> None:
    parts = text.split("-")
    plain = all(part.isascii() and part.isalnum() and part == part.lower() for part in parts)
    assert is_module_name(text) == (plain and text[:1].isalpha())


def test_a_declaration_is_read_back_as_it_was_written() -> None:
    cls = module(name="m", deps=["b", "a"], capabilities=["stateful", "db"], stop_timeout="1m 30s")(
        class_with("start", "stop", "migrations")
    )
    info = info_of(cls)
    assert info is not None
    assert (info.name, info.deps, info.lifecycle.stop_timeout_s) == ("m", ("b", "a"), 90.0)
    assert info.capabilities == {Capability.DB, Capability.STATEFUL}


def test_a_subclass_is_not_declared_by_its_base() -> None:
    cls = module(name="m")(class_with())
    assert info_of(type("Sub", (cls,), {})) is None


@pytest.mark.parametrize(
    ("capability", "missing"),
    [
        ("db", "migrations"),
        ("rest", "register_rest"),
        ("rest_host", "rest_prepare, rest_finalize"),
        ("stateful", "start, stop"),
        ("system", "pre_init or post_init"),
        ("grpc_hub", "bound_endpoint"),
        ("grpc", "get_grpc_services"),
    ],
)
def test_a_capability_without_its_hooks_fails_at_import(capability: str, missing: str) -> None:
    with pytest.raises(ModuleDeclarationError, match=f"module 'm' lacks the hook methods {missing}"):
        module(name="m", capabilities=[capability])(class_with())


def test_every_module_needs_init() -> None:
    with pytest.raises(ModuleDeclarationError, match="lacks the hook methods init"):
        module(name="m")(type("Empty", (), {}))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"capabilities": ["sql"]}, "unknown capability 'sql'"),
        ({"deps": ["Not A Name"]}, "kebab-case"),
        ({"lifecycle": "serve", "capabilities": ["stateful"]}, "lacks the hook methods serve"),
        ({"lifecycle": "init"}, "has a lifecycle but not the capability"),
        ({"await_ready": True}, "has a lifecycle but not the capability"),
        ({"stop_timeout": "soon"}, "stop_timeout 'soon' is not a duration"),
    ],
)
def test_a_declaration_that_makes_no_sense_fails_at_import(arguments: dict[str, Any], reason: str) -> None:
    with pytest.raises(ModuleDeclarationError, match=reason):
        module(name="m", **arguments)(class_with())


def test_readiness_needs_a_lifecycle_entry() -> None:
    with pytest.raises(ModuleDeclarationError, match="await_ready needs a lifecycle entry"):
        module(name="m", capabilities=["stateful"], await_ready=True)(class_with("start", "stop"))


@pytest.mark.parametrize(
    ("text", "seconds"), [("500ms", 0.5), ("30s", 30), ("5m", 300), ("1h", 3600), ("7d", 604800), ("1h 30m", 5400)]
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "30", "s", "3 weeks", "-5s", "5s x"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"duration|unknown unit"):
        parse_duration(text)
