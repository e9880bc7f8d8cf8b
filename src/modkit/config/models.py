"""The configuration as a typed tree; every level is strict except the modules' own sections."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from modkit.config.database import DatabaseSection, DatabaseSettings, ModuleDatabaseSection
from modkit.config.database_resolution import resolve_database
from modkit.config.logging import LoggingSection, default_logging
from modkit.config.paths import expand_home, normal_path
from modkit.config.tracing import TracingSection

_STRICT = ConfigDict(extra="forbid", frozen=True)

DEFAULT_HOME = "~/.hyperspot"


class ServerSection(BaseModel):
    """``server``: where everything lives."""

    model_config = _STRICT

    home_dir: str = Field(default=DEFAULT_HOME, description="home directory; a leading ~ is the user's home")


class ExecutionSection(BaseModel):
    """How an out-of-process module is started."""

    model_config = _STRICT

    executable_path: str
    args: list[str] = Field(default_factory=list)
    working_directory: str | None = None
    environment: dict[str, str] = Field(default_factory=dict)


class RuntimeSection(BaseModel):
    """``modules.<name>.runtime``: in this process or in one of its own."""

    model_config = _STRICT

    type: Literal["local", "oop"] = "local"
    execution: ExecutionSection | None = None


class ModuleSection(BaseModel):
    """``modules.<name>``. ``config`` belongs to the module and is checked by it; ``metadata`` is only shown."""

    model_config = _STRICT

    database: ModuleDatabaseSection | None = None
    config: Any = None
    runtime: RuntimeSection | None = None
    metadata: Any = None


class AppConfig(BaseModel):
    """The effective configuration of one process."""

    model_config = _STRICT

    server: ServerSection = Field(default_factory=ServerSection)
    database: DatabaseSection | None = None
    logging: LoggingSection = Field(default_factory=default_logging)
    tracing: TracingSection | None = None
    modules_dir: str | None = Field(default=None, description="each *.yaml in it becomes modules.<file stem>")
    modules: dict[str, ModuleSection] = Field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The home directory, absolute."""
        return normal_path(expand_home(self.server.home_dir))

    def module_config(self, module_name: str) -> dict[str, Any] | None:
        """A module's own section as it is; None when absent or not a mapping."""
        section = self.modules.get(module_name)
        return section.config if section is not None and isinstance(section.config, dict) else None

    def database_settings(self, module_name: str) -> DatabaseSettings | None:
        """What to open for a module; None without a ``database`` entry of its own, even if servers exist.

        Raises:
            ConfigConflict, DatabaseConfigError: see ``resolve_database``.
        """
        section = self.modules.get(module_name)
        if section is None or section.database is None:
            return None
        return resolve_database(module_name, section.database, self.database, self.home)
