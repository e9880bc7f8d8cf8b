"""A module's own ``config`` section, read into the type that the module declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from modkit.config.errors import ModuleConfigInvalid, ModuleConfigMissing
from modkit.config.problems import problems_of

M = TypeVar("M", bound=BaseModel)


def read_module_config(module_name: str, section: Mapping[str, Any] | None, model: type[M]) -> M:
    """The section as ``model``; all defaults when it is missing.

    Raises:
        ModuleConfigInvalid: present but wrong, naming the module and every key's full path.
    """
    try:
        return model.model_validate(dict(section or {}))
    except ValidationError as err:
        raise ModuleConfigInvalid(module_name, problems_of(err, model, f"modules.{module_name}.config")) from err


def require_module_config(module_name: str, section: Mapping[str, Any] | None, model: type[M]) -> M:
    """As ``read_module_config``, but a missing section is an error.

    Raises:
        ModuleConfigMissing: there is no section.
        ModuleConfigInvalid: present but wrong.
    """
    if section is None:
        raise ModuleConfigMissing(module_name)
    return read_module_config(module_name, section, model)
