"""What an owner says about a child before it starts: its kind, its limits, what it may touch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

_TUNING_VARIABLE = re.compile(r"(OMP|KMP|GOMP|GGML|LLAMA|MKL|OPENBLAS|MALLOC|ORT)_[A-Z0-9_]+|CUDA_VISIBLE_DEVICES|TZ")
_KIND = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class SandboxProfile:
    """What the child may still do after it has locked itself in; the default is: compute, and read its own code.

    ``read_paths``: files or directories it may read, besides the interpreter and system libraries; links are
    followed when it starts. ``write_paths``: existing files (the owner makes them, empty) whose content it may
    replace; nothing else can be made or changed. ``execute_paths``: programs, and directories of them, that a
    launcher may become (a child that serves is kept from that by its system call filter anyway).
    ``forbidden_paths``: existing paths that the self-check must find unreadable, the home directory for instance.
    ``device_paths``: read-write, for GPU nodes. ``memory_bytes``
    limits address space (so count mapped models), ``cpu_s`` the processor seconds of the whole process; None means
    no limit. ``required`` refuses to run at anything below the level *full*.
    """

    read_paths: Sequence[Path] = ()
    write_paths: Sequence[Path] = ()
    execute_paths: Sequence[Path] = ()
    forbidden_paths: Sequence[Path] = ()
    device_paths: Sequence[Path] = ()
    memory_bytes: int | None = None
    cpu_s: int | None = None
    open_files: int = 256
    required: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """How a child that died comes back: the first time at once, then after base, base x factor, ... max seconds.

    ``on_demand`` starts it for the next call, ``always`` by itself, ``never`` leaves it to ``start()``.
    Living for ``stable_after_s`` forgets earlier deaths.
    """

    mode: Literal["on_demand", "always", "never"] = "on_demand"
    base_s: float = 1.0
    factor: float = 2.0
    max_s: float = 60.0
    stable_after_s: float = 60.0


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """One child process. Times are seconds, sizes bytes, None means no limit.

    ``kind`` names an entry of the group ``hyperspot.children`` (or of the frozen list); ``target`` overrides it
    with ``package.module:function``. ``environment`` takes tuning variables only (OMP_..., GGML_...): secrets
    never travel that way. ``python_paths`` are further import directories, readable for the child.
    ``silence_timeout_s``: longest time a call may show no sign of life (item, progress, result); then the child is
    killed. ``unresponsive_after_s``: longest time the process may leave pings unanswered while it has calls.
    ``cancel_grace_s``: how long a cancelled call may go on before the child is killed.
    ``idle_timeout_s``: without calls for so long, it ends; the next call starts it again. ``max_calls``: recycled
    after so many. ``stream_window_bytes``: how far a stream may run ahead of its reader.
    """

    kind: str
    sandbox: SandboxProfile = field(default_factory=SandboxProfile)
    target: str | None = None
    python_paths: Sequence[Path] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    restart: RestartPolicy = field(default_factory=RestartPolicy)
    start_timeout_s: float = 30.0
    stop_grace_s: float = 3.0
    call_timeout_s: float | None = None
    silence_timeout_s: float | None = None
    unresponsive_after_s: float = 30.0
    cancel_grace_s: float = 10.0
    idle_timeout_s: float | None = None
    max_calls: int | None = None
    max_frame_bytes: int = 16 * 1024 * 1024
    stream_window_bytes: int = 256 * 1024

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise ValueError(f"Child kind {self.kind!r} must be lower-case letters, digits and hyphens")
        for name in self.environment:
            if not _TUNING_VARIABLE.fullmatch(name):
                raise ValueError(
                    f"Environment variable {name!r} may not be passed to a child: it is no tuning variable"
                )


@dataclass(frozen=True, slots=True)
class SandboxCheck:
    """One forbidden act, tried: ``ok`` means that it was refused."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class SandboxReport:
    """How well a child is locked in, as it found out itself by trying."""

    level: Literal["full", "partial", "none"]
    checks: tuple[SandboxCheck, ...]
    mechanisms: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[SandboxCheck, ...]:
        """The acts that were not refused."""
        return tuple(check for check in self.checks if not check.ok)
