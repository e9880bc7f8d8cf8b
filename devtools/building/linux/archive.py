"""Packs the frozen program as one folder that runs where it lies."""

from __future__ import annotations

import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path

from devtools.building.places import NAME, Places, epoch
from devtools.console import Console
from devtools.errors import SetupError

# The window of level 19 is 8 MB, which every zstd unpacks. Its result does not depend on the number of threads.
_COMPRESS = ("zstd", "-19", "--threads=0", "--quiet", "--force", "-o")


def make_archive(places: Places, console: Console, program: Path) -> Path:
    """The archive; everything in it belongs to root, whoever packs it.

    Raises:
        SetupError: zstd failed.
    """
    places.artefacts.mkdir(parents=True, exist_ok=True)
    target = places.artefacts / f"{NAME}-{places.version}.tar.zst"
    with console.step("Packing it"):
        packer = subprocess.Popen([*_COMPRESS, target], stdin=subprocess.PIPE)
        assert packer.stdin is not None
        # When zstd gives up, writing to it fails; what counts is why it did.
        with suppress(BrokenPipeError), packer, tarfile.open(fileobj=packer.stdin, mode="w|") as bundle:
            _add(bundle, program, int(epoch(places.layout)))
    if packer.returncode != 0:
        raise SetupError(f"zstd ended with status {packer.returncode}.", "Look at what it said above.")
    return target


def _add(bundle: tarfile.TarFile, program: Path, seconds: int) -> None:
    for path in [program, *sorted(program.rglob("*"))]:
        member = bundle.gettarinfo(path, f"{NAME}/{path.relative_to(program)}".removesuffix("/."))
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = seconds
        if member.isreg():
            with path.open("rb") as content:
                bundle.addfile(member, content)
        else:
            bundle.addfile(member)
