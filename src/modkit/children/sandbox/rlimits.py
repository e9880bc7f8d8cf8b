"""Resource limits: address space, processor time, open files, no core dumps, no file growth."""

from __future__ import annotations

import sys

from modkit.children.spec import SandboxProfile

if sys.platform != "win32":
    import resource

    def apply(profile: SandboxProfile) -> tuple[str, ...]:
        """Set soft and hard limits, so that they cannot be raised again. Names those that took hold."""
        wanted = {
            "core": (resource.RLIMIT_CORE, 0),
            "file-size": (resource.RLIMIT_FSIZE, None if profile.write_paths else 0),
            "open-files": (resource.RLIMIT_NOFILE, profile.open_files),
            "memory": (resource.RLIMIT_AS, profile.memory_bytes),
            "cpu": (resource.RLIMIT_CPU, profile.cpu_s),
        }
        return tuple(
            f"rlimit-{name}" for name, (limit, value) in wanted.items() if value is not None and _lower(limit, value)
        )

    def _lower(limit: int, value: int) -> bool:
        _, hard = resource.getrlimit(limit)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):  # macOS does not know all of them
            return False
        return True

else:

    def apply(profile: SandboxProfile) -> tuple[str, ...]:
        """Windows has job objects instead."""
        return ()
