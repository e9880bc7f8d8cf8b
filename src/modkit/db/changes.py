"""Reads what an entity object holds and what was changed on it since it was loaded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState, Mapper
from sqlmodel import SQLModel


def values_of(entity: SQLModel) -> dict[str, Any]:
    """The column attributes that are set, by name."""
    state: InstanceState[Any] = inspect(entity)
    return {key: state.dict[key] for key in state.mapper.column_attrs.keys() if key in state.dict}  # noqa: SIM118


def changed_values(entity: SQLModel) -> dict[str, Any]:
    """The column attributes that differ from what was loaded; for an object never loaded, all but the key."""
    state: InstanceState[Any] = inspect(entity)
    keys = {column.key for column in state.mapper.primary_key}
    return {
        attribute.key: state.dict[attribute.key]
        for attribute in state.mapper.column_attrs
        if attribute.key in state.dict and attribute.key not in keys and _differs(state, attribute.key)
    }


def _differs(state: InstanceState[Any], key: str) -> bool:
    history = state.attrs[key].history
    return history.has_changes() and list(history.added) != list(history.deleted)


def key_names(entity: type[SQLModel]) -> tuple[str, ...]:
    """The attributes of the primary key."""
    mapper: Mapper[Any] = inspect(entity)
    return tuple(mapper.get_property_by_column(column).key for column in mapper.primary_key)
