"""Packs a folder as the read-only file system that an AppImage carries behind its run-time."""

from __future__ import annotations

from pathlib import Path

from devtools.building.places import Places, epoch
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.process import environment, run_logged

# Blocks of 128 KiB, as AppImages have them: what starts a program reads small pieces from many places.
_COMMAND = ("mksquashfs", "-noappend", "-no-progress", "-no-xattrs", "-all-root", "-comp", "zstd", "-b", "131072")


def make_squashfs(places: Places, console: Console, folder: Path, target: Path) -> Path:
    """The file system in one file; its times are that of the build.

    Raises:
        SetupError: mksquashfs failed; the sentence has its last line.
    """
    target.unlink(missing_ok=True)
    log = places.layout.logs / "squashfs.log"
    program, *options = _COMMAND
    with console.step("Packing it as a file system") as step:
        try:
            # It takes its times from there, and refuses to be told in two ways.
            env = environment({"SOURCE_DATE_EPOCH": epoch(places.layout)})
            run_logged([program, folder, target, *options], step=step, log=log, env=env)
        except CommandFailed as error:
            reason = error.output[-1] if error.output else str(error)
            raise SetupError(f"mksquashfs failed: {reason}", f"All that was said is in {log}.") from error
    return target
