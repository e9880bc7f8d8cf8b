"""A bare Debian in a folder, to try on it what people install."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.building.places import Places
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged

SUITE = "bookworm"
USER = "tester"
HOME = f"/home/{USER}"
_SOURCES = Path("/etc/apt/sources.list.d/debian.sources")
_MOUNTS = "mount -t proc proc proc && mount --rbind /sys sys && mount --rbind /dev dev"
_APT = "DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install"
_SHOWN = 12


@dataclass(frozen=True)
class System:
    """One Debian in the folder ``root``; ``mounts`` are shell commands run there, as root, before each visit."""

    places: Places
    console: Console
    root: Path
    mounts: tuple[str, ...] = ()

    def outside(self, title: str, command: Sequence[str | Path], *, show: bool = False) -> list[str]:
        """Run a command of the machine that builds; the last lines that it said.

        Raises:
            SetupError: it failed; the sentence has the last that it said.
        """
        return run(self.places, self.console, title, command, show=show)

    def inside(self, title: str, script: str, *, show: bool = False) -> list[str]:
        """Run a shell line as root of the folder, with its own mounts and processes, which end with it.

        Raises:
            SetupError: it failed; the sentence has the last that it said.
        """
        prepare = " && ".join((f"cd {shlex.quote(str(self.root))}", _MOUNTS, *self.mounts))
        enter = f"{prepare} && exec chroot . /bin/sh -c {shlex.quote(script)}"
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", enter]
        return self.outside(title, command, show=show)

    def as_user(self, title: str, script: str) -> list[str]:
        """Run a shell line as the ordinary user, freshly logged in, and show the end of what it says."""
        return self.inside(title, f"su - {USER} -c {shlex.quote(script)}", show=True)

    def install(self, title: str, wanted: Iterable[str]) -> None:
        """Have apt install packages by name, or package files by their path in the folder."""
        self.inside(title, f"apt-get -q update && {_APT} {' '.join(wanted)}")

    def files(self) -> frozenset[str]:
        """Everything that lies in the folder, by its path in it."""
        command = ["find", ".", "-xdev", "-printf", "%P\\n"]
        listing = subprocess.run(command, cwd=self.root, capture_output=True, check=True)
        return frozenset(listing.stdout.decode("utf-8", "replace").splitlines())


@contextmanager
def bare_system(places: Places, console: Console) -> Generator[System]:
    """A Debian with nothing that it could do without; thrown away afterwards.

    Raises:
        SetupError: it could not be made.
    """
    base = _base_system(places, console)
    root = places.root / "chroot"
    _throw_away(root)
    root.mkdir(parents=True)
    try:
        run(places, console, "Unpacking a bare Debian", ["tar", "--extract", "--file", base, "--directory", root])
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(Path("/etc") / name, root / "etc" / name)
        yield System(places, console, root)
    finally:
        _throw_away(root)


def run(
    places: Places, console: Console, title: str, command: Sequence[str | Path], *, show: bool = False
) -> list[str]:
    """
    Raises:
        SetupError: it failed; the sentence has the last that it said.
    """
    log = places.layout.logs / "package-test.log"
    with console.step(title) as step:
        try:
            said = run_logged(command, step=step, log=log, env=environment({"LC_ALL": "C.UTF-8"}))
        except CommandFailed as error:
            last = " / ".join(error.output[-_SHOWN:]) or str(error)
            raise SetupError(f"{title} failed: {last}", f"All that was said is in {log}.") from error
    for line in said[-_SHOWN:] if show else ():
        console.say(f"  {line}")
    return said


def _base_system(places: Places, console: Console) -> Path:
    """A minimal Debian as a tarball; made once and kept."""
    base = places.layout.cache / "chroots" / f"{SUITE}.tar"
    if base.is_file():
        return base
    base.parent.mkdir(parents=True, exist_ok=True)
    partial = base.with_suffix(".partial.tar")
    command: list[str | Path] = ["mmdebstrap", "--variant=minbase", SUITE, partial]
    run(places, console, "Making a bare Debian", [*command, *([_SOURCES] if _SOURCES.is_file() else [])])
    partial.rename(base)
    return base


def _throw_away(root: Path) -> None:
    if root.is_mount() or any(path.is_mount() for path in (root / "proc", root / "sys", root / "dev")):
        raise SetupError(f"Something is still mounted below {root}.", "Unmount it first.")
    shutil.rmtree(root, ignore_errors=True)
