"""The tables of chat, version by version. A migration that has shipped never changes."""

from __future__ import annotations

from modkit.db import SYNCED_COLUMNS_V1, Migration

# The full text is kept by triggers, so no code path can forget it, and it changes in the same transaction. An
# answer is indexed when it has ended: indexing it at every flush would cost more than writing it.
_INDEX_MESSAGE = """
    INSERT INTO chat_search_docs (message_id, conversation_id) VALUES (new.id, new.conversation_id);
    INSERT INTO chat_search (rowid, text) SELECT doc, new.content FROM chat_search_docs WHERE message_id = new.id;
"""
_FORGET_MESSAGE = """
    INSERT INTO chat_search (chat_search, rowid, text)
        SELECT 'delete', doc, old.content FROM chat_search_docs WHERE message_id = old.id;
    DELETE FROM chat_search_docs WHERE message_id = old.id;
"""
_INDEX_TITLE = """
    INSERT INTO chat_search_docs (conversation_id) VALUES (new.id);
    INSERT INTO chat_search (rowid, text)
        SELECT doc, new.title FROM chat_search_docs WHERE conversation_id = new.id AND message_id IS NULL;
"""
_FORGET_TITLE = """
    INSERT INTO chat_search (chat_search, rowid, text)
        SELECT 'delete', doc, old.title FROM chat_search_docs WHERE conversation_id = old.id AND message_id IS NULL;
    DELETE FROM chat_search_docs WHERE conversation_id = old.id AND message_id IS NULL;
"""


def _trigger(name: str, event: str, condition: str, body: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} WHEN {condition} BEGIN {body} END"


