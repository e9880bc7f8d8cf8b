"""A child that does nothing: how ``hyperspot doctor`` learns what the sandbox of this computer is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from modkit.children.spec import SandboxReport

_MEMORY_BYTES = 2 * 1024**3


def main() -> None:
    """Serve nothing but the built-in self-check."""
    from modkit.children.server import serve

    serve({})


async def probe_sandbox(forbidden_paths: Sequence[Path] = ()) -> SandboxReport:
    """Start a child, let it try what it must not be able to do, and end it.

    ``forbidden_paths``: existing paths it must not be able to read, the home directory for instance.

    Raises:
        ChildStartFailed: no child can be started on this computer.
    """
    from modkit.children.process import ChildProcess
    from modkit.children.spec import ChildSpec, SandboxProfile

    profile = SandboxProfile(forbidden_paths=tuple(forbidden_paths), memory_bytes=_MEMORY_BYTES)
    async with ChildProcess(ChildSpec("probe", sandbox=profile)) as child:
        return await child.sandbox_report()
