"""The phases of a process, and the error that names the phase and the module in which one failed."""

from __future__ import annotations

from enum import StrEnum

from modkit.errors import ErrorKind, HyperSpotError


class Phase(StrEnum):
    """In the order in which they run."""

    PRE_INIT = "pre_init"
    DB = "db"
    INIT = "init"
    POST_INIT = "post_init"
    REST = "rest"
    GRPC = "grpc"
    START = "start"
    OOP_SPAWN = "oop_spawn"
    WAIT = "wait"
    STOP = "stop"


_TEXTS = {
    Phase.PRE_INIT: "pre-init failed for module '{}'",
    Phase.DB: "DB migration failed for module '{}'",
    Phase.INIT: "initialization failed for module '{}'",
    Phase.POST_INIT: "post-init failed for module '{}'",
    Phase.GRPC: "gRPC registration failed for module '{}'",
    Phase.START: "start failed for '{}'",
    Phase.OOP_SPAWN: "OoP spawn failed for module '{}'",
}


class HostError(HyperSpotError):
    """Anything that starting the modules can raise."""


class PhaseFailed(HostError):
    """A hook raised. ``str`` is the phase's text and then the cause; the cause itself is ``__cause__``.

    Kind and action are those of the cause when it was raised on purpose, so that a wrong key still says what
    to do about it.
    """

    def __init__(self, phase: Phase, module_name: str, cause: BaseException, *, text: str | None = None) -> None:
        headline = (text or _TEXTS[phase]).format(module_name)
        reason = cause.sentence if isinstance(cause, HyperSpotError) else f"{type(cause).__name__}: {cause}"
        super().__init__(f"{headline}: {reason}", action=getattr(cause, "action", "") or "Look into the log.")
        self.phase = phase
        self.module_name = module_name
        self.headline = headline

    def to_dict(self) -> dict[str, str]:
        cause = self.__cause__
        kind = cause.kind if isinstance(cause, HyperSpotError) else ErrorKind.INTERNAL
        return super().to_dict() | {"kind": kind.value}


class NoHostForServices(HostError):
    """Modules offer something that only a host module could serve, and there is none."""

    action = "Install the module that hosts it, or remove the capability."

    def __init__(self, capability: str, host_capability: str, names: list[str]) -> None:
        super().__init__(f"modules with '{capability}' but no '{host_capability}' module: {', '.join(names)}")


class DuplicateGrpcService(HostError):
    def __init__(self, service_name: str, module_name: str) -> None:
        super().__init__(f"gRPC service '{service_name}' of module '{module_name}' is registered already")


class OutOfProcessUnsupported(HostError):
    kind = ErrorKind.UNSUPPORTED

    def __init__(self) -> None:
        super().__init__(
            "this build cannot run modules in processes of their own", action="Set its runtime.type to local."
        )


class ExecutionMissing(HostError):
    kind = ErrorKind.INVALID

    def __init__(self, module_name: str) -> None:
        super().__init__(
            f"modules.{module_name}.runtime: type 'oop' needs execution", action="Add execution.executable_path."
        )


class NoDatabaseProvider(HostError):
    def __init__(self) -> None:
        super().__init__("a database is configured, but this host was given no provider to open it")


class NoDatabaseConfiguration(HostError):
    kind = ErrorKind.INVALID
    action = "Add a database section to the configuration."

    def __init__(self) -> None:
        super().__init__("Cannot run migrations: no database configuration found")


class HostAlreadyStarted(HostError):
    kind = ErrorKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("the host was started already")
