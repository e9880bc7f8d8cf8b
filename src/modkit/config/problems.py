"""Validation failures told by the full path of the key, so that nobody has to search for it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError


def problems_of(error: ValidationError, model: type[BaseModel], prefix: str = "") -> tuple[tuple[str, str], ...]:
    """Pairs of path and reason; an unknown key is told as such, with the closest known one if there is any."""
    return tuple(_problem(dict(item), model, prefix) for item in error.errors(include_url=False, include_input=False))


def _problem(item: dict[str, Any], model: type[BaseModel], prefix: str) -> tuple[str, str]:
    location = tuple(item["loc"])
    path = ".".join(part for part in (prefix, *map(str, location)) if part)
    if item["type"] == "extra_forbidden":
        return path, "unknown key" + _suggestion(str(location[-1]), model, location[:-1])
    return path or "configuration", str(item["msg"]).removeprefix("Value error, ")


def _suggestion(key: str, model: type[BaseModel], parents: tuple[object, ...]) -> str:
    current: type[BaseModel] | None = model
    for part in parents:
        current = _model_below(current, str(part))
        if current is None:
            return ""
    close = get_close_matches(key, list(current.model_fields), n=1) if current else []
    return f" (did you mean {close[0]}?)" if close else ""


def _model_below(model: type[BaseModel] | None, part: str) -> type[BaseModel] | None:
    field = model.model_fields.get(part) if model else None
    annotation = field.annotation if field else None
    candidates = [annotation, *getattr(annotation, "__args__", ())]
    models = [item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)]
    return models[0] if models else None
