"""Tries what a locked-in process must not be able to do, and tells honestly what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Literal

from modkit.children.spec import SandboxCheck, SandboxProfile, SandboxReport

_ACTS_THAT_MATTER = frozenset({"read", "write", "socket", "program"})
_PR_GET_NO_NEW_PRIVS = 39


class _Succeeded(Exception):
    """A forbidden act worked; the message tells which."""


def self_check(profile: SandboxProfile, mechanisms: tuple[str, ...]) -> SandboxReport:
    """Try each forbidden act, harmlessly; takes about a millisecond.

    *full*: everything was refused. *none*: none of reading foreign files, writing, opening a socket and running a
    program was refused. *partial*: anything between.
    """
    checks = [
        _attempt("read", lambda: _read_foreign_files(profile)),
        _attempt("write", lambda: _write_files(profile)),
        _attempt("socket", _open_sockets),
        _attempt("program", _run_program),
        *_checks_of_this_system(profile),
    ]
    return SandboxReport(_level(checks), tuple(checks), mechanisms)


def _level(checks: list[SandboxCheck]) -> Literal["full", "partial", "none"]:
    if all(check.ok for check in checks):
        return "full"
    refused = any(check.ok for check in checks if check.name in _ACTS_THAT_MATTER)
    return "partial" if refused else "none"


def _attempt(name: str, act: Callable[[], str]) -> SandboxCheck:
    """``act`` returns how it was refused, or raises _Succeeded."""
    try:
        return SandboxCheck(name, True, act())
    except _Succeeded as success:
        return SandboxCheck(name, False, str(success))


def _read_foreign_files(profile: SandboxProfile) -> str:
    everybodys = r"C:\Windows\win.ini" if sys.platform == "win32" else "/etc/passwd"
    owners = f"/proc/{os.getppid()}/environ" if sys.platform == "linux" else everybodys
    for path in (everybodys, owners, *map(str, profile.forbidden_paths)):
        with suppress(OSError):
            if os.path.isdir(path):  # noqa: PTH112 - the os calls are the ones under test
                os.listdir(path)  # noqa: PTH208
            else:
                os.close(os.open(path, os.O_RDONLY))
            raise _Succeeded(f"could read {path}")
    return "reading files outside the list was refused"


def _write_files(profile: SandboxProfile) -> str:
    name = f"hyperspot-selfcheck-{os.getpid()}"
    for directory in _directories_to_write(profile):
        path = os.path.join(directory, name)  # noqa: PTH118
        with suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108
            raise _Succeeded(f"could create a file in {directory}")
    for readable in map(str, profile.read_paths):
        with suppress(OSError):
            os.close(os.open(readable, os.O_WRONLY))
            raise _Succeeded(f"could open {readable} for writing")
    return "creating and opening files for writing was refused"


def _directories_to_write(profile: SandboxProfile) -> Iterable[str]:
    temporary = os.environ.get("SYSTEMROOT", "C:\\") + r"\Temp" if sys.platform == "win32" else "/tmp"
    yield temporary
    if sys.platform == "linux":
        yield "/dev/shm"
    for path in (*profile.forbidden_paths, *profile.read_paths):
        yield str(path if path.is_dir() else path.parent)


def _open_sockets() -> str:
    import _socket  # not socket: that costs ten times as much

    families = {"inet": 2, "inet6": 10 if sys.platform == "linux" else 30, "unix": 1}
    for label, family in families.items():
        for kind in (_socket.SOCK_STREAM, _socket.SOCK_DGRAM):
            with suppress(OSError):
                _socket.socket(family, kind).close()
                raise _Succeeded(f"could open an {label} socket")
    return "opening sockets was refused"


def _run_program() -> str:
    if sys.platform == "linux":
        # The filter answers before the path is looked at: a path that cannot exist tells and harms nothing.
        try:
            os.execv("/nonexistent/hyperspot-selfcheck", ["hyperspot-selfcheck"])
        except PermissionError:
            pass
        except OSError as error:
            raise _Succeeded("the system would run another program") from error
    with suppress(OSError):
        _spawn_something_harmless()
        raise _Succeeded("could start another program")
    return "running programs was refused"


def _spawn_something_harmless() -> None:
    if sys.platform == "win32":
        import subprocess

        shell = os.environ.get("SYSTEMROOT", r"C:\Windows") + r"\System32\cmd.exe"
        subprocess.run([shell, "/c", "exit"], check=False)
    else:
        program = "/usr/bin/true"
        os.waitpid(os.posix_spawn(program, [program], {}), 0)


def _checks_of_this_system(profile: SandboxProfile) -> list[SandboxCheck]:
    checks: list[SandboxCheck] = []
    if sys.platform != "win32":
        checks += [_attempt("signal", _signal_owner), _attempt("core", _core_limit)]
        if (memory_bytes := profile.memory_bytes) is not None:
            checks.append(_attempt("memory", lambda: _memory_limit(memory_bytes)))
    if sys.platform == "linux":
        checks.append(_attempt("privileges", _no_new_privileges))
    return checks


def _signal_owner() -> str:
    if sys.platform != "win32":
        with suppress(PermissionError):
            os.kill(os.getppid(), 0)
            raise _Succeeded("could send signals to its owner")
    return "signals to other processes were refused"


def _core_limit() -> str:
    return _expect_limit("RLIMIT_CORE", 0, "a crash would write its memory to a file")


def _memory_limit(memory_bytes: int) -> str:
    return _expect_limit("RLIMIT_AS", memory_bytes, "memory is not limited")


def _expect_limit(name: str, at_most: int, otherwise: str) -> str:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(getattr(resource, name))
        if hard == resource.RLIM_INFINITY or hard > at_most:
            raise _Succeeded(otherwise)
    return f"limited to {at_most:,}"


def _no_new_privileges() -> str:
    import ctypes

    if ctypes.CDLL(None).prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1:
        raise _Succeeded("setuid programs could raise its privileges")
    return "no new privileges"
