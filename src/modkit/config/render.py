"""The effective configuration as text for people, with secrets hidden."""

from __future__ import annotations

from typing import Any

from modkit.config.models import AppConfig
from modkit.config.yaml import to_yaml
from modkit.redaction import redact


def effective(config: AppConfig) -> dict[str, Any]:
    """The configuration as plain data: everything that is set or has a default, secrets hidden."""
    data: dict[str, Any] = redact(config.model_dump(mode="python", exclude_none=True))
    return data


def render_effective(config: AppConfig) -> str:
    """``effective`` as YAML."""
    return to_yaml(effective(config))


def effective_modules(config: AppConfig) -> dict[str, Any]:
    """Per module, by name: its sections, and its database as it resolves (engine, file or address).

    Raises:
        ConfigConflict, DatabaseConfigError: a module's database cannot be resolved.
    """
    return {name: _module(config, name) for name in sorted(config.modules)}


def _module(config: AppConfig, name: str) -> dict[str, Any]:
    shown = dict(redact(config.modules[name].model_dump(mode="python", exclude_none=True)))
    settings = config.database_settings(name)
    if settings is not None:
        described = settings.describe()
        pool = settings.pool.model_dump(exclude_none=True)
        shown["database"] = redact(described | ({"pool": pool} if pool else {}))
    return shown
