"""Runs the modules of one process through their phases, and back down again."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from uuid import UUID, uuid4

from loguru import logger

from modkit.cancellation import CancellationToken, OperationCancelled, cancel_and_wait
from modkit.client_hub import ClientHub
from modkit.config.models import AppConfig
from modkit.database_provider import DatabaseProvider, ModuleDatabases
from modkit.module import Capability, ModuleInfo
from modkit.module_context import ModuleContext
from modkit.phases import (
    ExecutionMissing,
    HostAlreadyStarted,
    NoDatabaseConfiguration,
    OutOfProcessUnsupported,
    Phase,
    PhaseFailed,
)
from modkit.registration import RegisteredGrpcService, collect_grpc, register_rest
from modkit.registry import build_registry, discover, system_first
from modkit.signals import on_termination
from modkit.stateful import StatefulModules


@dataclass(frozen=True, slots=True)
class SystemContext:
    """Given to the hooks of ``system`` modules; ``grpc_services`` is filled in the phase grpc."""

    instance_id: UUID
    client_hub: ClientHub
    cancellation_token: CancellationToken
    module_names: tuple[str, ...]
    grpc_services: list[RegisteredGrpcService] = field(default_factory=list)


class Host:
    """The modules of one process.

    ``modules`` are classes or ``"package.module:Class"`` texts; None means those of the entry points.
    ``databases`` is needed as soon as one module has a database configured. ``clients`` are pairs of
    interface and client that are registered before the first phase, for shells and tests.

    Use it as ``async with Host(...) as host``, or with ``start`` and ``stop``. One host runs once.

    Raises:
        RegistryError: the modules do not fit together.
    """

    def __init__(
        self,
        config: AppConfig,
        modules: Iterable[type | str] | None = None,
        *,
        databases: DatabaseProvider | None = None,
        clients: Iterable[tuple[Any, object]] = (),
    ) -> None:
        self.config = config
        self.client_hub = ClientHub()
        self.cancellation_token = CancellationToken()
        self.modules: tuple[ModuleInfo, ...] = build_registry(discover(modules))
        self._databases = ModuleDatabases(config, databases)
        self._system = SystemContext(
            uuid4(), self.client_hub, self.cancellation_token, tuple(info.name for info in self.modules)
        )
        self._objects: dict[str, Any] = {}
        self._contexts: dict[str, ModuleContext] = {}
        self._stateful = StatefulModules()
        self._hurry = CancellationToken()
        self._phases: asyncio.Task[None] | None = None
        self._stopping: asyncio.Task[None] | None = None
        for interface, client in clients:
            self.client_hub.register(interface, client)

    @property
    def instance_id(self) -> UUID:
        """New at every start of the process, shared by its modules."""
        return self._system.instance_id

    async def __aenter__(self) -> Host:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Run the phases up to ``start``; when one fails, stop what had been started and raise.

        Raises:
            PhaseFailed: a module's hook raised.
            HostError: modules offer services that nobody hosts, or the host was started before.
            OperationCancelled: ``stop`` was called or the process told to end meanwhile.
        """
        await self._run(self._all_phases())

    async def migrate(self) -> None:
        """Migrate mode: the phases pre_init and db alone, then everything is closed again.

        Raises:
            NoDatabaseConfiguration: the configuration has no database section.
            PhaseFailed, HostError, OperationCancelled: as for ``start``.
        """
        if self.config.database is None:
            raise NoDatabaseConfiguration
        await self._run(self._prepare())
        await self.stop()

    async def run(self) -> None:
        """Start, wait for SIGINT, SIGTERM or the root token, then stop; a second signal hurries the stop."""
        with on_termination(self.cancellation_token.cancel, self.hurry):
            async with self:
                await self.cancellation_token.wait()

    async def stop(self) -> None:
        """Fire the root token and stop the modules in reverse order, each within its own time.

        Never raises for what a module does. A second call waits for the same stop.
        """
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop(), name="host stop")
        # Shielded: a caller may give up waiting, but the databases must be closed all the same.
        await asyncio.shield(self._stopping)

    def hurry(self) -> None:
        """Cut the stop phase short, as a second signal does: what still runs is aborted."""
        self._hurry.cancel()

    async def _run(self, phases: Any) -> None:
        if self._phases is not None:
            phases.close()
            raise HostAlreadyStarted
        self._phases = asyncio.create_task(phases, name="host phases")
        try:
            await self._phases
        except asyncio.CancelledError:
            await self.stop()
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # Not the caller was cancelled, but the phases, by a stop from elsewhere.
            raise OperationCancelled from None
        except BaseException:
            await self.stop()
            raise

    async def _all_phases(self) -> None:
        await self._prepare()
        for info in system_first(self.modules):
            await self._call(Phase.INIT, info, "init", self._contexts[info.name])
        for info in self._with(Capability.SYSTEM):
            await self._call(Phase.POST_INIT, info, "post_init", self._system)
        register_rest(self.modules, self._objects, self._contexts)
        self._system.grpc_services.extend(collect_grpc(self.modules, self._objects, self._contexts))
        for info in system_first(self._with(Capability.STATEFUL)):
            token = self._contexts[info.name].cancellation_token
            await self._guard(Phase.START, info, self._stateful.start(info, self._objects[info.name], token))
        self._spawn_children()
        logger.info("{} modules started", len(self.modules))

    async def _prepare(self) -> None:
        self._objects = {info.name: info.ctor() for info in self.modules}
        for info in self._with(Capability.SYSTEM):
            self.cancellation_token.raise_if_cancelled()
            await self._call(Phase.PRE_INIT, info, "pre_init", self._system)
        for info in system_first(self.modules):
            self.cancellation_token.raise_if_cancelled()
            await self._guard(Phase.DB, info, self._databases.prepare(info, self._objects[info.name]))
            self._contexts[info.name] = self._context_of(info.name)

    def _spawn_children(self) -> None:
        for name, section in sorted(self.config.modules.items()):
            if section.runtime is None or section.runtime.type != "oop":
                continue
            cause = OutOfProcessUnsupported() if section.runtime.execution else ExecutionMissing(name)
            raise PhaseFailed(Phase.OOP_SPAWN, name, cause) from cause

    async def _stop(self) -> None:
        self.cancellation_token.cancel()
        if self._phases is not None and not self._phases.done():
            await cancel_and_wait(self._phases)
        for info in reversed(self.modules):
            await self._stateful.stop(info, self._hurry)
        await self._databases.close()

    async def _call(self, phase: Phase, info: ModuleInfo, hook: str, context: object) -> None:
        """Call a hook if the module has it; both plain and coroutine methods will do."""
        method = getattr(self._objects[info.name], hook, None)
        if method is None:
            return
        try:
            result = method(context)
            if inspect.isawaitable(result):
                await result
        except Exception as err:
            raise PhaseFailed(phase, info.name, err) from err

    async def _guard(self, phase: Phase, info: ModuleInfo, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception as err:
            raise PhaseFailed(phase, info.name, err) from err

    def _with(self, capability: Capability) -> list[ModuleInfo]:
        return [info for info in self.modules if info.has(capability)]

    def _context_of(self, name: str) -> ModuleContext:
        return ModuleContext(
            module_name=name,
            instance_id=self.instance_id,
            client_hub=self.client_hub,
            cancellation_token=self.cancellation_token.child(),
            home=self.config.home,
            config_section=self.config.module_config(name),
            database=self._databases.get(name),
        )
