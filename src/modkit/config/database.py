"""The database sections of the configuration, and the settings they resolve to for one module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from modkit.config.dsn import EngineName
from modkit.durations import Seconds

SERVER_FIELDS = ("host", "port", "user", "password", "dbname")


class PoolSettings(BaseModel):
    """Connections kept open to one database; ``None`` leaves a value to the engine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_conns: int | None = Field(default=None, ge=1, description="most connections open at once")
    min_conns: int | None = Field(default=None, ge=0, description="connections kept open while idle")
    acquire_timeout: Seconds | None = Field(default=None, gt=0, description="longest wait for a connection")
    idle_timeout: Seconds | None = Field(default=None, gt=0, description="close a connection idle for longer")
    max_lifetime: Seconds | None = Field(default=None, gt=0, description="replace a connection older than this")
    test_before_acquire: bool | None = Field(default=None, description="ping a pooled connection before use")


class ServerDatabaseSection(BaseModel):
    """One entry of ``database.servers``."""

    # A password or user made of digits arrives from the environment as a number.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    engine: EngineName | None = Field(default=None, description="required when there is no dsn")
    dsn: SecretStr | None = Field(default=None, description="address with scheme; ${VAR} is expanded anywhere")
    host: str | None = None
    port: int | None = Field(default=None, ge=1, le=65535)
    user: str | None = None
    password: SecretStr | None = Field(default=None, description="may be exactly ${VAR}")
    dbname: str | None = None
    params: dict[str, str] = Field(default_factory=dict, description="engine parameters; values may contain ${VAR}")
    pool: PoolSettings | None = None


class ModuleDatabaseSection(ServerDatabaseSection):
    """``modules.<name>.database``: overrides of a server, or a connection of its own."""

    server: str | None = Field(default=None, description="name under database.servers")
    file: str | None = Field(default=None, description="SQLite file, relative to <home_dir>/<module>/")
    path: str | None = Field(default=None, description="SQLite file, absolute or relative to <home_dir>/<module>/")


class DatabaseSection(BaseModel):
    """``database``: what all modules can refer to; without it the process has no database."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    auto_provision: bool = Field(default=True, description="create missing directories")
    auto_repair: bool = Field(default=True, description="repair a damaged file at the start; the damaged one is kept")
    servers: dict[str, ServerDatabaseSection] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """One module's database, fully resolved: what an engine needs to open it.

    SQLite has an absolute ``path`` (None = in memory); the others have host to dbname. SQLite ``params``
    have lower-case keys and are checked; those of other engines are passed on as they are.
    """

    engine: EngineName
    path: Path | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    host: str | None = None
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    dbname: str | None = None
    pool: PoolSettings = field(default_factory=PoolSettings)
    auto_provision: bool = True
    auto_repair: bool = True

    @property
    def in_memory(self) -> bool:
        """True for an SQLite database that lives only as long as its one connection."""
        return self.engine == "sqlite" and self.path is None

    def describe(self) -> dict[str, object]:
        """For listings and logs: everything except the password."""
        shown: dict[str, object] = {"engine": self.engine}
        if self.engine == "sqlite":
            shown["path"] = str(self.path) if self.path else ":memory:"
        else:
            shown |= {name: getattr(self, name) for name in SERVER_FIELDS if getattr(self, name) is not None}
        if self.password is not None:
            shown["password"] = "***REDACTED***"
        return shown | ({"params": dict(self.params)} if self.params else {})
