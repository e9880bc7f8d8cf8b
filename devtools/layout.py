"""Where everything lies in a checkout, so that no other file spells a path."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """The paths of one checkout; ``root`` is absolute, so every verb works from any directory."""

    root: Path

    @classmethod
    def here(cls) -> Layout:
        """The checkout that this file belongs to."""
        return cls(Path(__file__).resolve().parent.parent)

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @property
    def logs(self) -> Path:
        return self.cache / "logs"

    @property
    def wheels(self) -> Path:
        """Built wheels; a shared place when HYPERSPOT_BUILD_CACHE names one."""
        shared = os.environ.get("HYPERSPOT_BUILD_CACHE")
        return Path(shared).expanduser().resolve() if shared else self.cache / "wheels"

    @property
    def starter_wheels(self) -> Path:
        return self.cache / "wheels-models"

    @property
    def starter_models(self) -> Path:
        return self.cache / "models"

    @property
    def shots(self) -> Path:
        return self.root / "build" / "shots"

    @property
    def samples(self) -> Path:
        """Documents of every format, to try things on."""
        return self.root / "resources" / "samples"

    @property
    def stamps(self) -> Path:
        """Inside the environment: deleting .venv forgets what was installed into it."""
        return self.venv / ".setup"

    @property
    def python(self) -> Path:
        return self.script("python")

    def script(self, name: str) -> Path:
        """The path of a program of the environment, installed or not."""
        if sys.platform == "win32":
            return self.venv / "Scripts" / f"{name}.exe"
        return self.venv / "bin" / name

    def lock(self, name: str) -> Path:
        return self.root / "requirements" / f"{name}.lock"
