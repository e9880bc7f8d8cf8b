"""The client hub: by interface, by scope, and what is not there or does not fit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Protocol

import pytest

from modkit.client_hub import (
    ClientHub,
    NotFound,
    ScopedNotFound,
    ScopedTypeMismatch,
    TypeMismatch,
    gts_scope,
)


class Greeter(Protocol):
    @property
    def language(self) -> str: ...
    def greet(self, name: str) -> str: ...


class English:
    language = "en"

    def greet(self, name: str) -> str:
        return f"Hello {name}"


class Costly(English):
    @property
    def language(self) -> str:  # type: ignore[override]  # a property where the base has a plain value
        raise AssertionError("a registration must not evaluate properties")


class Base(ABC):
    @abstractmethod
    def work(self) -> None: ...


class Worker(Base):
    def work(self) -> None: ...


def test_a_client_is_found_by_its_interface() -> None:
    hub = ClientHub()
    hub.register(Greeter, English())
    assert hub.get(Greeter).greet("Ann") == "Hello Ann"


def test_registering_again_overwrites_silently() -> None:
    hub, second = ClientHub(), English()
    hub.register(Greeter, English())
    hub.register(Greeter, second)
    assert hub.get(Greeter) is second


def test_a_missing_client_is_told_with_its_interface() -> None:
    hub = ClientHub()
    with pytest.raises(NotFound, match="Greeter") as caught:
        hub.get(Greeter)
    assert caught.value.interface is Greeter
    assert hub.try_get(Greeter) is None


def test_scoped_and_unscoped_clients_are_independent() -> None:
    hub, plain, scoped = ClientHub(), English(), English()
    hub.register(Greeter, plain)
    hub.register_scoped(Greeter, "a", scoped)
    assert (hub.get(Greeter), hub.get_scoped(Greeter, "a")) == (plain, scoped)
    hub.remove(Greeter)
    assert hub.try_get(Greeter) is None
    assert hub.try_get_scoped(Greeter, "a") is scoped


def test_a_missing_scope_is_told() -> None:
    with pytest.raises(ScopedNotFound, match="scope 'gts:x'"):
        ClientHub().get_scoped(Greeter, gts_scope("x"))
    assert ClientHub().try_get_scoped(Greeter, "x") is None


def test_all_scopes_of_an_interface_come_in_order() -> None:
    hub, one, two = ClientHub(), English(), English()
    hub.register_scoped(Greeter, "b", two)
    hub.register_scoped(Greeter, "a", one)
    hub.register_scoped(Base, "c", Worker())
    assert list(hub.scoped(Greeter).items()) == [("a", one), ("b", two)]


def test_removing_gives_the_client_back_and_removing_nothing_gives_none() -> None:
    hub, client = ClientHub(), English()
    hub.register_scoped(Greeter, "a", client)
    assert hub.remove_scoped(Greeter, "a") is client
    assert hub.remove_scoped(Greeter, "a") is None
    assert hub.remove(Greeter) is None


def test_a_client_without_the_members_of_its_protocol_is_a_mismatch() -> None:
    hub, wrong = ClientHub(), object()
    hub.register(Greeter, wrong)  # what mypy lets through as an object
    with pytest.raises(TypeMismatch, match="lacks greet, language"):
        hub.get(Greeter)


def test_a_client_that_is_no_instance_of_its_class_is_a_mismatch() -> None:
    hub = ClientHub()
    hub.register_scoped(Base, "a", English())
    with pytest.raises(ScopedTypeMismatch, match="is a English"):
        hub.get_scoped(Base, "a")


def test_properties_of_a_client_are_not_evaluated() -> None:
    hub, costly = ClientHub(), Costly()
    hub.register(Greeter, costly)
    assert hub.get(Greeter) is costly


def test_an_object_that_makes_its_members_up_fits_any_protocol() -> None:
    class Proxy:
        def __getattr__(self, name: str) -> Any:
            return name

    hub, proxy = ClientHub(), Proxy()
    hub.register(Greeter, proxy)
    assert hub.get(Greeter) is proxy
