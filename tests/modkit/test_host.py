"""The host: phases in order, failures told by phase and module, and a stop with real grace."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict

from modkit.cancellation import CancellationToken, OperationCancelled
from modkit.config import AppConfig, load_config
from modkit.config.database import DatabaseSettings
from modkit.errors import ErrorKind, HyperSpotError
from modkit.host import Host, SystemContext
from modkit.module import module
from modkit.module_context import DatabaseNotConfigured, ModuleContext
from modkit.phases import (
    DuplicateGrpcService,
    HostAlreadyStarted,
    NoDatabaseConfiguration,
    NoHostForServices,
    Phase,
    PhaseFailed,
)
from modkit.registration import GrpcService


def config_for(home: Path, **overrides: Any) -> AppConfig:
    return load_config(environ={}, overrides={"server.home_dir": str(home), **overrides})


SQLITE: dict[str, Any] = {"database.servers.s.engine": "sqlite"}


class Recorder:
    """What happened, in order; modules made by ``recording`` write into it."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def module(
        self,
        name: str,
        deps: Sequence[str] = (),
        capabilities: Sequence[str] = (),
        fail: str = "",
        **options: Any,
    ) -> type:
        recorder = self

        def note(hook: str) -> None:
            recorder.events.append(f"{hook} {name}")
            if hook == fail:
                raise ValueError(f"broken {hook}")

        class Recording:
            def pre_init(self, system: SystemContext) -> None:
                note("pre_init")

            def migrations(self) -> list[Any]:
                note("migrations")
                return []

            async def init(self, ctx: ModuleContext) -> None:
                note("init")

            async def post_init(self, system: SystemContext) -> None:
                note("post_init")

            def rest_prepare(self, ctx: ModuleContext, router: object) -> list[str]:
                note("rest_prepare")
                return []

            def register_rest(self, ctx: ModuleContext, router: list[str], openapi: object) -> None:
                note("register_rest")
                router.append(name)

            def rest_finalize(self, ctx: ModuleContext, router: list[str]) -> None:
                note(f"rest_finalize {router}")

            def bound_endpoint(self) -> None: ...

            def get_grpc_services(self, ctx: ModuleContext) -> list[GrpcService]:
                note("grpc")
                return [GrpcService("a.b.Service", lambda server: None)]

            async def start(self, cancel: CancellationToken) -> None:
                note("start")

            async def stop(self, cancel: CancellationToken) -> None:
                assert not cancel.cancelled
                note("stop")

        return module(name=name, deps=deps, capabilities=capabilities, **options)(Recording)


