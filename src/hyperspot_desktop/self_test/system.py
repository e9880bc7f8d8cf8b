"""What the system gives: a place for keys, and children that are locked in."""

from __future__ import annotations

import asyncio
from pathlib import Path


def check_keyring() -> str:
    """Name the system's keyring; having none is no fault, the key then lies in a file that only its owner reads."""
    from modkit.keys.os_keyring import KeyringUnavailable, OsKeyring

    try:
        return OsKeyring(timeout_s=5.0).name()
    except KeyringUnavailable as reason:
        return f"none ({reason}): keys are kept in a file"


def check_sandbox(forbidden: Path) -> str:
    """Start a child that tries what it must not do; only a child that cannot start is a fault."""
    from modkit.children.probe import probe_sandbox

    report = asyncio.run(probe_sandbox((forbidden,)))
    failed = ", ".join(check.name for check in report.failed)
    return f"{report.level}: {failed} not refused" if failed else f"{report.level}: {len(report.checks)} acts refused"
