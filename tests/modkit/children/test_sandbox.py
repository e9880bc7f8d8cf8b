"""What a locked-in child cannot do, tried by a real one; and that the report is honest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from modkit.children import (
    ChildDied,
    ChildProcess,
    ChildStartFailed,
    SandboxProfile,
    SandboxReport,
    probe_sandbox,
)
from modkit.children.sandbox import allowed, landlock, seccomp
from modkit.errors import ErrorKind, RemoteError
from tests.support.starter import unmeasured

MakeChild = Callable[..., ChildProcess]
linux = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are Linux's")


@pytest.fixture
def secret(home: Path) -> Path:
    """A file of the home directory."""
    path = home / "secret.txt"
    path.write_text("nobody's business", encoding="utf-8")
    return path


def failed_names(report: SandboxReport | None) -> list[str]:
    return [check.name for check in report.failed] if report else ["no report"]


@linux
async def test_the_probe_finds_everything_refused(home: Path) -> None:
    report = await probe_sandbox([home])
    assert (report.level, report.failed) == ("full", ())


@linux
@pytest.mark.parametrize(
    "act",
    ["tcp", "udp", "unix", "netlink", "datagram pair", "connect", "run", "replace", "fork", "signal", "kill group"],
)
async def test_a_forbidden_act_is_refused(child: ChildProcess, act: str) -> None:
    assert await child.call("attempt", {"act": act}) == "PermissionError"


@linux
@pytest.mark.parametrize("act", ["read", "append", "delete", "change mode"])
async def test_a_file_of_the_home_directory_is_out_of_reach(child: ChildProcess, secret: Path, act: str) -> None:
    assert await child.call("attempt", {"act": act, "path": str(secret)}) == "PermissionError"
    assert secret.read_text(encoding="utf-8") == "nobody's business"


@linux
@pytest.mark.parametrize("act", ["write", "make directory", "link"])
async def test_nothing_can_be_created(child: ChildProcess, home: Path, act: str) -> None:
    assert await child.call("attempt", {"act": act, "path": str(home / "new")}) == "PermissionError"
    assert list(home.iterdir()) == []


@linux
async def test_the_home_directory_cannot_be_listed(child: ChildProcess, home: Path) -> None:
    assert await child.call("attempt", {"act": "list", "path": str(home)}) == "PermissionError"


@linux
async def test_the_environment_of_the_owner_cannot_be_read(child: ChildProcess) -> None:
    environment = f"/proc/{os.getpid()}/environ"
    assert await child.call("attempt", {"act": "read", "path": environment}) == "PermissionError"


@linux
async def test_the_one_allowed_file_can_be_read_and_its_neighbour_cannot(
    make_child: MakeChild, home: Path, secret: Path
) -> None:
    model = home / "model.gguf"
    model.write_bytes(b"GGUF")
    child = make_child(sandbox=SandboxProfile(read_paths=[model], forbidden_paths=[home, secret]))
    outcomes = [await child.call("attempt", {"act": "read", "path": str(path)}) for path in (model, secret)]
    assert outcomes == ["done", "PermissionError"]
    assert await child.call("attempt", {"act": "append", "path": str(model)}) == "PermissionError"
    assert failed_names(child.report) == []


@linux
async def test_one_file_can_be_made_writable_and_nothing_beside_it(
    make_child: MakeChild, home: Path, secret: Path
) -> None:
    target = home / "smaller.gguf.part"
    target.touch()
    child = make_child(sandbox=SandboxProfile(write_paths=[target], forbidden_paths=[home]))
    outcomes = [
        await child.call("attempt", {"act": act, "path": str(path)})
        for act, path in [("write", target), ("write", secret), ("write", home / "new"), ("delete", target)]
    ]
    assert outcomes == ["done", "PermissionError", "PermissionError", "PermissionError"]
    assert target.read_bytes() == b"x"
    assert failed_names(child.report) == []


@linux
async def test_an_allowed_link_opens_its_target(make_child: MakeChild, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.gguf"
    target.write_bytes(b"GGUF")
    link = home / "model.gguf"
    link.symlink_to(target)
    child = make_child(sandbox=SandboxProfile(read_paths=[link]))
    assert await child.call("attempt", {"act": "read", "path": str(link)}) == "done"


@linux
async def test_threads_can_be_started(child: ChildProcess) -> None:
    assert await child.call("start_threads", {"count": 20}) == 20


@linux
async def test_a_worker_thread_is_locked_in_as_well(child: ChildProcess) -> None:
    report = await child.sandbox_report()
    assert report == child.report
    assert report.level == "full"


@linux
async def test_without_a_sandbox_the_report_says_none(make_child: MakeChild, secret: Path) -> None:
    child = make_child(sandbox=SandboxProfile(enabled=False, forbidden_paths=[secret]))
    await child.start()
    assert child.report is not None
    assert child.report.level == "none"
    assert {"read", "write", "socket", "program"} <= set(failed_names(child.report))


@linux
async def test_a_required_sandbox_that_is_not_complete_prevents_the_start(make_child: MakeChild) -> None:
    child = make_child(sandbox=SandboxProfile(enabled=False, required=True))
    with pytest.raises(ChildStartFailed, match="could read /etc/passwd"):
        await child.start()


@linux
async def test_a_readable_forbidden_path_is_reported(make_child: MakeChild, home: Path) -> None:
    child = make_child(sandbox=SandboxProfile(read_paths=[home], forbidden_paths=[home]))
    await child.start()
    assert failed_names(child.report) == ["read"]
    assert child.report is not None
    assert child.report.level == "partial"


@linux
async def test_memory_over_the_limit_is_an_error_and_not_an_end(make_child: MakeChild) -> None:
    child = make_child(sandbox=SandboxProfile(memory_bytes=1024**3))
    with pytest.raises(RemoteError) as caught:
        await child.call("eat_memory", {"size": 2 * 1024**3})
    assert caught.value.remote_kind is ErrorKind.LIMITED
    assert await child.call("eat_memory", {"size": 1024}) == 1024


@linux
async def test_processor_time_over_the_limit_ends_the_child(make_child: MakeChild) -> None:
    child = make_child(sandbox=SandboxProfile(cpu_s=1))
    with pytest.raises(ChildDied):
        await child.call("burn")


@linux
def test_an_import_directory_around_a_forbidden_path_is_not_opened() -> None:
    paths = allowed.readable_paths([], [Path(allowed.__file__)])
    assert not [path for path in paths if Path(allowed.__file__).is_relative_to(path)]


def install_and_try(code: str) -> str:
    """Run a piece of code in a fresh interpreter; what it prints."""
    source = f"import os, sys\nsys.path[:0] = {sys.path!r}\nfrom modkit.children.sandbox import seccomp\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=False, timeout=30, env=unmeasured()
    )
    return done.stdout + done.stderr


@linux
def test_on_kernels_without_landlock_the_filter_refuses_writing(tmp_path: Path) -> None:
    code = f"""
