"""Configuration: layers merged, typed and checked, with every error naming the full path of the key."""

from modkit.config.database import DatabaseSection, DatabaseSettings, ModuleDatabaseSection, PoolSettings
from modkit.config.database_resolution import resolve_database
from modkit.config.errors import ConfigConflict, ConfigError, ConfigInvalid, DatabaseConfigError

__all__ = [
    "ConfigConflict",
    "ConfigError",
    "ConfigInvalid",
    "DatabaseConfigError",
    "DatabaseSection",
    "DatabaseSettings",
    "ModuleDatabaseSection",
    "PoolSettings",
    "resolve_database",
]
