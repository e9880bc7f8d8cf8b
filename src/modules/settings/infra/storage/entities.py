"""The table of settings."""

from __future__ import annotations

from modkit.db import SyncedEntity


class SettingEntity(SyncedEntity, table=True):
    """One value that one user has set; ``value_json`` is a JSON scalar."""

    __tablename__ = "settings"

    key: str
    value_json: str
