"""Verified copies of a database: made beside their final place, opened and checked, then renamed."""

from __future__ import annotations

from modkit.db.engine import DatabaseFile


async def backup_before_migration(file: DatabaseFile) -> None:
    """Make sure a verified backup of the file as it is now exists."""
