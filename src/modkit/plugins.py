"""Plugins: several implementations of one interface, one of which is chosen by vendor and priority."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from loguru import logger

from modkit.client_hub import ClientHub, gts_scope
from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")

DEFAULT_VENDOR = "hyperspot"
DEFAULT_PRIORITY = 100
_INT16 = range(-(2**15), 2**15)
_WARN_EVERY_S = 10.0


class PluginError(HyperSpotError):
    """Anything that choosing a plugin can raise."""


class InvalidPluginInstance(PluginError):
    def __init__(self, gts_id: str, reason: str) -> None:
        super().__init__(
            f"The plugin instance {gts_id} is not valid: {reason}.", action="Correct or remove the plugin."
        )
        self.gts_id = gts_id
        self.reason = reason


class PluginNotFound(PluginError):
    kind = ErrorKind.UNAVAILABLE
    action = "Install a plugin of this vendor, or set another vendor in the module's configuration."

    def __init__(self, vendor: str) -> None:
        super().__init__(f"No plugin of vendor {vendor!r} is available.")
        self.vendor = vendor


class PluginUnavailable(PluginError):
    """The chosen instance has no client (yet)."""

    kind = ErrorKind.UNAVAILABLE
    action = "Try again when the program has started completely."

    def __init__(self, gts_id: str) -> None:
        super().__init__(f"The plugin {gts_id} cannot be used: client not registered yet.")
        self.gts_id = gts_id


@dataclass(frozen=True, slots=True)
class PluginInstance:
    """One implementation. ``id`` is the type's id, ending in ``~``, and then the instance's own part.

    The lowest ``priority`` (a 16-bit number) wins.
    """

    id: str
    vendor: str = DEFAULT_VENDOR
    priority: int = DEFAULT_PRIORITY
    properties: Mapping[str, Any] = field(default_factory=dict)

    def check(self, type_id: str) -> None:
        """
        Raises:
            InvalidPluginInstance: the shape is wrong, or the id is not one of the type.
        """
        if not self.id.startswith(type_id) or self.id == type_id:
            raise InvalidPluginInstance(self.id, f"its id does not continue {type_id}")
        # Instances come from plugins, which no type checker of ours has seen.
        vendor: object = self.vendor
        priority: object = self.priority
        properties: object = self.properties
        if not isinstance(vendor, str) or not vendor:
            raise InvalidPluginInstance(self.id, "vendor is not a text")
        if type(priority) is not int or priority not in _INT16:
            raise InvalidPluginInstance(self.id, "priority is not a 16-bit integer")
        if not isinstance(properties, Mapping):
            raise InvalidPluginInstance(self.id, "properties is not a mapping")


class PluginPoint(Generic[T]):
    """One kind of plugin: its interface, its type id, and the instances known so far.

    The module that defines the interface makes the point and registers it in the ClientHub; each plugin calls
    ``register`` in its ``init``; consumers call ``choose`` at first use. Vendors compare exactly.
    """

    def __init__(
        self,
        hub: ClientHub,
        interface: TypeForm[T],
        type_id: str,
        *,
        vendor: str = DEFAULT_VENDOR,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not type_id.endswith("~"):
            raise ValueError(f"a type id ends in ~, {type_id!r} does not")
        self._hub = hub
        self._interface = interface
        self._type_id = type_id
        self._vendor = vendor
        self._clock = clock
        self._lock = threading.Lock()
        self._instances: dict[str, PluginInstance] = {}
        self._chosen: str | None = None
        self._warned_at: float | None = None

    @property
    def instances(self) -> tuple[PluginInstance, ...]:
        """All instances in order of registration, of every vendor."""
        return tuple(self._instances.values())

    def register(self, instance: PluginInstance, client: T) -> None:
        """Add an instance and its client (in the ClientHub under ``gts:<id>``); the same id again replaces."""
        with self._lock:
            self._instances[instance.id] = instance
        self._hub.register_scoped(self._interface, gts_scope(instance.id), client)

    def choose(self) -> T:
        """The client of the instance with the lowest priority; the choice is made once and kept until ``reset``.

        Raises:
            InvalidPluginInstance: one malformed instance spoils the whole choice.
            PluginNotFound: no instance has the configured vendor.
            PluginUnavailable: the chosen one has no client.
        """
        with self._lock:
            if self._chosen is None:
                self._chosen = self._select().id
            chosen = self._chosen
        return self.get(chosen)

    def get(self, instance_id: str) -> T:
        """The client of one instance, whatever its priority.

        Raises:
            PluginUnavailable: it has no client.
        """
        client = self._hub.try_get_scoped(self._interface, gts_scope(instance_id))
        if client is None:
            self._warn(instance_id)
            raise PluginUnavailable(instance_id)
        return client

    def all(self) -> dict[str, T]:
        """The clients of every instance of the configured vendor, best priority first."""
        return {instance.id: self.get(instance.id) for instance in self._ranked()}

    def reset(self) -> None:
        """Forget the choice; the next ``choose`` looks again."""
        with self._lock:
            self._chosen = None

    def _select(self) -> PluginInstance:
        ranked = self._ranked()
        if not ranked:
            raise PluginNotFound(self._vendor)
        return ranked[0]

    def _ranked(self) -> list[PluginInstance]:
        instances = self.instances
        for instance in instances:
            instance.check(self._type_id)
        # sorted() is stable: of equal priorities the one registered first wins.
        return sorted((one for one in instances if one.vendor == self._vendor), key=lambda one: one.priority)

    def _warn(self, instance_id: str) -> None:
        now = self._clock()
        if self._warned_at is None or now - self._warned_at >= _WARN_EVERY_S:
            self._warned_at = now
            logger.warning("Plugin {} has no client yet", instance_id)
