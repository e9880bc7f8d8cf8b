"""The first words over the pipe: what the owner tells a new child, and what it makes of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modkit.children.errors import ChildProtocolError
from modkit.children.frames import PROTOCOL_VERSION
from modkit.children.spec import ChildSpec, SandboxCheck, SandboxProfile, SandboxReport
from modkit.errors import ErrorKind, RemoteError

_TEXT_LIMIT = 4000
_CHECK_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Hello:
    """What a child knows about itself; nothing of this is in its arguments or environment."""

    kind: str
    target: str | None
    profile: SandboxProfile
    max_frame_bytes: int
    window_bytes: int


def hello(spec: ChildSpec) -> dict[str, Any]:
    """The hello of the owner as plain data."""
    profile = spec.sandbox
    return {
        "version": PROTOCOL_VERSION,
        "kind": spec.kind,
        "target": spec.target,
        "max_frame_bytes": spec.max_frame_bytes,
        "window_bytes": spec.stream_window_bytes,
        "sandbox": {
            "read_paths": [str(path) for path in (*profile.read_paths, *spec.python_paths)],
            "forbidden_paths": [str(path) for path in profile.forbidden_paths],
            "device_paths": [str(path) for path in profile.device_paths],
            "write_paths": [str(path) for path in profile.write_paths],
            "memory_bytes": profile.memory_bytes,
            "cpu_s": profile.cpu_s,
            "open_files": profile.open_files,
            "required": profile.required,
            "enabled": profile.enabled,
        },
    }


def read_hello(value: Any, kind: str) -> Hello:
    """The hello as the child sees it.

    Raises:
        ChildProtocolError: another protocol version, another kind, or not a hello at all.
    """
    try:
        if value["version"] != PROTOCOL_VERSION:
            raise ChildProtocolError(
                f"The program speaks protocol version {value['version']!r}, its helper version {PROTOCOL_VERSION}"
            )
        if value["kind"] != kind:
            raise ChildProtocolError(f"The helper was started as {kind!r} and greeted as {value['kind']!r}")
        sandbox: dict[str, Any] = dict(value["sandbox"])
        paths: dict[str, Any] = {
            name: tuple(map(Path, sandbox.pop(name))) for name in tuple(sandbox) if name.endswith("_paths")
        }
        profile = SandboxProfile(**paths, **sandbox)
        return Hello(kind, value["target"], profile, value["max_frame_bytes"], value["window_bytes"])
    except (KeyError, TypeError, ValueError) as error:
        raise ChildProtocolError("The first message to the helper is no hello") from error


def report_data(report: SandboxReport) -> dict[str, Any]:
    """A report as plain data, for the pipe and for ``--json``."""
    return {
        "level": report.level,
        "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in report.checks],
        "mechanisms": list(report.mechanisms),
    }


def read_report(value: Any) -> SandboxReport:
    """The report of a child, as the owner reads it.

    Raises:
        ChildProtocolError: it has another shape.
    """
    try:
        checks = tuple(
            SandboxCheck(_text(check["name"]), check["ok"] is True, _text(check["detail"]))
            for check in value["checks"][:_CHECK_LIMIT]
        )
        mechanisms = tuple(_text(name) for name in value["mechanisms"][:_CHECK_LIMIT])
        if value["level"] not in ("full", "partial", "none"):
            raise ValueError(value["level"])
        return SandboxReport(value["level"], checks, mechanisms)
    except (KeyError, TypeError, ValueError) as error:
        raise ChildProtocolError("The helper process introduced itself wrongly") from error


def read_error(value: Any) -> RemoteError:
    """An error a handler raised, limited to short texts: a child may send anything."""
    data = value if isinstance(value, dict) else {}
    fields = {
        "kind": ErrorKind.INTERNAL.value,
        "code": "unknown",
        "sentence": "The helper process failed",
        "action": "",
    }
    return RemoteError({name: _text(data.get(name, default)) for name, default in fields.items()})


def _text(value: Any) -> str:
    return value[:_TEXT_LIMIT] if isinstance(value, str) else ""
