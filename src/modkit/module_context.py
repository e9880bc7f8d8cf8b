"""What every hook of a module is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from modkit.cancellation import CancellationToken
from modkit.client_hub import ClientHub
from modkit.config.module_section import read_module_config, require_module_config
from modkit.errors import ErrorKind, HyperSpotError

if TYPE_CHECKING:
    from modkit.db import Database

M = TypeVar("M", bound=BaseModel)


class DatabaseNotConfigured(HyperSpotError):
    kind = ErrorKind.UNAVAILABLE

    def __init__(self, module_name: str) -> None:
        super().__init__(
            f"Database is not configured for module '{module_name}'",
            action=f"Add a section modules.{module_name}.database to the configuration.",
        )
        self.module_name = module_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleContext:
    """One module's view of the process. ``home`` is the home directory; ``instance_id`` is new at every start.

    ``cancellation_token`` is a child of the process's token: it fires when the process shuts down.
    """

    module_name: str
    instance_id: UUID
    client_hub: ClientHub
    cancellation_token: CancellationToken
    home: Path
    config_section: Mapping[str, Any] | None = None
    database: Database | None = None

    @property
    def raw_config(self) -> Mapping[str, Any]:
        """The module's ``config`` section as it is; empty when there is none."""
        return self.config_section or {}

    def config(self, model: type[M]) -> M:
        """The module's ``config`` section as ``model``; all defaults when there is no such section.

        Raises:
            ModuleConfigInvalid: a value of a wrong type, or an unknown key where the model forbids them.
        """
        return read_module_config(self.module_name, self.config_section, model)

    def config_required(self, model: type[M]) -> M:
        """As ``config``, but a missing section is an error.

        Raises:
            ModuleConfigMissing: there is no section.
            ModuleConfigInvalid: as for ``config``.
        """
        return require_module_config(self.module_name, self.config_section, model)

    def db(self) -> Database | None:
        """The module's own database; None when none is configured."""
        return self.database

    def db_required(self) -> Database:
        """
        Raises:
            DatabaseNotConfigured: no database is configured for this module.
        """
        if self.database is None:
            raise DatabaseNotConfigured(self.module_name)
        return self.database
