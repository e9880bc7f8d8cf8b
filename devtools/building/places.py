"""Where a build lies, which version it has, and the time that all its files bear."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from devtools.errors import CommandFailed
from devtools.layout import Layout
from devtools.process import run_quiet

NAME = "hyperspot-desktop"
INSTALLED = Path("/opt") / NAME
"""Where packages put the program."""
PROGRAMS = ("hyperspot-desktop", "hyperspot", "hyperspot-server")
"""All are the one executable, which goes by the name that it is started by."""
BILL = "bom.cdx.json"
"""In the program's folder: what it consists of."""
NOTICES = "THIRD-PARTY.txt"
"""The same for people to read."""
LICENCES = "licenses"
"""The texts of all licences."""
_UNVERSIONED_EPOCH = "1704067200"
_NOBODY = "HyperSpot Desktop developers <developers@hyperspot.invalid>"


@dataclass(frozen=True)
class Places:
    """The folders of one build, below ``build/package``."""

    layout: Layout

    @property
    def root(self) -> Path:
        return self.layout.root / "build" / "package"

    @property
    def frozen(self) -> Path:
        """The program as PyInstaller leaves it, made small."""
        return self.root / "frozen" / NAME

    @property
    def artefacts(self) -> Path:
        """What people download."""
        return self.root / "artefacts"

    @property
    def linux(self) -> Path:
        return self.layout.root / "packaging" / "linux"

    @property
    def licences(self) -> Path:
        """Licence texts that nothing else has where a build could find them."""
        return self.layout.root / "packaging" / "licenses"

    @property
    def version(self) -> str:
        project = tomllib.loads((self.layout.root / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])


def epoch(layout: Layout) -> str:
    """Seconds since 1970 that stand for the time of the build: what the caller says, or when the source was made."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said:
        return said
    try:
        return run_quiet(["git", "log", "-1", "--format=%ct"], cwd=layout.root).strip() or _UNVERSIONED_EPOCH
    except (OSError, CommandFailed):
        return _UNVERSIONED_EPOCH


def maintainer() -> str:
    """Who answers for a package, as ``Name <address>``: what the caller says, or nobody."""
    return os.environ.get("HYPERSPOT_MAINTAINER") or _NOBODY


def settle(tree: Path, seconds: int) -> None:
    """Give everything in a tree one time and plain permissions, whatever the mask and the clock were."""
    for path in [*tree.rglob("*"), tree]:
        if not path.is_symlink():
            # Wheels mark their libraries as programs, which they are not.
            runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