MIGRATIONS = (
    Migration(
        name="0001_initial",
        statements=[
            f"""CREATE TABLE chat_conversations ({SYNCED_COLUMNS_V1},
                title VARCHAR NOT NULL,
                title_source VARCHAR(8) NOT NULL,
                model VARCHAR,
                system_prompt VARCHAR NOT NULL,
                params_json VARCHAR NOT NULL,
                active_leaf_id CHAR(32),
                used_at VARCHAR(27) NOT NULL,
                draft VARCHAR NOT NULL
            )""",
            "CREATE INDEX ix_chat_conversations_used ON chat_conversations (tenant_id, owner_id, used_at)",
            # The content stands last, so that walking the tree reads none of a long one.
            f"""CREATE TABLE chat_messages ({SYNCED_COLUMNS_V1},
                conversation_id CHAR(32) NOT NULL REFERENCES chat_conversations (id) ON DELETE CASCADE,
                parent_id CHAR(32),
                depth INTEGER NOT NULL,
                seq INTEGER NOT NULL,
                role VARCHAR(16) NOT NULL,
                status VARCHAR(16) NOT NULL,
                model VARCHAR,
                stats_json VARCHAR,
                error_json VARCHAR,
                content VARCHAR NOT NULL
            )""",
            "CREATE INDEX ix_chat_messages_siblings ON chat_messages (conversation_id, parent_id, seq)",
            "CREATE INDEX ix_chat_messages_depth ON chat_messages (conversation_id, depth)",
            "CREATE INDEX ix_chat_messages_seq ON chat_messages (conversation_id, seq)",
            "CREATE INDEX ix_chat_messages_streaming ON chat_messages (status) WHERE status = 'streaming'",
            # Own integer keys: the implicit ones of the tables above may change when a backup is made.
            # A document without a message is its conversation's title.
            """CREATE TABLE chat_search_docs (
                doc INTEGER NOT NULL PRIMARY KEY,
                message_id CHAR(32) UNIQUE,
                conversation_id CHAR(32) NOT NULL
            )""",
            "CREATE UNIQUE INDEX ux_chat_search_titles ON chat_search_docs (conversation_id) WHERE message_id IS NULL",
            """CREATE VIEW chat_search_text AS
                SELECT d.doc AS doc, CASE WHEN d.message_id IS NULL THEN c.title ELSE m.content END AS text
                FROM chat_search_docs d
                LEFT JOIN chat_messages m ON m.id = d.message_id
                LEFT JOIN chat_conversations c ON c.id = d.conversation_id""",
            # Marks (Mn, Mc) are part of words: without them Hindi or Thai words fall into pieces.
            """CREATE VIRTUAL TABLE chat_search USING fts5(
                text, content='chat_search_text', content_rowid='doc', prefix='1 2 3',
                tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
            )""",
            _trigger("chat_messages_added", "INSERT ON chat_messages", "new.status <> 'streaming'", _INDEX_MESSAGE),
            # SQLite promises no order between triggers of one event, so their conditions exclude each other.
            _trigger(
                "chat_messages_changed",
                "UPDATE OF content ON chat_messages",
                "old.status <> 'streaming' AND new.status <> 'streaming' AND new.content <> old.content",
                f"{_FORGET_MESSAGE} {_INDEX_MESSAGE}",
            ),
            _trigger(
                "chat_messages_reopened",
                "UPDATE OF status ON chat_messages",
                "old.status <> 'streaming' AND new.status = 'streaming'",
                _FORGET_MESSAGE,
            ),
            _trigger(
                "chat_messages_ended",
                "UPDATE OF status ON chat_messages",
                "old.status = 'streaming' AND new.status <> 'streaming'",
                _INDEX_MESSAGE,
            ),
            _trigger("chat_messages_removed", "DELETE ON chat_messages", "old.status <> 'streaming'", _FORGET_MESSAGE),
            _trigger("chat_titles_added", "INSERT ON chat_conversations", "new.title <> ''", _INDEX_TITLE),
            _trigger(
                "chat_titles_changed",
                "UPDATE OF title ON chat_conversations",
                "new.title <> old.title",
                f"{_FORGET_TITLE} {_INDEX_TITLE}",
            ),
            _trigger("chat_titles_removed", "DELETE ON chat_conversations", "old.title <> ''", _FORGET_TITLE),
        ],
    ),
    Migration(
        name="0002_documents",
        statements=[
            "ALTER TABLE chat_conversations ADD COLUMN collections_json VARCHAR NOT NULL DEFAULT '[]'",
            "ALTER TABLE chat_messages ADD COLUMN from_documents BOOLEAN NOT NULL DEFAULT 0",
            "ALTER TABLE chat_messages ADD COLUMN passages_json VARCHAR",
            # Apart from the messages: it is longer than most of them, and hardly ever looked at.
            """CREATE TABLE chat_traces (
                id CHAR(32) NOT NULL PRIMARY KEY REFERENCES chat_messages (id) ON DELETE CASCADE,
                tenant_id CHAR(32) NOT NULL,
                owner_id CHAR(32) NOT NULL,
                trace_json VARCHAR NOT NULL
            )""",
        ],
    ),
    Migration(
        name="0003_deleted_messages",
        statements=[
            # Its text is gone for ever; the row stays, because others stand below it.
            "ALTER TABLE chat_messages ADD COLUMN erased BOOLEAN NOT NULL DEFAULT 0",
            "CREATE INDEX ix_chat_messages_trash ON chat_messages (deleted_at) WHERE deleted_at IS NOT NULL",
            # What is in the trash is not found: its words leave the index and come back with it.
            "DROP TRIGGER chat_messages_added",
            "DROP TRIGGER chat_messages_changed",
            "DROP TRIGGER chat_messages_ended",
            _trigger(
                "chat_messages_added",
                "INSERT ON chat_messages",
                "new.status <> 'streaming' AND new.deleted_at IS NULL",
                _INDEX_MESSAGE,
            ),
            _trigger(
                "chat_messages_changed",
                "UPDATE OF content ON chat_messages",
                "old.status <> 'streaming' AND new.status <> 'streaming' AND new.content <> old.content"
                " AND old.deleted_at IS NULL AND new.deleted_at IS NULL",
                f"{_FORGET_MESSAGE} {_INDEX_MESSAGE}",
            ),
            _trigger(
                "chat_messages_ended",
                "UPDATE OF status ON chat_messages",
                "old.status = 'streaming' AND new.status <> 'streaming' AND new.deleted_at IS NULL",
                _INDEX_MESSAGE,
            ),
            _trigger(
                "chat_messages_trashed",
                "UPDATE OF deleted_at ON chat_messages",
                "old.deleted_at IS NULL AND new.deleted_at IS NOT NULL AND new.status <> 'streaming'",
                _FORGET_MESSAGE,
            ),
            _trigger(
                "chat_messages_restored",
                "UPDATE OF deleted_at ON chat_messages",
                "old.deleted_at IS NOT NULL AND new.deleted_at IS NULL AND new.status <> 'streaming'",
                _INDEX_MESSAGE,
            ),
        ],
    ),
)
