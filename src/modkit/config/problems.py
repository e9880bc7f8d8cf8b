"""Validation failures told by the full path of the key, so that nobody has to search for it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo


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
    annotation: object = model
    for part in parents:
        annotation = _below(annotation, str(part))
    fields = list(_fields(annotation))
    close = get_close_matches(key, fields, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _below(annotation: object, part: str) -> object:
    """The declared type of ``part`` inside a model or a mapping; None when that cannot be told."""
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    field = _fields(annotation).get(part)
    return field.annotation if field else None


def _fields(annotation: object) -> dict[str, FieldInfo]:
    """The fields of a model, also of ``Model | None``."""
    candidates = (annotation, *get_args(annotation))
    models = [item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)]
    return dict(models[0].model_fields) if models and get_origin(annotation) is not dict else {}
