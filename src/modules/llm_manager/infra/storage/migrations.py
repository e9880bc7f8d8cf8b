"""The tables of llm-manager, version by version. A migration that has shipped never changes."""

from __future__ import annotations

from modkit.db import Migration

MIGRATIONS = (
    Migration(
        name="0001_initial",
        statements=[
            """
            CREATE TABLE llm_models (
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                id VARCHAR NOT NULL,
                name VARCHAR NOT NULL,
                purpose VARCHAR NOT NULL,
                path VARCHAR NOT NULL,
                size_bytes BIGINT NOT NULL,
                sha256 VARCHAR(64) NOT NULL,
                licence VARCHAR NOT NULL,
                linked BOOLEAN NOT NULL,
                added_at VARCHAR(32) NOT NULL,
                catalogue_id VARCHAR,
                benchmark_json VARCHAR,
                header_json VARCHAR NOT NULL,
                PRIMARY KEY (tenant_id, owner_id, id)
            )
            """,
            """
            CREATE TABLE llm_offered_starters (
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                catalogue_id VARCHAR NOT NULL,
                PRIMARY KEY (tenant_id, owner_id, catalogue_id)
            )
            """,
        ],
    ),
    Migration(
        name="0002_trash",
        statements=["ALTER TABLE llm_models ADD COLUMN deleted_at VARCHAR(32)"],
    ),
)