class FakeProvider:
    """A database provider that only notes what it is asked for."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder

    async def open(self, module_name: str, settings: DatabaseSettings) -> Any:
        self.recorder.events.append(f"open {module_name}")
        return f"handle of {module_name}"

    async def migrate(self, module_name: str, migrations: Sequence[Any]) -> None:
        self.recorder.events.append(f"migrate {module_name}")

    async def close(self) -> None:
        self.recorder.events.append("close")


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


async def test_the_phases_run_in_order_and_the_stop_in_reverse_base_order(home: Path, recorder: Recorder) -> None:
    modules = [
        recorder.module("app", ["core"], ["stateful", "db", "rest"]),
        recorder.module("core", [], ["stateful"]),
        recorder.module("infra", ["core"], ["system", "stateful"]),
        recorder.module("web", ["core"], ["rest_host", "rest"]),
    ]
    overrides = SQLITE | {"modules.app.database.server": "s"}
    async with Host(config_for(home, **overrides), modules, databases=FakeProvider(recorder)):
        recorder.events.append("running")
    assert recorder.events == [
        "pre_init infra",
        *["open app", "migrations app", "migrate app"],
        *["init infra", "init core", "init app", "init web"],
        "post_init infra",
        *["rest_prepare web", "register_rest app", "register_rest web", "rest_finalize ['app', 'web'] web"],
        *["start infra", "start core", "start app"],
        "running",
        *["stop infra", "stop app", "stop core"],
        "close",
    ]


async def test_all_hooks_get_the_same_instance_id_and_hub(home: Path) -> None:
    seen: dict[str, Any] = {}

    @module(name="m", capabilities=["system"])
    class M:
        def pre_init(self, system: SystemContext) -> None:
            seen["system"] = system

        async def init(self, ctx: ModuleContext) -> None:
            seen["ctx"] = ctx

    async with Host(config_for(home), [M], clients=[(str, "pre-registered")]) as host:
        ctx: ModuleContext = seen["ctx"]
        assert isinstance(host.instance_id, UUID)
        assert {host.instance_id, ctx.instance_id, seen["system"].instance_id} == {host.instance_id}
        assert ctx.client_hub is host.client_hub
        assert ctx.client_hub.get(str) == "pre-registered"
        assert (ctx.module_name, ctx.home, dict(ctx.raw_config)) == ("m", home, {})
        assert not ctx.cancellation_token.cancelled
    assert ctx.cancellation_token.cancelled


@pytest.mark.parametrize(
    ("fail", "capabilities", "headline", "phase"),
    [
        ("pre_init", ["system"], "pre-init failed for module 'x'", Phase.PRE_INIT),
        ("migrations", ["db"], "DB migration failed for module 'x'", Phase.DB),
        ("init", [], "initialization failed for module 'x'", Phase.INIT),
        ("post_init", ["system"], "post-init failed for module 'x'", Phase.POST_INIT),
        ("rest_prepare", ["rest_host"], "REST prepare failed for module 'x'", Phase.REST),
        ("register_rest", ["rest_host", "rest"], "REST registration failed for module 'x'", Phase.REST),
        ("rest_finalize []", ["rest_host"], "REST finalize failed for module 'x'", Phase.REST),
        ("grpc", ["grpc"], "gRPC registration failed for module 'x'", Phase.GRPC),
        ("start", ["stateful"], "start failed for 'x'", Phase.START),
    ],
)
async def test_a_failing_hook_is_told_by_phase_and_module(
    home: Path, recorder: Recorder, fail: str, capabilities: list[str], headline: str, phase: Phase
) -> None:
    overrides = SQLITE | {"modules.x.database.server": "s"}
    host = Host(
        config_for(home, **overrides),
        [recorder.module("x", [], capabilities, fail=fail)],
        databases=FakeProvider(recorder),
    )
    with pytest.raises(PhaseFailed) as caught:
        await host.start()
    assert str(caught.value) == f"{headline}: ValueError: broken {fail}"
    assert (caught.value.phase, caught.value.module_name) == (phase, "x")
    assert isinstance(caught.value.__cause__, ValueError)
    assert recorder.events[-1] == "close"


async def test_what_had_been_started_is_stopped_when_a_later_module_fails(home: Path, recorder: Recorder) -> None:
    modules = [
        recorder.module("a", [], ["stateful"]),
        recorder.module("b", ["a"], ["stateful"]),
        recorder.module("c", ["b"], ["stateful"], fail="start"),
        recorder.module("d", ["c"], ["stateful"]),
    ]
    with pytest.raises(PhaseFailed, match="start failed for 'c'"):
        await Host(config_for(home), modules).start()
    assert recorder.events[-5:] == ["start a", "start b", "start c", "stop b", "stop a"]


async def test_a_failure_raised_on_purpose_keeps_its_kind_and_action(home: Path) -> None:
    class Settings(BaseModel):
        model_config = ConfigDict(extra="forbid")
        size: int = 1

    @module(name="m")
    class M:
        async def init(self, ctx: ModuleContext) -> None:
            ctx.config(Settings)

    with pytest.raises(PhaseFailed) as caught:
        await Host(config_for(home, **{"modules.m.config.sise": "2"}), [M]).start()
    assert caught.value.to_dict()["kind"] == "invalid"
    assert "modules.m.config.sise: unknown key (did you mean size?)" in str(caught.value)
    assert "Correct these keys" in caught.value.action


async def test_a_db_module_without_database_is_skipped_and_decides_itself(home: Path) -> None:
    @module(name="m", capabilities=["db"])
    class M:
        def migrations(self) -> list[Any]:
            raise AssertionError("not asked for")

        async def init(self, ctx: ModuleContext) -> None:
            assert ctx.db() is None
            ctx.db_required()

    with pytest.raises(PhaseFailed) as caught:
        await Host(config_for(home), [M]).start()
    assert isinstance(caught.value.__cause__, DatabaseNotConfigured)
    assert str(caught.value.__cause__) == "Database is not configured for module 'm'"


async def test_a_module_gets_its_own_handle(home: Path, recorder: Recorder) -> None:
    handles: list[Any] = []

    @module(name="m")
    class M:
        async def init(self, ctx: ModuleContext) -> None:
            handles.append(ctx.db_required())

    overrides = SQLITE | {"modules.m.database.server": "s"}
    async with Host(config_for(home, **overrides), [M], databases=FakeProvider(recorder)):
        assert handles == ["handle of m"]
    assert recorder.events == ["open m", "close"]


async def test_a_configured_database_without_provider_is_told(home: Path, recorder: Recorder) -> None:
    overrides = SQLITE | {"modules.x.database.server": "s"}
    with pytest.raises(PhaseFailed, match="DB migration failed for module 'x': a database is configured"):
        await Host(config_for(home, **overrides), [recorder.module("x")]).start()


async def test_entries_of_unknown_modules_are_ignored(home: Path, recorder: Recorder) -> None:
    async with Host(config_for(home, **{"modules.unknown.config.a": 1}), [recorder.module("x")]):
        assert recorder.events == ["init x"]


async def test_rest_modules_without_a_host_are_an_error(home: Path, recorder: Recorder) -> None:
    with pytest.raises(NoHostForServices, match="modules with 'rest' but no 'rest_host' module: a, b"):
        await Host(config_for(home), [recorder.module(name, [], ["rest"]) for name in "ab"]).start()


async def test_grpc_services_without_a_hub_are_an_error(home: Path, recorder: Recorder) -> None:
    with pytest.raises(NoHostForServices, match="modules with 'grpc' but no 'grpc_hub' module: a"):
        await Host(config_for(home), [recorder.module("a", [], ["grpc"])]).start()


async def test_two_grpc_services_of_one_name_are_an_error(home: Path, recorder: Recorder) -> None:
    modules = [recorder.module(name, [], ["grpc"]) for name in "ab"] + [recorder.module("hub", [], ["grpc_hub"])]
    with pytest.raises(DuplicateGrpcService, match=r"'a\.b\.Service' of module 'b'"):
        await Host(config_for(home), modules).start()


@pytest.mark.parametrize(
    ("execution", "reason"), [({}, "type 'oop' needs execution"), ({"executable_path": "/x"}, "processes of their own")]
)
async def test_modules_in_processes_of_their_own_are_refused(
    home: Path, recorder: Recorder, execution: dict[str, str], reason: str
) -> None:
    runtime: dict[str, Any] = {"type": "oop"} | ({"execution": execution} if execution else {})
    host = Host(config_for(home, **{"modules.calc.runtime": runtime}), [recorder.module("a", [], ["stateful"])])
    with pytest.raises(PhaseFailed, match=f"OoP spawn failed for module 'calc': .*{reason}"):
        await host.start()
    assert recorder.events[-1] == "stop a"


async def test_migrate_runs_the_first_two_phases_alone(home: Path, recorder: Recorder) -> None:
    overrides = SQLITE | {"modules.app.database.server": "s"}
    modules = [recorder.module("app", [], ["db", "stateful"]), recorder.module("sys", [], ["system"])]
    await Host(config_for(home, **overrides), modules, databases=FakeProvider(recorder)).migrate()
    assert recorder.events == ["pre_init sys", "open app", "migrations app", "migrate app", "close"]


async def test_migrate_without_a_database_section_is_told(home: Path, recorder: Recorder) -> None:
    with pytest.raises(NoDatabaseConfiguration) as caught:
        await Host(config_for(home), [recorder.module("a")]).migrate()
    assert str(caught.value) == "Cannot run migrations: no database configuration found"


async def test_cancellation_is_checked_before_each_module_of_the_first_phases(home: Path, recorder: Recorder) -> None:
    host = Host(config_for(home), [recorder.module("a", [], ["system"])])
    host.cancellation_token.cancel()
    with pytest.raises(OperationCancelled) as caught:
        await host.start()
    assert str(caught.value) == "operation cancelled by termination signal"
    assert recorder.events == []


async def test_one_host_runs_once(home: Path, recorder: Recorder) -> None:
    async with Host(config_for(home), [recorder.module("a")]) as host:
        with pytest.raises(HostAlreadyStarted):
            await host.start()


async def test_stopping_twice_stops_once(home: Path, recorder: Recorder) -> None:
    host = Host(config_for(home), [recorder.module("a", [], ["stateful"])])
    await host.start()
    await asyncio.gather(host.stop(), host.stop())
    assert recorder.events.count("stop a") == 1


async def test_stop_during_start_ends_the_start(home: Path) -> None:
    reached = asyncio.Event()

    @module(name="m")
    class M:
        async def init(self, ctx: ModuleContext) -> None:
            reached.set()
            await asyncio.Event().wait()

    host = Host(config_for(home), [M])
    starting = asyncio.create_task(host.start())
    await reached.wait()
    await host.stop()
    with pytest.raises(OperationCancelled):
        await starting


async def test_cancelling_the_caller_of_start_cleans_up_and_passes_on(home: Path, recorder: Recorder) -> None:
    reached = asyncio.Event()

    @module(name="z", deps=["a"])
    class Z:
        async def init(self, ctx: ModuleContext) -> None:
            reached.set()
            await asyncio.Event().wait()

    host = Host(config_for(home), [Z, recorder.module("a")])
    starting = asyncio.create_task(host.start())
    await reached.wait()
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert host.cancellation_token.cancelled


async def test_every_module_has_its_full_stop_time_although_the_root_token_has_fired(home: Path) -> None:
    finished: list[str] = []

    @module(name="m", capabilities=["stateful"], lifecycle="serve")
    class M:
        async def init(self, ctx: ModuleContext) -> None: ...

        async def serve(self, cancel: CancellationToken) -> None:
            await cancel.wait()
            await asyncio.sleep(0.05)
            finished.append("wrote everything down")

    async with Host(config_for(home), [M]):
        pass
    assert finished == ["wrote everything down"]


async def test_a_module_that_does_not_stop_in_time_is_aborted_and_the_others_still_stop(
    home: Path, recorder: Recorder
) -> None:
    @module(name="stuck", deps=["a"], capabilities=["stateful"], stop_timeout="10ms")
    class Stuck:
        async def init(self, ctx: ModuleContext) -> None: ...
        async def start(self, cancel: CancellationToken) -> None: ...
        async def stop(self, cancel: CancellationToken) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                recorder.events.append(f"aborted, told: {cancel.cancelled}")

    async with Host(config_for(home), [Stuck, recorder.module("a", [], ["stateful"])]):
        pass
    assert recorder.events[-2:] == ["aborted, told: True", "stop a"]


async def test_an_error_while_stopping_does_not_stop_the_stop(home: Path, recorder: Recorder) -> None:
    modules = [recorder.module("a", [], ["stateful"]), recorder.module("b", ["a"], ["stateful"], fail="stop")]
    async with Host(config_for(home), modules):
        pass
    assert recorder.events[-2:] == ["stop b", "stop a"]


async def test_hurrying_cuts_the_stop_short(home: Path) -> None:
    stopping = asyncio.Event()

    @module(name="m", capabilities=["stateful"], stop_timeout="1h")
    class M:
        async def init(self, ctx: ModuleContext) -> None: ...
        async def start(self, cancel: CancellationToken) -> None: ...
        async def stop(self, cancel: CancellationToken) -> None:
            stopping.set()
            await asyncio.Event().wait()

    host = Host(config_for(home), [M])
    await host.start()
    stop = asyncio.create_task(host.stop())
    await stopping.wait()
    host.hurry()
    await stop


async def test_start_waits_for_a_module_that_says_when_it_is_ready(home: Path, recorder: Recorder) -> None:
    @module(name="a", capabilities=["stateful"], lifecycle="serve", await_ready=True)
    class A:
        async def init(self, ctx: ModuleContext) -> None: ...
        async def serve(self, cancel: CancellationToken, ready: Any) -> None:
            await asyncio.sleep(0)
            recorder.events.append("ready a")
            ready()
            await cancel.wait()

    async with Host(config_for(home), [A, recorder.module("b", [], ["stateful"])]):
        assert recorder.events == ["init b", "ready a", "start b"]


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself SIGTERM there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_run_and_a_second_one_hurries(home: Path, number: int) -> None:
    @module(name="m", capabilities=["stateful"], stop_timeout="1h")
    class M:
        async def init(self, ctx: ModuleContext) -> None: ...
        async def start(self, cancel: CancellationToken) -> None:
            os.kill(os.getpid(), number)

        async def stop(self, cancel: CancellationToken) -> None:
            os.kill(os.getpid(), number)
            await asyncio.Event().wait()

    before = signal.getsignal(number)
    await Host(config_for(home), [M]).run()
    assert signal.getsignal(number) is before


def test_a_phase_error_without_a_purpose_is_internal() -> None:
    assert PhaseFailed(Phase.INIT, "m", ValueError("x")).to_dict()["kind"] == ErrorKind.INTERNAL
    assert issubclass(PhaseFailed, HyperSpotError)
