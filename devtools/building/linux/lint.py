"""What the tools of the distributions say about a package; a single complaint stops the build."""

from __future__ import annotations

from pathlib import Path

from devtools.building.places import Places
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import run_quiet


def check_descriptions(places: Places, console: Console) -> None:
    """The desktop file and the AppStream metadata.

    Raises:
        SetupError: a validator complains; the sentence has its words.
    """
    with console.step("Checking what desktops are told"):
        _run("The desktop file", ["desktop-file-validate", places.linux / "hyperspot.desktop"])
        command: list[str | Path] = ["appstreamcli", "validate", "--no-net", places.linux / "hyperspot.metainfo.xml"]
        _run("The AppStream metadata", command)


def check_deb(_places: Places, console: Console, package: Path) -> None:
    """lintian, with the overrides that the package itself carries and gives reasons for.

    Raises:
        SetupError: lintian found an error or a warning.
    """
    with console.step("Asking lintian"):
        _run("The package", ["lintian", "--allow-root", "--fail-on", "error,warning", package])


def _run(what: str, command: list[str | Path]) -> None:
    try:
        run_quiet(command)
    except CommandFailed as error:
        said = " / ".join(line.strip() for line in error.output[:12] if line.strip())
        raise SetupError(f"{what} has faults: {said}", "Correct what is named.") from error
