"""Words as sparse vectors: the document's half of BM25 here, the rarity of a word on the server."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from qdrant_client import models

from modules.local_search_index.domain.query import Clause, Match, Query
from modules.local_search_index.infra.qdrant.payloads import BODY_FIELDS

_K1, _B = 1.2, 0.75
_USUAL_TERMS = 120
"""The mean length is not known where passages are stored one document at a time; passages are cut to about this."""
_HEADING_WEIGHT = 2


def of_passage(body: str, headings: str, wholes: str) -> models.SparseVector:
    """How much each term says about a passage. Names are left out: they are the same for all of a document."""
    counts = Counter(body.split())
    counts.update(wholes.split())
    for term in headings.split():
        counts[term] += _HEADING_WEIGHT
    length = sum(counts.values())
    damping = _K1 * (1 - _B + _B * length / _USUAL_TERMS)
    return _sparse({term: count * (_K1 + 1) / (count + damping) for term, count in counts.items()})


def of_query(query: Query) -> models.SparseVector:
    """Every term once."""
    terms = {term for clause in query.clauses for term in (*clause.terms, clause.whole) if term}
    return _sparse(dict.fromkeys(terms, 1.0))


def has(payload: Mapping[str, Any], query: Query, match: Match) -> bool:
    """Whether a passage has the query's clauses with their terms in order, which conditions cannot say."""
    texts = [f" {payload[name]} " for name in BODY_FIELDS]
    if match is not Match.ANY:
        return all(_has(texts, clause) for clause in query.clauses)
    phrases = [clause for clause in query.clauses if clause.phrase]
    return all(_has(texts, one) for one in phrases) and (
        bool(phrases) or any(_has_some(texts, one) for one in query.clauses)
    )


def _has_some(texts: Iterable[str], clause: Clause) -> bool:
    if not clause.dense:
        return _has(texts, clause)
    end = "" if clause.prefix else " "
    return any(f" {term}{end}" in text for text in texts for term in clause.terms)


def _has(texts: Iterable[str], clause: Clause) -> bool:
    end = "" if clause.prefix else " "
    wanted = [f" {' '.join(clause.terms)}{end}", *([f" {clause.whole}{end}"] if clause.whole else [])]
    return any(one in text for text in texts for one in wanted)


def _sparse(weights: Mapping[str, float]) -> models.SparseVector:
    # Two terms rarely share a number; then each counts for the other, and ``has`` still tells them apart.
    numbered: dict[int, float] = {}
    for term, weight in weights.items():
        number = zlib.crc32(term.encode())
        numbered[number] = max(weight, numbered.get(number, 0.0))
    return models.SparseVector(indices=list(numbered), values=list(numbered.values()))
