"""The tables of the built-in plugin, version by version. A migration that has shipped never changes."""

from __future__ import annotations

from modkit.db import Migration

MIGRATIONS = (
    Migration(
        name="0001_initial",
        statements=[
            # AUTOINCREMENT: a key is never given twice, so what is remembered about a deleted one harms nobody.
            """CREATE TABLE lsi_documents (
                key INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
                id CHAR(32) NOT NULL,
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                collection_id CHAR(32) NOT NULL,
                revision VARCHAR NOT NULL,
                file_name VARCHAR NOT NULL,
                path VARCHAR NOT NULL,
                type VARCHAR NOT NULL,
                title VARCHAR NOT NULL,
                language VARCHAR NOT NULL,
                modified_at VARCHAR(27),
                passages INTEGER NOT NULL,
                characters INTEGER NOT NULL
            )""",
            "CREATE UNIQUE INDEX ux_lsi_documents ON lsi_documents (id, tenant_id, owner_id)",
            "CREATE INDEX ix_lsi_documents_collection ON lsi_documents (collection_id)",
            # The text stands last, so that reading the rest of a row reads none of a long one.
            """CREATE TABLE lsi_passages (
                key INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
                doc INTEGER NOT NULL REFERENCES lsi_documents (key),
                id BLOB NOT NULL,
                ordinal INTEGER NOT NULL,
                kind VARCHAR NOT NULL,
                page INTEGER,
                char_start INTEGER NOT NULL,
                char_end INTEGER NOT NULL,
                box_left REAL, box_bottom REAL, box_right REAL, box_top REAL,
                headings VARCHAR NOT NULL,
                text VARCHAR NOT NULL
            )""",
            "CREATE UNIQUE INDEX ux_lsi_passages ON lsi_passages (id, doc)",
            "CREATE INDEX ix_lsi_passages_order ON lsi_passages (doc, ordinal)",
            # Terms arrive cut and folded (domain/words.py), so the tokenizer only splits at spaces. Contentless: the
            # text is in lsi_passages already, and snippets are made from there.
            """CREATE VIRTUAL TABLE lsi_text USING fts5(
                body, headings, names, wholes, content='', contentless_delete=1, prefix='2 3', tokenize='ascii'
            )""",
            # A word in a heading says more than one in the text; one in the file name is the same for all passages.
            "INSERT INTO lsi_text (lsi_text, rank) VALUES ('rank', 'bm25(1.0, 2.0, 0.5, 1.0)')",
            """CREATE TABLE lsi_generations (
                id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                embedder VARCHAR NOT NULL,
                dimensions INTEGER NOT NULL,
                state VARCHAR(8) NOT NULL,
                created_at VARCHAR(27) NOT NULL
            )""",
            """CREATE UNIQUE INDEX ux_lsi_generations ON lsi_generations (tenant_id, owner_id, embedder, dimensions)
                WHERE state <> 'retired'""",
            # Codes apart from vectors: they are read into memory at once, and the vectors are 16 times as long.
            """CREATE TABLE lsi_codes (
                slot INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
                generation INTEGER NOT NULL REFERENCES lsi_generations (id),
                passage INTEGER NOT NULL REFERENCES lsi_passages (key),
                doc INTEGER NOT NULL,
                code BLOB NOT NULL
            )""",
            "CREATE UNIQUE INDEX ux_lsi_codes ON lsi_codes (passage, generation)",
            "CREATE INDEX ix_lsi_codes_generation ON lsi_codes (generation, doc)",
            # With the passage's id, so that rescoring a candidate reads one row and no more.
            """CREATE TABLE lsi_vectors (
                slot INTEGER NOT NULL PRIMARY KEY REFERENCES lsi_codes (slot) ON DELETE CASCADE,
                passage_id BLOB NOT NULL,
                vector BLOB NOT NULL
            )""",
            """CREATE TABLE lsi_confirmations (
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                confirmed_at VARCHAR(27) NOT NULL,
                PRIMARY KEY (tenant_id, owner_id)
            ) WITHOUT ROWID""",
        ],
    ),
)
