"""Full-text search: queries in FTS5's language, ranked by BM25."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlmodel import col

from modkit.db import Database
from modkit.security import SecurityContext
from modules.local_search_index.contract import SearchFilter
from modules.local_search_index.domain.fusion import Scored
from modules.local_search_index.domain.query import Clause, Match, Query
from modules.local_search_index.infra.embedded.filters import conditions
from modules.local_search_index.infra.embedded.tables import PASSAGES, TEXT, DocumentEntity

COMMON_SHARE, COMMON_AT_LEAST, COMMON_AT_MOST = 1 / 4, 1_000, 20_000
"""A word in so many passages tells little about any of them, and ranking them all takes long."""
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


class Keyword:
    """Ranks passages by the words of a query."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Clause → whether it is common, and when that was found out.
        self._common: OrderedDict[str, tuple[bool, float]] = OrderedDict()

    async def search(
        self, ctx: SecurityContext, query: Query, match: Match, where: SearchFilter, limit: int
    ) -> list[Scored]:
        query = await self._telling(ctx, query)
        if match is Match.BEGINNINGS:
            query = query.loosened()
        expression = _any_of(query) if match is Match.ANY else " AND ".join(map(clause_fts5, query.clauses))
        async with self._database.read(ctx) as session:
            rows: Any = await session.rows(_hits_statement(expression, where, limit), DocumentEntity)
        return [Scored(UUID(bytes=row[0]), -row[1]) for row in rows]

    async def _telling(self, ctx: SecurityContext, query: Query) -> Query:
        """The query without its common words, unless it has no others."""
        words = {clause: clause_fts5(clause) for clause in query.clauses if not clause.phrase}
        if len(query.clauses) < 2 or not words:
            return query
        await self._count(ctx, list(words.values()))
        # One that another search pushed out meanwhile counts as telling.
        common = {clause for clause, expression in words.items() if self._common.get(expression, (False, 0.0))[0]}
        telling = tuple(clause for clause in query.clauses if clause not in common)
        return Query(telling) if telling else query

    async def _count(self, ctx: SecurityContext, expressions: Sequence[str]) -> None:
        """Find out which of them are common, if that is not known or was long ago."""
        while len(self._common) > _KNOWN_COUNTS:
            self._common.popitem(last=False)
        now = time.monotonic()
        unknown = [one for one in expressions if one not in self._common or self._common[one][1] < now - _KNOWN_FOR_S]
        if not unknown:
            return
        async with self._database.read(ctx) as session:
            total, *counts = tuple((await session.rows(_counts_statement(unknown), DocumentEntity))[0])
        bound = min(COMMON_AT_MOST, max(COMMON_AT_LEAST, (total or 0) * COMMON_SHARE))
        for expression, count in zip(unknown, counts, strict=True):
            self._common[expression] = (count >= bound, now)


def _any_of(query: Query) -> str:
    """Phrases must occur, and words only make a passage better; without phrases, some word must occur."""
    phrases = [clause_fts5(clause) for clause in query.clauses if clause.phrase]
    plain = [clause_fts5(clause, loose=True) for clause in query.clauses if not clause.phrase]
    # The phrases once more among the alternatives: so nothing but them must occur, and words still count.
    return " AND ".join([*phrases, f"({' OR '.join([*phrases, *plain])})"])


def _hits_statement(expression: str, where: SearchFilter, limit: int) -> Select[Any]:
    """(passage id, rank), best first.

    The full-text index is the outer loop and gives its rows by rank, so the joins run only until ``limit`` rows are
    found. Passages belong to their document's owner, so scoping the document is enough.
    """
    return (
        select(PASSAGES.c.id, TEXT.c.rank)
        .select_from(TEXT)
        .join(PASSAGES, PASSAGES.c.key == TEXT.c.rowid)
        .join(DocumentEntity, col(DocumentEntity.key) == PASSAGES.c.doc)
        .where(text("lsi_text MATCH :expression").bindparams(expression=expression), *conditions(where))
        .order_by(TEXT.c.rank)
        .limit(limit)
    )


def _counts_statement(expressions: Sequence[str]) -> Select[Any]:
    """One row: all passages, then for each expression in how many it occurs, counted up to the bound."""
    counts = [
        text(
            f"(SELECT count(*) FROM (SELECT 1 FROM lsi_text WHERE lsi_text MATCH :expression{number}"
            f" LIMIT {COMMON_AT_MOST}))"
        ).bindparams(**{f"expression{number}": expression})
        for number, expression in enumerate(expressions)
    ]
    columns: list[Any] = [func.sum(col(DocumentEntity.passages)), *counts]
    statement: Select[Any] = select(*columns)
    return statement.select_from(DocumentEntity)
