"""The tables of jobs-manager, version by version. A migration that has shipped never changes."""

from __future__ import annotations

from modkit.db import Migration

MIGRATIONS = (
    Migration(
        name="0001_initial",
        statements=[
            """CREATE TABLE jobs (
                id CHAR(32) NOT NULL PRIMARY KEY,
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                kind VARCHAR NOT NULL,
                title VARCHAR NOT NULL,
                state VARCHAR(16) NOT NULL,
                pausable BOOLEAN NOT NULL,
                attempts INTEGER NOT NULL,
                interruptions INTEGER NOT NULL,
                params_json VARCHAR NOT NULL,
                progress_json VARCHAR NOT NULL,
                checkpoint_json VARCHAR NOT NULL,
                result_json VARCHAR NOT NULL,
                error_json VARCHAR,
                created_at VARCHAR(27) NOT NULL,
                updated_at VARCHAR(27) NOT NULL,
                started_at VARCHAR(27),
                finished_at VARCHAR(27)
            )""",
            "CREATE INDEX ix_jobs_state ON jobs (state)",
            "CREATE INDEX ix_jobs_owner ON jobs (tenant_id, owner_id, id)",
        ],
    ),
)
