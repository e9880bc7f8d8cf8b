"""Turns a search filter into conditions on documents."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_
from sqlmodel import col

from modkit.db import Prepared
from modules.local_search_index.contract import SearchFilter
from modules.local_search_index.infra.embedded.tables import DocumentEntity

_LAST_CHARACTER = "\U0010ffff"
_KNOWN_SHAPES = 64


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a filter asks of a document. Filters of the same ``shape`` differ only in their ``values``."""

    shape: tuple[Any, ...]
    parts: tuple[Any, ...]
    values: dict[str, Any]


def conditions(where: SearchFilter) -> Conditions:
    """Conditions on DocumentEntity, their values as parameters by name; none for an empty filter."""
    document = DocumentEntity
    parts: list[Any] = []
    values: dict[str, Any] = {}

    def one(condition: Callable[[Any, Any], Any], name: str, column: Any, value: Any) -> Any:
        values[name] = value
        return condition(column, bindparam(name, type_=column.type))

    alternatives: tuple[tuple[Any, Sequence[Any]], ...] = (
        (col(document.collection_id), where.collection_ids),
        (col(document.id), where.document_ids),
        (col(document.type), where.types),
        (col(document.language), where.languages),
    )
    for column, wanted in alternatives:
        if wanted:
            names = [f"{column.key}_{number}" for number in range(len(wanted))]
            equal = [one(_equal, name, column, value) for name, value in zip(names, wanted, strict=True)]
            parts.append(or_(*equal))
    if where.file_name:
        parts.append(one(_within, "file_name", col(document.file_name), where.file_name.lower()))
    if where.path_prefix:
        # A range and not LIKE: that would take case and wildcards into its own hands.
        path = col(document.path)
        parts.append(one(_from, "path_from", path, where.path_prefix))
        parts.append(one(_before, "path_before", path, where.path_prefix + _LAST_CHARACTER))
    if where.modified_from is not None:
        parts.append(one(_from, "modified_from", col(document.modified_at), where.modified_from))
    if where.modified_before is not None:
        parts.append(one(_before, "modified_before", col(document.modified_at), where.modified_before))
    return Conditions(tuple(values), tuple(parts), values)


class Shapes:
    """Prepared statements, one for each shape of filter that was asked with lately."""

    def __init__(self, make: Callable[[tuple[Any, ...]], Prepared]) -> None:
        """``make`` gives the statement that has these conditions."""
        self._make = make
        self._known: OrderedDict[tuple[Any, ...], Prepared] = OrderedDict()

    def statement(self, wanted: Conditions) -> Prepared:
        known = self._known.get(wanted.shape)
        if known is None:
            known = self._known[wanted.shape] = self._make(wanted.parts)
            while len(self._known) > _KNOWN_SHAPES:
                self._known.popitem(last=False)
        return known


def _equal(column: Any, value: Any) -> Any:
    return column == value


def _from(column: Any, value: Any) -> Any:
    return column >= value


def _before(column: Any, value: Any) -> Any:
    return column < value


def _within(column: Any, value: Any) -> Any:
    return func.instr(func.lower(column), value) > 0
