"""Configuration: layers merged, typed and checked, with every error naming the full path of the key."""

from modkit.config.database import DatabaseSection, DatabaseSettings, ModuleDatabaseSection, PoolSettings
from modkit.config.database_resolution import resolve_database
from modkit.config.defaults import desktop_defaults
from modkit.config.errors import (
    ConfigConflict,
    ConfigError,
    ConfigFileMissing,
    ConfigFileUnreadable,
    ConfigInvalid,
    DatabaseConfigError,
    ModuleConfigInvalid,
    ModuleConfigMissing,
)
from modkit.config.layers import parse_override
from modkit.config.load import load_config
from modkit.config.models import AppConfig, ModuleSection, ServerSection

__all__ = [
    "AppConfig",
    "ConfigConflict",
    "ConfigError",
    "ConfigFileMissing",
    "ConfigFileUnreadable",
    "ConfigInvalid",
    "DatabaseConfigError",
    "DatabaseSection",
    "DatabaseSettings",
    "ModuleConfigInvalid",
    "ModuleConfigMissing",
    "ModuleDatabaseSection",
    "ModuleSection",
    "PoolSettings",
    "ServerSection",
    "desktop_defaults",
    "load_config",
    "parse_override",
    "resolve_database",
]
