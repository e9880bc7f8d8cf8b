"""What a point must have, in Qdrant's language; every filter begins with its owner."""

from __future__ import annotations

from typing import Any

from qdrant_client import models

from modkit.security import SecurityContext
from modules.local_search_index.contract import SearchFilter
from modules.local_search_index.domain.query import Clause, Match, Query
from modules.local_search_index.infra.qdrant.payloads import owner_fields

Condition = models.FieldCondition | models.Filter | models.HasIdCondition


def field(key: str, value: Any) -> models.FieldCondition:
    return models.FieldCondition(key=key, match=models.MatchValue(value=value))


def of_owner(ctx: SecurityContext, *conditions: Condition, without: tuple[Condition, ...] = ()) -> models.Filter:
    """The subject's own points that meet all conditions, and none of ``without``."""
    mine = [field(key, value) for key, value in owner_fields(ctx).items()]
    return models.Filter(must=[*mine, *conditions], must_not=list(without) or None)


def of_search(where: SearchFilter) -> list[Condition]:
    found: list[Condition] = []
    alternatives: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("collection_id", where.collection_ids),
        ("document_id", where.document_ids),
        ("type", where.types),
        ("language", where.languages),
    )
    for key, values in alternatives:
        if values:
            texts = [str(value) for value in values]
            found.append(models.FieldCondition(key=key, match=models.MatchAny(any=texts)))
    if where.file_name:
        part = models.MatchSubstring(substring=where.file_name.lower())
        found.append(models.FieldCondition(key="file_name", match=part))
    if where.path_prefix:
        found.append(models.FieldCondition(key="path", match=models.MatchPrefix(prefix=where.path_prefix)))
    if where.modified_from is not None or where.modified_before is not None:
        moments = models.DatetimeRange(gte=where.modified_from, lt=where.modified_before)
        found.append(models.FieldCondition(key="modified_at", range=moments))
    return found


def of_query(query: Query, match: Match) -> list[Condition]:
    """What passages must have to be looked at; the order of phrases is looked at afterwards."""
    if match is not Match.ANY:
        return [_clause(clause) for clause in query.clauses]
    phrases: list[Condition] = [_clause(clause) for clause in query.clauses if clause.phrase]
    return phrases or [models.Filter(should=[_any_term(clause) for clause in query.clauses])]


def _clause(clause: Clause) -> models.Filter:
    *whole_terms, last = clause.terms
    together: list[Any] = [field("terms", term) for term in whole_terms]
    together.append(_ending(last) if clause.prefix else field("terms", last))
    if not clause.whole:
        return models.Filter(must=together)
    other = _ending(clause.whole) if clause.prefix else field("terms", clause.whole)
    return models.Filter(should=[models.Filter(must=together), other])


def _any_term(clause: Clause) -> models.Filter:
    if not clause.dense:
        return _clause(clause)
    return models.Filter(should=[_ending(term) if clause.prefix else field("terms", term) for term in clause.terms])


def _ending(term: str) -> models.FieldCondition:
    return models.FieldCondition(key="terms", match=models.MatchPrefix(prefix=term))
