"""The tables of rag, version by version. A migration that has shipped never changes."""

from __future__ import annotations

from modkit.db import SYNCED_COLUMNS_V1, Migration

_AFTER_LAST = "replace({text}, rtrim({text}, replace({text}, '{mark}', '')), '')"

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
    Migration(
        name="0002_lists_trash_and_watching",
        statements=[
            # A collection in the trash no longer holds its name.
            "DROP INDEX ux_rag_collections_name",
            "CREATE UNIQUE INDEX ux_rag_collections_name ON rag_collections (tenant_id, owner_id, name)"
            " WHERE deleted_at IS NULL",
            "ALTER TABLE rag_sources ADD COLUMN watched BOOLEAN NOT NULL DEFAULT FALSE",
            "ALTER TABLE rag_files ADD COLUMN pages INTEGER",
            "ALTER TABLE rag_files ADD COLUMN edition INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE rag_files ADD COLUMN name VARCHAR NOT NULL DEFAULT ''",
            "ALTER TABLE rag_files ADD COLUMN type VARCHAR NOT NULL DEFAULT ''",
            # What follows the last separator, and in that what follows the last dot: rtrim takes away from the end
            # whatever is no separator.
            f"UPDATE rag_files SET name = lower({_AFTER_LAST.format(text='path', mark='/')})",
            f"UPDATE rag_files SET type = {_AFTER_LAST.format(text='name', mark='.')} WHERE name LIKE '_%.%'",
            "CREATE INDEX ix_rag_files_name ON rag_files (collection_id, name)",
            "DROP INDEX ix_rag_files_state",
            "CREATE INDEX ix_rag_files_vectors ON rag_files (state) WHERE state = 'indexed_without_vectors'",
        ],
    ),
    Migration(
        name="0003_question_sets",
        statements=[
            f"""CREATE TABLE rag_question_sets ({SYNCED_COLUMNS_V1},
                collection_id CHAR(32) NOT NULL REFERENCES rag_collections (id) ON DELETE CASCADE,
                name VARCHAR NOT NULL,
                questions_json VARCHAR NOT NULL
            )""",
            "CREATE UNIQUE INDEX ux_rag_question_sets_name ON rag_question_sets (collection_id, name)",
            """CREATE TABLE rag_eval_runs (
                id CHAR(32) NOT NULL PRIMARY KEY,
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                collection_id CHAR(32) NOT NULL REFERENCES rag_collections (id) ON DELETE CASCADE,
                question_set VARCHAR NOT NULL,
                ran_at VARCHAR(27) NOT NULL,
                embedder VARCHAR NOT NULL,
                result_json VARCHAR NOT NULL
            )""",
            "CREATE INDEX ix_rag_eval_runs_set ON rag_eval_runs (collection_id, question_set, ran_at)",
        ],
    ),
)
