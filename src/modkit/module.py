"""What a module is: the decorator that declares one, the checks on it, and the hooks it may have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from modkit.durations import parse_duration
from modkit.errors import HyperSpotError

C = TypeVar("C", bound=type)

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_INFO_ATTRIBUTE = "__module_info__"
DEFAULT_STOP_TIMEOUT_S = 30.0


class Capability(StrEnum):
    """What a module can do beyond ``init``; each brings hooks."""

    DB = "db"
    REST = "rest"
    REST_HOST = "rest_host"
    STATEFUL = "stateful"
    SYSTEM = "system"
    GRPC_HUB = "grpc_hub"
    GRPC = "grpc"


# Hooks that must all be there. `system` needs one of its two, `stateful` depends on the lifecycle: see below.
_HOOKS: dict[Capability, tuple[str, ...]] = {
    Capability.DB: ("migrations",),
    Capability.REST: ("register_rest",),
    Capability.REST_HOST: ("rest_prepare", "rest_finalize"),
    Capability.GRPC_HUB: ("bound_endpoint",),
    Capability.GRPC: ("get_grpc_services",),
}


class ModuleDeclarationError(HyperSpotError):
    """A class was declared as a module wrongly; raised when it is imported."""

    action = "Correct the @module declaration."


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """How a ``stateful`` module runs in the background.

    ``entry`` names a coroutine method ``serve(cancel)``, or ``serve(cancel, ready)`` with ``await_ready``;
    None means that the module has ``start`` and ``stop`` of its own.
    """

    entry: str | None = None
    stop_timeout_s: float = DEFAULT_STOP_TIMEOUT_S
    await_ready: bool = False


@dataclass(frozen=True, slots=True)
class ModuleInfo:
    """The declaration of one module class."""

    name: str
    cls: type
    deps: tuple[str, ...]
    capabilities: frozenset[Capability]
    lifecycle: Lifecycle
    ctor: Callable[[], Any]
    client: object | None

    def has(self, capability: Capability) -> bool:
        return capability in self.capabilities


def module(
    *,
    name: str,
    deps: Iterable[str] = (),
    capabilities: Iterable[str] = (),
    ctor: Callable[[], Any] | None = None,
    client: object | None = None,
    lifecycle: str | None = None,
    stop_timeout: str | float = DEFAULT_STOP_TIMEOUT_S,
    await_ready: bool = False,
) -> Callable[[C], C]:
    """Declare a class as a module.

    ``name`` is kebab-case and is the module's key in the configuration, its directory and its REST prefix.
    ``client`` documents the interface that the module provides; registering it remains the task of ``init``.
    ``lifecycle`` names the coroutine method that is the background task of a ``stateful`` module (usually
    ``"serve"``); without it the module has ``start`` and ``stop``. ``stop_timeout`` is text such as ``"30s"``
    or seconds.

    Raises:
        ModuleDeclarationError: a bad name, an unknown capability, or one whose hooks the class lacks.
    """

    def declare(cls: C) -> C:
        info = ModuleInfo(
            name=_checked_name(name),
            cls=cls,
            deps=tuple(_checked_name(dep) for dep in deps),
            capabilities=frozenset(_capability(name, text) for text in capabilities),
            lifecycle=Lifecycle(lifecycle, _seconds(name, stop_timeout), await_ready),
            ctor=ctor or cls,
            client=client,
        )
        _check_hooks(info)
        setattr(cls, _INFO_ATTRIBUTE, info)
        return cls

    return declare


def info_of(cls: type) -> ModuleInfo | None:
    """The declaration of a class; None when the class itself (not a base) was not declared."""
    info = vars(cls).get(_INFO_ATTRIBUTE)
    return info if isinstance(info, ModuleInfo) else None


def is_module_name(text: str) -> bool:
    """Kebab-case: lower-case letters, digits and single inner hyphens, a letter first."""
    return _NAME.fullmatch(text) is not None


def _checked_name(text: str) -> str:
    if not is_module_name(text):
        raise ModuleDeclarationError(
            f"module name {text!r} is not kebab-case: a lower-case letter, then lower-case letters, digits and single "
            "hyphens"
        )
    return text


def _capability(name: str, text: str) -> Capability:
    try:
        return Capability(text)
    except ValueError as err:
        known = ", ".join(Capability)
        raise ModuleDeclarationError(f"module '{name}' has the unknown capability {text!r} (known: {known})") from err


def _seconds(name: str, stop_timeout: str | float) -> float:
    try:
        return parse_duration(stop_timeout) if isinstance(stop_timeout, str) else float(stop_timeout)
    except ValueError as err:
        raise ModuleDeclarationError(f"module '{name}': stop_timeout {err}") from err


def _check_hooks(info: ModuleInfo) -> None:
    wanted = ["init", *(hook for capability in sorted(info.capabilities) for hook in _HOOKS.get(capability, ()))]
    stateful = info.has(Capability.STATEFUL)
    if stateful:
        wanted += [info.lifecycle.entry] if info.lifecycle.entry else ["start", "stop"]
    missing = [hook for hook in wanted if not callable(getattr(info.cls, hook, None))]
    if info.has(Capability.SYSTEM) and not any(hasattr(info.cls, hook) for hook in ("pre_init", "post_init")):
        missing.append("pre_init or post_init")
    if missing:
        raise ModuleDeclarationError(f"module '{info.name}' lacks the hook methods {', '.join(missing)}")
    if not stateful and (info.lifecycle.entry or info.lifecycle.await_ready):
        raise ModuleDeclarationError(f"module '{info.name}' has a lifecycle but not the capability 'stateful'")
    if info.lifecycle.await_ready and not info.lifecycle.entry:
        raise ModuleDeclarationError(f"module '{info.name}': await_ready needs a lifecycle entry")
