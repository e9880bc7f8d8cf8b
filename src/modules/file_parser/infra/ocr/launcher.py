"""Locks itself in and becomes another program: run as a script, with limits and a command as its arguments.

A program of the system eats pixels here that come from foreign files. It may read itself, its data and the system's
libraries, and nothing else; it has no network and writes no file.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main(arguments: list[str]) -> None:
    """``arguments``: the limits as JSON, then the program and its own arguments; never returns."""
    limits, program, *rest = arguments
    if not getattr(sys, "frozen", False):
        # The script stands alone: isolated mode keeps the import path of the program that started it away.
        sys.path.insert(0, str(Path(__file__).resolve().parents[4]))
    _lock_in(json.loads(limits), program)
    os.execve(program, [program, *rest], dict(os.environ))


def _lock_in(limits: dict[str, int | list[str]], program: str) -> None:
    from modkit.children.sandbox import landlock, rlimits, seccomp
    from modkit.children.spec import SandboxProfile

    memory, cpu, paths = limits["memory_bytes"], limits["cpu_s"], limits["read_paths"]
    assert isinstance(memory, int)
    assert isinstance(cpu, int)
    assert isinstance(paths, list)
    profile = SandboxProfile(
        read_paths=[Path(program), *map(Path, paths)],
        execute_paths=[Path(program), *map(Path, (*_LOADERS, *_interpreter(program)))],
        memory_bytes=memory,
        cpu_s=cpu,
    )
    rlimits.apply(profile)
    seccomp.set_no_new_privileges()
    landlock.restrict(profile)


def _interpreter(program: str) -> tuple[str, ...]:
    """A script needs who runs it, and the programs of the system; a program of its own needs neither."""
    with Path(program).open("rb") as file:
        first = file.readline(1_000)
    if not first.startswith(b"#!"):
        return ()
    return (first[2:].split()[0].decode(), "/bin", "/usr/bin")


_LOADERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/nix/store")
"""Where the system's own loader of programs lies, which is a program as well."""

if __name__ == "__main__":
    main(sys.argv[1:])
