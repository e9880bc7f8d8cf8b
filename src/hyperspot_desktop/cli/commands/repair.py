"""What ``hyperspot backup repair`` and ``hyperspot doctor --repair`` do; needs no module to start."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from hyperspot_desktop.cli.output import Output
from hyperspot_desktop.instance import HomeLock

if TYPE_CHECKING:
    from modkit.db.recovery.report import RepairReport
    from modkit.keys import DataKey


async def repair_home(home: Path, args: argparse.Namespace, out: Output) -> int:
    """Repair every database of a home that is damaged; 0 when all of them are sound afterwards.

    Raises:
        NotRepaired: nothing of one can be read, and there is no usable backup; it is where it was.
        HomeHeld: another HyperSpot has the home open.
        KeyUnavailable: the key cannot be had now.
    """
    from modkit.keys import KeyStore

    paths = await asyncio.to_thread(database_paths, home, args)
    key = await KeyStore(home).open()
    reports = [await asyncio.to_thread(_repair_locked, home, path, key) for path in paths]
    out.json([report for report in reports if report is not None])
    for path, report in zip(paths, reports, strict=True):
        if report is None:
            out.line(f"✓ {path.name} is sound: every page of it is what was written.")
            continue
        out.line(f"✓ {report.sentence}")
        for line in report.lines():
            out.line(f"  {line}")
        if report.kept is not None:
            out.line(f"  The damaged file is kept: {report.kept}")
    return 0


def database_paths(home: Path, args: argparse.Namespace) -> list[Path]:
    """The files of a home that cannot be made again. Reads files.

    Raises:
        ConfigError: see ``load_desktop_config``.
    """
    from hyperspot_desktop.bootstrap import load_desktop_config
    from modkit.db.provider import REBUILDABLE

    config = load_desktop_config(home, args.config, args.overrides, create_home=False)
    found = (config.database_settings(name) for name in config.modules)
    paths = {one.path.absolute() for one in found if one is not None and one.path is not None}
    return sorted(path for path in paths if path.name not in REBUILDABLE)


def _repair_locked(home: Path, path: Path, key: DataKey) -> RepairReport | None:
    from modkit.db.errors import NothingToRepair
    from modkit.db.recovery.repair import repair_database

    # The lock is taken on the thread that works: a cancelled command must not give the home back before it has ended.
    with HomeLock(home, "command"):
        try:
            return repair_database(path, key, [home / "backups"])
        except NothingToRepair:
            return None
