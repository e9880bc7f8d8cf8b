"""Installs the package on a bare Debian in a folder, uses it there as an ordinary user, and removes it again."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devtools.building.places import INSTALLED, NAME, Places
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged

SUITE = "bookworm"
_SOURCES = Path("/etc/apt/sources.list.d/debian.sources")
_USER = "tester"
_HOME = f"/home/{_USER}"
_NOTE = "The boathouse lease ends on 30 September 2031.\n"
_STEPS: tuple[tuple[str, str], ...] = (
    ("Its own test", "hyperspot-desktop --self-test"),
    ("Giving it a model", "hyperspot models import /media/models/smollm*.gguf"),
    ("A chat", "hyperspot chat 'In one sentence: what is the sea?'"),
    ("Reading a document", f"hyperspot index add {_HOME}/notes --collection Notes"),
    ("A question about it", "hyperspot ask 'When does the boathouse lease end?' --collection Notes"),
)


def test_package(places: Places, console: Console, package: Path) -> None:
    """
    Raises:
        SetupError: a step failed, or the removal left something; the sentence has the last that was said.
    """
    base = _base_system(places, console)
    root = places.root / "chroot"
    _throw_away(root)
    root.mkdir(parents=True)
    try:
        run(places, console, "Unpacking a bare Debian", ["tar", "--extract", "--file", base, "--directory", root])
        before = _files(root)
        _prepare(places, root, package)
        _install(places, console, root)
        for title, command in _STEPS:
            in_chroot(
                places, console, root, title, f"su - {_USER} -c {shlex.quote(f'HYPERSPOT_KEYRING=off {command}')}"
            )
        _remove(places, console, root, before)
    finally:
        _throw_away(root)


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


def _prepare(places: Places, root: Path, package: Path) -> None:
    """A user with a note, the package, and a model that the user was given."""
    (root / "media" / "models").mkdir(parents=True)
    for model in places.layout.starter_models.glob("*.gguf"):
        shutil.copyfile(model, root / "media" / "models" / model.name)
    shutil.copyfile(package, root / "media" / package.name)
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(Path("/etc") / name, root / "etc" / name)


def _install(places: Places, console: Console, root: Path) -> None:
    apt = "DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends"
    in_chroot(places, console, root, "Installing it with apt", f"apt-get -q update && {apt} install /media/*.deb")
    commands = (
        f"useradd --create-home --shell /bin/bash {_USER}",
        f"mkdir {_HOME}/notes",
        f"echo {shlex.quote(_NOTE)} > {_HOME}/notes/lease.txt",
        f"chown -R {_USER} {_HOME}",
    )
    in_chroot(places, console, root, "Adding a user", " && ".join(commands))


def _remove(places: Places, console: Console, root: Path, before: frozenset[str]) -> None:
    in_chroot(places, console, root, "Removing it", f"apt-get -q -y purge {NAME}")
    left = sorted(name for name in _files(root) - before if NAME in name or "hyperspot" in name)
    ours = [name for name in left if not name.startswith(("home/", "media/", "var/cache/", "var/log/", "tmp/"))]
    if ours or (root / INSTALLED.relative_to("/")).exists():
        raise SetupError(f"The removal left {', '.join(ours[:5]) or INSTALLED}.", "Correct what the package installs.")


def in_chroot(places: Places, console: Console, root: Path, title: str, script: str) -> list[str]:
    """Run a shell line as root of the folder, with its own mounts, which end with it."""
    mounts = "mount -t proc proc proc && mount --rbind /sys sys && mount --rbind /dev dev"
    inside = f"cd {shlex.quote(str(root))} && {mounts} && exec chroot . /bin/sh -c {shlex.quote(script)}"
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", inside]
    return run(places, console, title, command)


def run(places: Places, console: Console, title: str, command: Sequence[str | Path]) -> list[str]:
    """
    Raises:
        SetupError: it failed; the sentence has the last that it said.
    """
    log = places.layout.logs / "package-test.log"
    with console.step(title) as step:
        try:
            said = run_logged(command, step=step, log=log, env=environment({"LC_ALL": "C.UTF-8"}))
        except CommandFailed as error:
            last = " / ".join(error.output[-12:]) or str(error)
            raise SetupError(f"{title} failed: {last}", f"All that was said is in {log}.") from error
    for line in said[-12:] if title.startswith(("Its", "A ")) else ():
        console.say(f"  {line}")
    return said


def _files(root: Path) -> frozenset[str]:
    listing = subprocess.run(["find", ".", "-xdev", "-printf", "%P\\n"], cwd=root, capture_output=True, check=True)
    return frozenset(listing.stdout.decode("utf-8", "replace").splitlines())


def _throw_away(root: Path) -> None:
    if root.is_mount() or any(path.is_mount() for path in (root / "proc", root / "sys", root / "dev")):
        raise SetupError(f"Something is still mounted below {root}.", "Unmount it first.")
    shutil.rmtree(root, ignore_errors=True)
