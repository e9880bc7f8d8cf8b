"""The virtual environment and the locked packages in it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Console, Step
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.process import environment, run_logged, run_quiet
from devtools.stamps import Stamps, digest
from devtools.system import ensure_venv_module

NETWORK_SIGNS = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "nodename nor servname provided",
    "getaddrinfo failed",
    "Network is unreachable",
    "Connection refused",
    "Connection reset",
    "Cannot connect to proxy",
    "ProxyError",
    "timed out",
    "ConnectTimeout",
    "ReadTimeout",
    "No route to host",
    "NewConnectionError",
    "Max retries exceeded",
    "SSLError",
    "CERTIFICATE_VERIFY_FAILED",
)
# Runs inside the environment: prints each requirement of a lock that is not installed in its locked version.
# pip writes INSTALLER last: a package without it was cut short, and must not count as installed for pip either.
MISSING_SCRIPT = """
import shutil, sys
from importlib.metadata import PackageNotFoundError, distribution
from pip._vendor.packaging.requirements import Requirement
for line in open(sys.argv[1], encoding="utf-8"):
    if line[:1].isalnum():
        wanted = Requirement(line.rstrip().rstrip("\\\\").strip())
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            installed = distribution(wanted.name)
            found = installed.version
            if installed.read_text("INSTALLER") is None:
                shutil.rmtree(installed._path, ignore_errors=True)
                found = None
        except PackageNotFoundError:
            found = None
        if found is None or not wanted.specifier.contains(found, prereleases=True):
            print(wanted.name + str(wanted.specifier))
"""


@dataclass(frozen=True)
class LockedPackage:
    """One pinned package of a lock file; ``hashes`` are the sha256 hex digests of its files."""

    name: str
    version: str
    hashes: frozenset[str]


def read_lock(path: Path) -> list[LockedPackage]:
    """The packages of a lock file in its order; markers are left to pip."""
    packages: list[LockedPackage] = []
    for entry in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
        pin = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", entry)
        if pin:
            hashes = frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
            packages.append(LockedPackage(pin[1], pin[2], hashes))
    return packages


def network_failed(output: Sequence[str]) -> bool:
    """Whether pip's words mean that the index could not be reached, rather than that it refused."""
    return any(sign in line for line in output for sign in NETWORK_SIGNS)


def pip_progress(line: str) -> str | None:
    """What to show of a line of pip: what it is at, without addresses."""
    found = re.match(r"(Collecting|Downloading|Using cached|Building wheels? for|Installing) (.+)", line)
    if found is None:
        return None
    if found[1] == "Installing":
        return "unpacking"
    rest = re.sub(r"\S*/", "", found[2]).split(" (from ")[0]
    return f"{found[1].lower()} {rest}"


def ensure_venv(layout: Layout, console: Console) -> None:
    """Create .venv, or again when it is half made, broken, or made for another place or Python.

    Raises:
        SetupError: this Python cannot create environments.
    """
    stamps = Stamps(layout.stamps)
    key = digest(str(layout.root), sys.version, sys.base_prefix)
    if stamps.is_done("venv", key) and layout.python.exists():
        return
    if _is_sound(layout):
        stamps.mark("venv", key)
        return
    ensure_venv_module(layout, console)
    with console.step("Creating the Python environment .venv") as step:
        shutil.rmtree(layout.venv, ignore_errors=True)
        try:
            run_logged([sys.executable, "-m", "venv", layout.venv], step=step, log=layout.logs / "venv.log")
        except CommandFailed as error:
            raise SetupError(
                "The Python environment could not be created.", f"See {layout.logs / 'venv.log'}: {error.output[-1:]}"
            ) from error
    stamps.mark("venv", key)


def _is_sound(layout: Layout) -> bool:
    """Whether an environment that we did not finish making is whole all the same, and this Python's."""
    check = "import pip, sys; print(sys.version, sys.base_prefix, sys.prefix)"
    try:
        answer = run_quiet([layout.python, "-c", check])
    except (OSError, CommandFailed):
        return False
    return answer.split() == f"{sys.version} {sys.base_prefix} {layout.venv}".split()


def ensure_packages(layout: Layout, console: Console, name: str, title: str) -> None:
    """Install the packages of ``requirements/<name>.lock``, each file checked against its hash.

    Raises:
        SetupError: an index could not be reached (the sentence names the missing packages), or pip failed.
    """
    stamps = Stamps(layout.stamps)
    lock = layout.lock(name)
    key = digest(lock)
    if stamps.is_done(name, key):
        return
    missing = run_quiet([layout.python, "-I", "-c", MISSING_SCRIPT, lock]).split()
    if missing:
        with console.step(f"{title} ({len(missing)} packages)") as step:
            # No sources: building one would fetch build tools that no lock vouches for.
            arguments: list[str | Path] = [
                "install",
                "--require-hashes",
                "--no-deps",
                "--only-binary",
                ":all:",
                "-r",
                lock,
            ]
            try:
                run_pip(layout, arguments, step=step, log=layout.logs / f"{name}.log")
            except CommandFailed as error:
                raise pip_error(error, f"{title} stopped.", missing, layout.logs / f"{name}.log") from error
    stamps.mark(name, key)


def ensure_project(layout: Layout, console: Console) -> None:
    """Put the checkout itself into the environment (editable), with its programs and entry points."""
    stamps = Stamps(layout.stamps)
    key = digest(str(layout.root), layout.root / "pyproject.toml")
    if stamps.is_done("project", key):
        return
    with console.step("Adding HyperSpot Desktop to the environment") as step:
        arguments: list[str | Path] = [
            "install",
            "--no-index",
            "--no-deps",
            "--no-build-isolation",
            "--editable",
            layout.root,
        ]
        try:
            run_pip(layout, arguments, step=step, log=layout.logs / "project.log")
        except CommandFailed as error:
            raise pip_error(error, "The checkout could not be installed.", [], layout.logs / "project.log") from error
    stamps.mark("project", key)


def ensure_bytecode(layout: Layout) -> None:
    """Compile what changed of the sources: children may not write it, and would compile theirs at each start."""
    # A file that does not compile is said by whoever imports it, and by the checks.
    with contextlib.suppress(CommandFailed):
        run_quiet([layout.python, "-m", "compileall", "-q", layout.root / "src"])


def run_pip(layout: Layout, arguments: Sequence[str | Path], *, step: Step, log: Path) -> None:
    """Run the environment's pip with the user's own index settings.

    Raises:
        CommandFailed: pip ended with a non-zero status.
    """
    env = environment({"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_RETRIES": "2"})
    if os.environ.get("PIP_RETRIES"):
        env["PIP_RETRIES"] = os.environ["PIP_RETRIES"]
    command = [layout.python, "-m", "pip", *arguments, "--progress-bar", "off"]
    run_logged(command, step=step, log=log, env=env, interpret=pip_progress)


def pip_error(error: CommandFailed, sentence: str, missing: Sequence[str], log: Path) -> SetupError:
    """Say why pip failed, in a person's words, and name what is missing."""
    named = f" Missing: {', '.join(missing)}." if missing else ""
    nothing_found = any("(from versions: none)" in line for line in error.output)
    if network_failed(error.output) or nothing_found:
        reason = ", or does not have them" if nothing_found else ""
        return SetupError(
            f"{sentence} The package index could not be reached{reason}.{named}",
            "Connect to the network (or point pip at your index) and run the same command again; it goes on from here.",
        )
    reason = next((line for line in reversed(error.output) if line.startswith("ERROR")), str(error))
    return SetupError(f"{sentence} pip says: {reason}{named}", f"All that pip said is in {log}.")
