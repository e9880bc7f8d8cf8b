"""Choosing among plugins: vendor, priority, malformed ones, and clients that come late."""

from __future__ import annotations

from typing import Any, Protocol

import pytest
from loguru import logger

from modkit.client_hub import ClientHub, gts_scope
from modkit.plugins import (
    InvalidPluginInstance,
    PluginInstance,
    PluginNotFound,
    PluginPoint,
    PluginUnavailable,
)

TYPE = "gts.x.core.modkit.plugin.v1~x.test.engine.plugin.v1~"


class Engine(Protocol):
    name: str


class Named:
    def __init__(self, name: str) -> None:
        self.name = name


def instance(name: str, **changes: Any) -> PluginInstance:
    return PluginInstance(f"{TYPE}{name}", **changes)


def point(**changes: Any) -> PluginPoint[Engine]:
    made: PluginPoint[Engine] = PluginPoint(ClientHub(), Engine, TYPE, **changes)
    return made


def test_the_lowest_priority_wins_and_of_equals_the_first() -> None:
    engines = point()
    engines.register(instance("slow", priority=50), Named("slow"))
    engines.register(instance("first", priority=-3), Named("first"))
    engines.register(instance("second", priority=-3), Named("second"))
    assert engines.choose().name == "first"
    assert [engine.name for engine in engines.all().values()] == ["first", "second", "slow"]


def test_only_the_configured_vendor_counts_and_case_matters() -> None:
    engines = point(vendor="acme")
    engines.register(instance("a", vendor="Acme", priority=1), Named("a"))
    engines.register(instance("b", vendor="acme", priority=9), Named("b"))
    assert engines.choose().name == "b"


def test_no_plugin_of_the_vendor_is_told() -> None:
    with pytest.raises(PluginNotFound, match="'hyperspot'"):
        point().choose()


def test_the_choice_is_kept_until_reset() -> None:
    engines = point()
    engines.register(instance("a", priority=5), Named("a"))
    assert engines.choose().name == "a"
    engines.register(instance("b", priority=1), Named("b"))
    assert engines.choose().name == "a"
    engines.reset()
    assert engines.choose().name == "b"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (PluginInstance("gts.other~x"), "does not continue"),
        (PluginInstance(TYPE), "does not continue"),
        (instance("x", vendor=""), "vendor"),
        (instance("x", priority=40_000), "16-bit"),
        (instance("x", priority=True), "16-bit"),
        (instance("x", properties=[]), "properties"),
    ],
)
def test_one_malformed_instance_spoils_the_choice(bad: PluginInstance, reason: str) -> None:
    engines = point()
    engines.register(instance("good"), Named("good"))
    engines.register(bad, Named("bad"))
    with pytest.raises(InvalidPluginInstance, match=reason):
        engines.choose()


def test_a_chosen_plugin_without_client_is_unavailable_and_warned_about_rarely() -> None:
    hub, now, warnings = ClientHub(), [0.0], list[str]()
    engines: PluginPoint[Engine] = PluginPoint(hub, Engine, TYPE, clock=lambda: now[0])
    engines.register(instance("a"), Named("a"))
    hub.remove_scoped(Engine, gts_scope(f"{TYPE}a"))
    sink = logger.add(lambda message: warnings.append(message.record["message"]), level="WARNING")
    with pytest.raises(PluginUnavailable, match="client not registered yet"):
        engines.choose()
    with pytest.raises(PluginUnavailable):
        engines.choose()
    now[0] = 10.0
    with pytest.raises(PluginUnavailable):
        engines.choose()
    logger.remove(sink)
    assert len(warnings) == 2


def test_a_plugin_is_also_found_by_its_id_and_in_the_hub() -> None:
    hub, client = ClientHub(), Named("a")
    engines: PluginPoint[Engine] = PluginPoint(hub, Engine, TYPE)
    engines.register(instance("a"), client)
    assert engines.get(f"{TYPE}a") is client
    assert hub.get_scoped(Engine, gts_scope(f"{TYPE}a")) is client


def test_a_type_id_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="ends in ~"):
        PluginPoint(ClientHub(), Engine, "gts.x")
