"""The phases rest and grpc: modules offer services to the one module that hosts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modkit.module import Capability, ModuleInfo
from modkit.module_context import ModuleContext
from modkit.phases import DuplicateGrpcService, NoHostForServices, Phase, PhaseFailed


@dataclass(frozen=True, slots=True)
class GrpcService:
    """One service of a ``grpc`` module; the hub calls ``register`` with its server."""

    service_name: str
    register: Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class RegisteredGrpcService:
    """A service and the module that offers it, as the hub finds it in its system context."""

    module_name: str
    service: GrpcService


def register_rest(
    modules: Sequence[ModuleInfo], objects: Mapping[str, Any], contexts: Mapping[str, ModuleContext]
) -> None:
    """``host.rest_prepare`` → each ``register_rest`` in base order → ``host.rest_finalize``.

    The host makes the router: ``rest_prepare(ctx, None)`` returns it. A later hook may return another router
    or None to keep it. The host's attribute ``openapi`` is the registry the operations are added to.

    Raises:
        NoHostForServices: there are ``rest`` modules but no host.
        PhaseFailed: a hook raised.
    """
    offering = [info for info in modules if info.has(Capability.REST)]
    host = _only(modules, Capability.REST_HOST)
    if host is None:
        _require_none("rest", "rest_host", offering)
        return
    router = _rest_hook("REST prepare failed for module '{}'", host, objects, "rest_prepare", contexts, None)
    openapi = getattr(objects[host.name], "openapi", None)
    text = "REST registration failed for module '{}'"
    for info in offering:
        router = _rest_hook(text, info, objects, "register_rest", contexts, router, openapi) or router
    _rest_hook("REST finalize failed for module '{}'", host, objects, "rest_finalize", contexts, router)


def collect_grpc(
    modules: Sequence[ModuleInfo], objects: Mapping[str, Any], contexts: Mapping[str, ModuleContext]
) -> list[RegisteredGrpcService]:
    """The services of all ``grpc`` modules in base order.

    Raises:
        NoHostForServices: there are services but no hub.
        DuplicateGrpcService: two modules offer the same name.
        PhaseFailed: a hook raised.
    """
    collected: dict[str, RegisteredGrpcService] = {}
    for info in modules:
        if not info.has(Capability.GRPC):
            continue
        for service in _grpc_services(info, objects, contexts):
            if service.service_name in collected:
                raise DuplicateGrpcService(service.service_name, info.name)
            collected[service.service_name] = RegisteredGrpcService(info.name, service)
    if collected and _only(modules, Capability.GRPC_HUB) is None:
        offering = {entry.module_name for entry in collected.values()}
        _require_none("grpc", "grpc_hub", [info for info in modules if info.name in offering])
    return list(collected.values())


def _only(modules: Iterable[ModuleInfo], capability: Capability) -> ModuleInfo | None:
    return next((info for info in modules if info.has(capability)), None)


def _require_none(capability: str, host_capability: str, offering: Sequence[ModuleInfo]) -> None:
    if offering:
        raise NoHostForServices(capability, host_capability, [info.name for info in offering])


def _rest_hook(
    text: str,
    info: ModuleInfo,
    objects: Mapping[str, Any],
    hook: str,
    contexts: Mapping[str, ModuleContext],
    *arguments: object,
) -> Any:
    try:
        return getattr(objects[info.name], hook)(contexts[info.name], *arguments)
    except Exception as err:
        raise PhaseFailed(Phase.REST, info.name, err, text=text) from err


def _grpc_services(
    info: ModuleInfo, objects: Mapping[str, Any], contexts: Mapping[str, ModuleContext]
) -> Sequence[GrpcService]:
    try:
        return list(objects[info.name].get_grpc_services(contexts[info.name]))
    except Exception as err:
        raise PhaseFailed(Phase.GRPC, info.name, err) from err
