"""Lays the frozen program out as a bundle of macOS.

codesign takes everything in ``Contents/Frameworks`` for code, and a folder with a dot in its name for a bundle. So code
lies there and data in ``Contents/Resources``, each with links to the other's, and such folders get another name and a
link with their own. PyInstaller lays its bundles out in the same way, and its executable looks for the program in
``Contents/Frameworks`` when it lies in ``Contents/MacOS`` itself.
"""

from __future__ import annotations

import os
import plistlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devtools.building.macos.macho import macho_files
from devtools.building.places import NAME, PROGRAMS, settle
from devtools.errors import SetupError

BUNDLE = "HyperSpot.app"
_CODE, _DATA, _BOTH = "code", "data", "both"


def lay_out(program: Path, bundle: Path, info: Mapping[str, Any], icon: Path, seconds: int) -> None:
    """Make ``bundle`` of a folder as PyInstaller makes it (the executable and ``_internal``).

    Raises:
        SetupError: there is no executable, or a link leads out of the bundle.
    """
    contents = bundle / "Contents"
    programs, frameworks, resources = (contents / name for name in ("MacOS", "Frameworks", "Resources"))
    for folder in (programs, frameworks, resources):
        folder.mkdir(parents=True)
    if not (program / NAME).is_file():
        raise SetupError(f"There is no {NAME} in {program}.", "Freeze the program anew: leave --again out.")
    shutil.copy2(program / NAME, programs / str(info["CFBundleExecutable"]))
    _Split(program / "_internal", frameworks, resources).split()
    shutil.copyfile(icon, resources / str(info["CFBundleIconFile"]))
    # The terminal's programs, by their names; whoever wants them puts links to these where the shell looks.
    (resources / "bin").mkdir()
    for name in PROGRAMS[1:]:
        (resources / "bin" / name).symlink_to(f"../../MacOS/{info['CFBundleExecutable']}")
    (contents / "Info.plist").write_bytes(plistlib.dumps(dict(info)))
    _hold_links(bundle)
    settle(bundle, seconds)


class _Split:
    """Code to one side, data to the other."""

    def __init__(self, source: Path, frameworks: Path, resources: Path) -> None:
        self._source = source
        self._frameworks = frameworks
        self._resources = resources
        self._code = set(macho_files(source))

    def split(self) -> None:
        self._both(self._source, self._frameworks, self._resources)

    def _both(self, folder: Path, code: Path, data: Path) -> None:
        for path in sorted(folder.iterdir()):
            kind = self._kind(path)
            if kind == _BOTH:
                (data / path.name).mkdir()
                self._both(path, _folder(code, path.name), data / path.name)
            elif kind == _DATA:
                _copy(path, data / path.name)
                _link(code / path.name, data / path.name)
            else:
                self._only_code(path, code)
                _link(data / path.name, code / path.name)

    def _only_code(self, path: Path, target: Path) -> None:
        if path.is_dir() and not path.is_symlink() and path.suffix != ".framework":
            inside = _folder(target, path.name)
            for one in sorted(path.iterdir()):
                self._only_code(one, inside)
        else:
            _copy(path, target / path.name)

    def _kind(self, path: Path) -> str:
        """Links go with the code: they are names of libraries. A framework is one thing, data and all."""
        if path.is_symlink():
            return _CODE
        if path.is_file():
            return _CODE if path in self._code else _DATA
        has_code = any(path in file.parents for file in self._code)
        if path.suffix == ".framework" and has_code:
            return _CODE
        files = [one for one in path.rglob("*") if one.is_file() and not one.is_symlink()]
        if not has_code:
            return _DATA
        return _CODE if all(one in self._code for one in files) else _BOTH


def _folder(parent: Path, name: str) -> Path:
    """A folder for code; one with a dot in its name gets another, and a link that has its own."""
    if "." not in name:
        (parent / name).mkdir()
        return parent / name
    real = parent / name.replace(".", "__dot__")
    real.mkdir()
    (parent / name).symlink_to(real.name)
    return real


def _copy(source: Path, target: Path) -> None:
    if source.is_symlink():
        target.symlink_to(source.readlink())
    elif source.is_dir():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target)


def _link(link: Path, target: Path) -> None:
    link.symlink_to(os.path.relpath(target, link.parent))


def _hold_links(bundle: Path) -> None:
    inside = bundle.resolve()
    for link in sorted(bundle.rglob("*")):
        if link.is_symlink():
            end = link.resolve()
            if not end.exists() or (inside not in end.parents):
                raise SetupError(
                    f"{link.relative_to(bundle)} leads to {link.readlink()}, which is not in the bundle.",
                    "Look at how the program was frozen.",
                )