seccomp.set_no_new_privileges()
assert seccomp.restrict(refuse_writing=True)
print(len(open(sys.executable, 'rb').read(4)))
try:
    open({str(tmp_path / "new")!r}, 'w')
except PermissionError:
    print('refused')
"""
    assert install_and_try(code).split() == ["4", "refused"]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("refuse_writing", [True, False])
def test_every_jump_of_the_filter_lands_inside_it(machine: str, refuse_writing: bool) -> None:
    program = seccomp.build(machine, 1234, refuse_writing=refuse_writing)
    jumps = [at + 1 + max(one[1], one[2]) for at, one in enumerate(program)]
    assert max(jumps[:-1]) < len(program) < 4096
    assert program[-1] == (0x06, 0, 0, 0x7FFF0000)


@linux
@pytest.mark.parametrize("abi", [1, 2, 3, 4, 5, 6, 7])
def test_older_kernels_are_not_asked_for_what_they_do_not_know(abi: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # given: a kernel that answers like one of that version and refuses to go further
    calls: list[tuple[Any, ...]] = []

    def call(number: int, *arguments: Any) -> int:
        calls.append(arguments)
        return abi if len(calls) == 1 else -1

    monkeypatch.setattr(landlock, "_call", call)
    # when
    assert landlock.restrict(SandboxProfile()) == 0
    # then: the size of the attributes fits what that version reads
    assert calls[1][1].value == {1: 8, 2: 8, 3: 8, 4: 16, 5: 16, 6: 24, 7: 24}[abi]
