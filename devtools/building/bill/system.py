"""Libraries of the system that come along: which Debian package has them, in which version, under which licence."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from devtools.building.bill.components import Text
from devtools.building.bill.texts import read_text
from devtools.errors import CommandFailed
from devtools.process import run_quiet

_DOCUMENTS = Path("/usr/share/doc")


@dataclass(frozen=True)
class SystemPackage:
    """A package of the distribution that this build runs on."""

    name: str
    version: str
    architecture: str

    @property
    def purl(self) -> str:
        about = platform.freedesktop_os_release()
        system = f"{about.get('ID', 'debian')}-{about.get('VERSION_ID', '')}".rstrip("-")
        version = self.version.replace("+", "%2B").replace(":", "%3A")
        return f"pkg:deb/{about.get('ID', 'debian')}/{self.name}@{version}?arch={self.architecture}&distro={system}"

    def texts(self) -> tuple[Text, ...]:
        """
        Raises:
            OSError: the documentation was left out when it was installed, as containers do.
        """
        return (Text(f"{self.name}-copyright", read_text(_DOCUMENTS / self.name / "copyright").content, telling=True),)


def package_of(library: str) -> SystemPackage | None:
    """The package that has a library by its file name; None where dpkg does not know it, or there is no dpkg."""
    try:
        owner = run_quiet(["dpkg-query", "--search", f"*/{library}"]).partition(":")[0].strip()
        fields = "${Package} ${Version} ${Architecture}"
        name, version, architecture = run_quiet(["dpkg-query", "--show", f"--showformat={fields}", owner]).split()
    except (OSError, ValueError, CommandFailed):
        return None
    return SystemPackage(name, version, architecture)
