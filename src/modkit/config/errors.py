"""What can be wrong with a configuration; each text names the place."""

from __future__ import annotations

from pathlib import Path

from modkit.errors import ErrorKind, HyperSpotError


class ConfigError(HyperSpotError):
    """Anything that loading or reading the configuration can raise."""

    kind = ErrorKind.INVALID


class ConfigFileMissing(ConfigError):
    kind = ErrorKind.NOT_FOUND
    action = "Check the path given with --config."

    def __init__(self, path: Path) -> None:
        super().__init__(f"config file does not exist: {path}")
        self.path = path


class ConfigFileUnreadable(ConfigError):
    """The file is there but cannot be read, or is not YAML with a mapping at the top."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The config file {path} cannot be used: {reason}.", action="Correct the file, then try again."
        )
        self.path = path


class ConfigInvalid(ConfigError):
    """Values of a wrong type or unknown keys; ``problems`` pairs each full path with what is wrong there."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        listed = "; ".join(f"{path}: {reason}" for path, reason in problems)
        super().__init__(
            f"The configuration is not valid: {listed}.",
            action="Correct these keys in the file, the environment or the command line.",
        )
        self.problems = problems


class ModuleConfigInvalid(ConfigInvalid):
    """The ``config`` section of one module does not fit its type."""

    def __init__(self, module_name: str, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(problems)
        self.args = (f"invalid configuration for module '{module_name}': " + self.sentence.split(": ", 1)[1],)
        self.module_name = module_name


class ModuleConfigMissing(ConfigError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, module_name: str) -> None:
        super().__init__(
            f"no configuration for module '{module_name}'", action=f"Add a section modules.{module_name}.config."
        )
        self.module_name = module_name


class ConfigConflict(ConfigError):
    """Two database settings that exclude each other."""

    action = "Keep one of the two settings."

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place


class DatabaseConfigError(ConfigError):
    """A database setting that cannot be resolved (missing engine, server, variable, unknown scheme)."""

    action = "Correct the database section of the configuration."

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
