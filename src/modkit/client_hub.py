"""The registry through which modules find each other's clients, by interface and optional scope."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_origin

from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    # Unlike type[T] it accepts Protocols and abstract classes, which is what interfaces are.
    from typing_extensions import TypeForm

T = TypeVar("T")


class ClientHubError(HyperSpotError):
    """Anything ClientHub can raise."""


class NotFound(ClientHubError):
    kind = ErrorKind.UNAVAILABLE
    code = "client_not_found"
    action = "Enable the module that provides it."

    def __init__(self, interface: object) -> None:
        super().__init__(f"No client is registered for {_name(interface)}.")
        self.interface = interface


class ScopedNotFound(NotFound):
    code = "scoped_client_not_found"

    def __init__(self, interface: object, scope: str) -> None:
        ClientHubError.__init__(self, f"No client is registered for {_name(interface)} in scope {scope!r}.")
        self.interface = interface
        self.scope = scope


class TypeMismatch(ClientHubError):
    code = "client_type_mismatch"

    def __init__(self, interface: object, client: object, missing: tuple[str, ...]) -> None:
        lacks = f" (it lacks {', '.join(missing)})" if missing else ""
        super().__init__(f"The client registered for {_name(interface)} is a {type(client).__name__}{lacks}.")
        self.interface = interface
        self.missing = missing


class ScopedTypeMismatch(TypeMismatch):
    code = "scoped_client_type_mismatch"

    def __init__(self, interface: object, client: object, missing: tuple[str, ...], scope: str) -> None:
        super().__init__(interface, client, missing)
        self.scope = scope


@dataclass(frozen=True, slots=True)
class _Entry:
    client: object
    fits: bool
    missing: tuple[str, ...]


class ClientHub:
    """In-process clients by interface type (a Protocol or class), unscoped or under a scope text.

    Registering again overwrites silently. Unscoped and scoped entries are independent. A client that does
    not have the interface's members is reported when it is asked for, as the place that needs it knows what
    for.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[tuple[object, str | None], _Entry] = {}

    def register(self, interface: TypeForm[T], client: T) -> None:
        self._put(interface, None, client)

    def register_scoped(self, interface: TypeForm[T], scope: str, client: T) -> None:
        """``scope`` is any text; scopes made from GTS ids read ``gts:<id>`` (see ``gts_scope``)."""
        self._put(interface, scope, client)

    def get(self, interface: TypeForm[T]) -> T:
        """
        Raises:
            NotFound: nobody registered a client.
            TypeMismatch: the client lacks members of the interface.
        """
        entry = self._entries.get((interface, None))
        if entry is None:
            raise NotFound(interface)
        if not entry.fits:
            raise TypeMismatch(interface, entry.client, entry.missing)
        return cast(T, entry.client)

    def try_get(self, interface: TypeForm[T]) -> T | None:
        """As ``get``, but None when nobody registered a client."""
        return self.get(interface) if (interface, None) in self._entries else None

    def get_scoped(self, interface: TypeForm[T], scope: str) -> T:
        """
        Raises:
            ScopedNotFound: nobody registered a client in this scope.
            ScopedTypeMismatch: the client lacks members of the interface.
        """
        entry = self._entries.get((interface, scope))
        if entry is None:
            raise ScopedNotFound(interface, scope)
        if not entry.fits:
            raise ScopedTypeMismatch(interface, entry.client, entry.missing, scope)
        return cast(T, entry.client)

    def try_get_scoped(self, interface: TypeForm[T], scope: str) -> T | None:
        """As ``get_scoped``, but None when nobody registered a client in this scope."""
        return self.get_scoped(interface, scope) if (interface, scope) in self._entries else None

    def scoped(self, interface: TypeForm[T]) -> dict[str, T]:
        """All clients of one interface that have a scope, by scope, in order of the scope texts."""
        with self._lock:
            scopes = sorted(scope for known, scope in self._entries if known is interface and scope is not None)
        return {scope: self.get_scoped(interface, scope) for scope in scopes}

    def remove(self, interface: TypeForm[T]) -> T | None:
        """Forget the unscoped client and return it; None when there was none."""
        return self._pop(interface, None)

    def remove_scoped(self, interface: TypeForm[T], scope: str) -> T | None:
        return self._pop(interface, scope)

    def _put(self, interface: TypeForm[T], scope: str | None, client: T) -> None:
        missing = _missing_members(interface, client)
        fits = not missing if _is_protocol(interface) else _is_instance(client, interface)
        with self._lock:
            self._entries[interface, scope] = _Entry(client, fits, missing)

    def _pop(self, interface: TypeForm[T], scope: str | None) -> T | None:
        with self._lock:
            entry = self._entries.pop((interface, scope), None)
        return cast(T, entry.client) if entry else None


def gts_scope(gts_id: str) -> str:
    """The scope text of a GTS instance: ``gts:<id>``."""
    return f"gts:{gts_id}"


def _name(interface: object) -> str:
    return getattr(interface, "__qualname__", None) or str(interface)


def _is_instance(client: object, interface: Any) -> bool:
    plain = get_origin(interface) or interface
    return not isinstance(plain, type) or isinstance(client, plain)


def _is_protocol(interface: Any) -> bool:
    return bool(getattr(interface, "_is_protocol", False))


def _missing_members(interface: Any, client: object) -> tuple[str, ...]:
    """Members of a Protocol that ``client`` lacks; properties are looked up on the class, never evaluated."""
    if not _is_protocol(interface) or hasattr(type(client), "__getattr__"):
        return ()
    own = vars(client) if hasattr(client, "__dict__") else {}
    return tuple(name for name in sorted(_members(interface)) if name not in own and not hasattr(type(client), name))


def _members(interface: Any) -> set[str]:
    members: set[str] = set()
    for base in (get_origin(interface) or interface).__mro__:
        if _is_protocol(base):
            members.update(vars(base), vars(base).get("__annotations__", {}))
    return {name for name in members if not name.startswith("_")}
