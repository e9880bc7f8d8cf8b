"""The tables of settings, version by version. A migration that has shipped never changes."""

from __future__ import annotations

from modkit.db import SYNCED_COLUMNS_V1, Migration

MIGRATIONS = (
    Migration(
        name="0001_initial",
        statements=[
            f"CREATE TABLE settings ({SYNCED_COLUMNS_V1}, key VARCHAR NOT NULL, value_json VARCHAR NOT NULL)",
            "CREATE UNIQUE INDEX ux_settings_key ON settings (tenant_id, owner_id, key)",
        ],
    ),
)
