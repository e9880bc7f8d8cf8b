"""Writes into the frozen program what it consists of: a bill for programs, one for people, and all licence texts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools.building.bill.assemble import Assembler
from devtools.building.bill.components import Component, read_listing
from devtools.building.bill.document import Product, document
from devtools.building.bill.installed import owners, packages
from devtools.building.bill.mapping import Mapper, files_of
from devtools.building.bill.notices import notices
from devtools.building.bill.system import package_of
from devtools.building.bill.texts import STANDARD, Folder, TextPlaces
from devtools.building.places import BILL, LICENCES, NAME, NOTICES, Places, epoch
from devtools.console import Console
from devtools.errors import SetupError
from devtools.process import environment

_NAMED = 12
_TITLE = "HyperSpot Desktop"


@dataclass(frozen=True)
class Probe:
    """What the environment's own Python tells: modules inside the executable, versions, and folders."""

    modules: list[str]
    versions: Mapping[str, str]
    packages: Path
    python: Path


def write_bill(places: Places, console: Console, program: Path, replaced: Path, commit: str) -> None:
    """Write the bill of the program in this folder; packages in ``replaced`` go before those of the environment.

    Raises:
        SetupError: something in the program is of nobody that is known, may not be shipped, or has no licence text.
    """
    for name in (BILL, NOTICES):
        (program / name).unlink(missing_ok=True)
    shutil.rmtree(program / LICENCES, ignore_errors=True)
    with console.step("Listing what it consists of"):
        executable = next(one for one in (program / NAME, program / f"{NAME}.exe") if one.is_file())
        probe = ask_environment(places, executable)
        components, gaps = list_components(places, program, probe, replaced)
        folder = Folder(places.licences / STANDARD)
        names = {one.name: _texts(folder, one) for one in components}
        folder.write(program / LICENCES)
        product = Product(
            NAME,
            places.version,
            _own_licence(places),
            int(epoch(places.layout)),
            commit,
        )
        (program / BILL).write_text(document(product, components, complete=not gaps), encoding="utf-8")
        text = notices(f"{_TITLE} {places.version}", components, names)
        (program / NOTICES).write_text(text, encoding="utf-8")
    for gap in gaps:
        console.say(f"  The bill has a gap: {gap}.")


def list_components(
    places: Places, program: Path, probe: Probe, replaced: Path, *, strict: bool = sys.platform == "linux"
) -> tuple[list[Component], list[str]]:
    """What the program consists of, and which gaps are left.

    Only where the list was tried, gaps stop a build; elsewhere it says them, so that they can be filled there.

    Raises:
        SetupError: something may not be shipped, or there are gaps; the sentence names the first of them.
    """
    listing = read_listing(places.layout.root / "packaging" / "components.toml")
    installed = packages([replaced, probe.packages])
    text_places = TextPlaces(places.layout.root, places.licences, probe.packages, probe.python, installed)
    assembler = Assembler(listing, installed, probe.versions, text_places, package_of)
    mapped = Mapper(listing, owners(installed.values())).map(files_of(program), probe.modules)
    components = assembler.components(mapped)
    gaps = list(dict.fromkeys(assembler.problems))
    wrong = [*dict.fromkeys(assembler.refused), *(gaps if strict else ())]
    if wrong:
        more = f"; and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        raise SetupError(
            f"It may not be shipped as it is: {'; '.join(wrong[:_NAMED])}{more}.",
            "Say what it is in packaging/components.toml, or keep it out in packaging/pyinstaller/contents.py.",
        )
    return components, gaps


def ask_environment(places: Places, executable: Path | None) -> Probe:
    """Without an executable it tells no modules, and needs no PyInstaller.

    Raises:
        SetupError: the environment's Python could not answer.
    """
    command: list[str | Path] = [places.layout.python, places.layout.root / "packaging" / "bill_probe.py"]
    command += [executable] if executable else []
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:]
        raise SetupError(f"The environment cannot be asked what is in it: {''.join(last)}", "Run: python3 dev.py setup")
    said: dict[str, Any] = json.loads(done.stdout)
    paths = said["paths"]
    return Probe(said["modules"], said["versions"], Path(paths["packages"]), Path(paths["python"]))


def _texts(folder: Folder, one: Component) -> list[str]:
    """The names of its texts and of those of its parts."""
    return list(dict.fromkeys(name for part in (one, *one.parts) for name in folder.names(part)))


def _own_licence(places: Places) -> str:
    """What the AppStream metadata says."""
    metadata = (places.linux / "hyperspot.metainfo.xml").read_text(encoding="utf-8")
    found = re.search(r"<project_license>([^<]+)</project_license>", metadata)
    return found[1] if found else "NOASSERTION"
