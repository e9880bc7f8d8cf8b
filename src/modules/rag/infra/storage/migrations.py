"""The tables of rag, version by version. A migration that has shipped never changes."""

from __future__ import annotations

from modkit.db import SYNCED_COLUMNS_V1, Migration

MIGRATIONS = (
    Migration(
        name="0001_initial",
        statements=[
            f"CREATE TABLE rag_collections ({SYNCED_COLUMNS_V1}, name VARCHAR NOT NULL)",
            "CREATE UNIQUE INDEX ux_rag_collections_name ON rag_collections (tenant_id, owner_id, name)",
            """
            CREATE TABLE rag_sources (
                id CHAR(32) NOT NULL PRIMARY KEY,
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                collection_id CHAR(32) NOT NULL REFERENCES rag_collections (id) ON DELETE CASCADE,
                path VARCHAR NOT NULL,
                away BOOLEAN NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX ux_rag_sources_path ON rag_sources (collection_id, path)",
            """
            CREATE TABLE rag_files (
                id CHAR(32) NOT NULL PRIMARY KEY,
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                collection_id CHAR(32) NOT NULL REFERENCES rag_collections (id) ON DELETE CASCADE,
                source_id CHAR(32) NOT NULL REFERENCES rag_sources (id) ON DELETE CASCADE,
                path VARCHAR NOT NULL,
                size BIGINT NOT NULL,
                mtime_ns BIGINT NOT NULL,
                state VARCHAR(32) NOT NULL,
                reason VARCHAR NOT NULL,
                pending BOOLEAN NOT NULL,
                away BOOLEAN NOT NULL,
                content_hash VARCHAR(32) NOT NULL,
                parser VARCHAR NOT NULL,
                passages INTEGER NOT NULL,
                title VARCHAR NOT NULL,
                language VARCHAR NOT NULL
            )
            """,
            "CREATE INDEX ix_rag_files_collection ON rag_files (collection_id, path)",
            "CREATE INDEX ix_rag_files_source ON rag_files (source_id)",
            "CREATE INDEX ix_rag_files_pending ON rag_files (collection_id, path) WHERE pending",
            "CREATE INDEX ix_rag_files_content ON rag_files (content_hash)",
            "CREATE INDEX ix_rag_files_state ON rag_files (tenant_id, owner_id, state)",
        ],
    ),
)
