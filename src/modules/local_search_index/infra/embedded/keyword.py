"""Full-text search: queries in FTS5's language, ranked by BM25."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, select, text
from sqlmodel import col

from modkit.db import Database, Prepared, Snapshot
from modkit.security import SecurityContext
from modules.local_search_index.contract import SearchFilter
from modules.local_search_index.domain.fusion import Scored
from modules.local_search_index.domain.query import Clause, Match, Query
from modules.local_search_index.infra.embedded.filters import Shapes, conditions
from modules.local_search_index.infra.embedded.tables import PASSAGES, TEXT, DocumentEntity

COMMON_SHARE, COMMON_AT_LEAST, COMMON_AT_MOST = 1 / 10, 1_000, 10_000
"""A word in so many passages tells little about any of them, and ranking them all takes long."""
_NEWEST = 2_000
_KNOWN_COUNTS = 4_096
_KNOWN_FOR_S = 60.0


def clause_fts5(clause: Clause, *, loose: bool = False) -> str:
    """A clause in FTS5's language. Everything typed stands in quotes, so nothing of it can be taken for syntax.

    ``loose``: of a run of pairs any will do, because a question in Chinese is one run.
    """
    if loose and clause.dense and not clause.phrase:
        pairs = [f'"{term}"' for term in dict.fromkeys(clause.terms)]
        return f"({' OR '.join(pairs)})"
    star = " *" if clause.prefix else ""
    terms = f'"{" ".join(clause.terms)}"{star}'
    return f'({terms} OR "{clause.whole}"{star})' if clause.whole else terms


@dataclass(frozen=True, slots=True)
class _Known:
    """How frequent an expression was, ``found_at`` on the monotonic clock."""

    is_common: bool
    has_very_many: bool
    found_at: float


class Keyword:
    """Ranks passages by the words of a query."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._hits = Shapes(_hits_statement)
        self._newest = Shapes(_newest_statement)

    async def search(
        self, ctx: SecurityContext, query: Query, match: Match, where: SearchFilter, limit: int
    ) -> list[Scored]:
        query = await self._telling(ctx, query)
        if match is Match.BEGINNINGS:
            query = query.loosened()
        expression = _any_of(query) if match is Match.ANY else " AND ".join(map(clause_fts5, query.clauses))
        wanted = conditions(where)
        every, newest = self._hits.statement(wanted), self._newest.statement(wanted)
        values = {"expression": expression, "limit": limit, **wanted.values}
        too_many = await self._are_too_many(ctx, query, expression)

        def found(snapshot: Snapshot) -> Sequence[Any]:
            rows = snapshot.rows(newest, **values) if too_many else ()
            # What was asked for may all be older.
            return rows if len(rows) >= min(limit, _NEWEST) else snapshot.rows(every, **values)

        rows = await self._database.snapshot(ctx, found)
        return [Scored(UUID(bytes=row[0]), -row[1]) for row in rows]

    async def _are_too_many(self, ctx: SecurityContext, query: Query, expression: str) -> bool:
        """Whether ranking all that match would take long and tell little.

        So it is for the beginning of a word, as somebody types it, that very many passages have, and for nothing but
        words that very many have together.
        """
        words = [clause_fts5(clause) for clause in query.clauses]
        await self._count(ctx, words)
        if len(words) == 1 and query.clauses[0].prefix:
            return self._is_common(words[0])
        if not all(map(self._is_common, words)):
            return False
        await self._count(ctx, [expression])
        known = self._known.get(expression)
        return known is not None and known.has_very_many

    def _is_common(self, expression: str) -> bool:
        """One that another search pushed out meanwhile counts as telling."""
        known = self._known.get(expression)
        return known is not None and known.is_common

    async def _telling(self, ctx: SecurityContext, query: Query) -> Query:
        """The query without its common words, unless it has no others."""
        words = {clause: clause_fts5(clause) for clause in query.clauses if not clause.phrase}
        if len(query.clauses) < 2 or not words:
            return query
        await self._count(ctx, list(words.values()))
        common = {clause for clause, expression in words.items() if self._is_common(expression)}
        telling = tuple(clause for clause in query.clauses if clause not in common)
        return Query(telling) if telling else query

    async def _count(self, ctx: SecurityContext, expressions: Sequence[str]) -> None:
        """Find out which of them are common, if that is not known or was long ago."""
        while len(self._known) > _KNOWN_COUNTS:
            self._known.popitem(last=False)
        now = time.monotonic()
        unknown = [
            one for one in expressions if one not in self._known or self._known[one].found_at < now - _KNOWN_FOR_S
        ]
        if not unknown:
            return
        total, counts = await self._database.snapshot(ctx, lambda snapshot: _counted(snapshot, unknown))
        bound = min(COMMON_AT_MOST, max(COMMON_AT_LEAST, total * COMMON_SHARE))
        for expression, count in zip(unknown, counts, strict=True):
            self._known[expression] = _Known(count >= bound, count >= COMMON_AT_MOST, now)


def _any_of(query: Query) -> str:
    """Phrases must occur, and words only make a passage better; without phrases, some word must occur."""
    phrases = [clause_fts5(clause) for clause in query.clauses if clause.phrase]
    plain = [clause_fts5(clause, loose=True) for clause in query.clauses if not clause.phrase]
    # The phrases once more among the alternatives: so nothing but them must occur, and words still count.
    return " AND ".join([*phrases, f"({' OR '.join([*phrases, *plain])})"])


def _hits_statement(conditions: tuple[Any, ...]) -> Prepared:
    """(passage id, rank), best first.

    The full-text index is the outer loop and gives its rows by rank, so the joins run only until ``limit`` rows are
    found. Passages belong to their document's owner, so scoping the document is enough.
    """
    statement = (
        select(PASSAGES.c.id, TEXT.c.rank)
        .select_from(TEXT)
        .join(PASSAGES, PASSAGES.c.key == TEXT.c.rowid)
        .join(DocumentEntity, col(DocumentEntity.key) == PASSAGES.c.doc)
        .where(text("lsi_text MATCH :expression"), *conditions)
        .order_by(TEXT.c.rank)
        .limit(bindparam("limit", type_=Integer))
    )
    return Prepared(statement, DocumentEntity)


def _newest_statement(conditions: tuple[Any, ...]) -> Prepared:
    """The same among the newest passages that match: ranking all that begin with two letters takes too long."""
    newest = f"SELECT rowid FROM lsi_text WHERE lsi_text MATCH :expression ORDER BY rowid DESC LIMIT {_NEWEST}"
    return _hits_statement((text(f"lsi_text.rowid >= (SELECT min(rowid) FROM ({newest}))"), *conditions))


_TOTAL = Prepared(select(func.coalesce(func.sum(col(DocumentEntity.passages)), 0)), DocumentEntity)
_COUNT = Prepared(
    select(
        text(f"(SELECT count(*) FROM (SELECT 1 FROM lsi_text WHERE lsi_text MATCH :expression LIMIT {COMMON_AT_MOST}))")
    )
    .select_from(DocumentEntity)
    .limit(1),
    DocumentEntity,
)


def _counted(snapshot: Snapshot, expressions: Sequence[str]) -> tuple[int, list[int]]:
    """All passages, then for each expression in how many it occurs, counted up to the bound."""
    found = [snapshot.rows(_COUNT, expression=expression) for expression in expressions]
    return snapshot.rows(_TOTAL)[0][0], [rows[0][0] if rows else 0 for rows in found]
