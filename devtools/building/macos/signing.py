"""Signs a bundle from the inside out: whatever lies in something else is signed before it, and everything once.

``codesign --deep`` would do it in one line, but gives the entitlements of the program to every library, and does not
find what lies in unusual places.
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from devtools.building.macos.commands import Command, Word
from devtools.building.macos.macho import macho_files
from devtools.errors import SetupError

AD_HOC = "-"
"""Signs for the Mac that it is done on: nobody vouches for it, but without a signature nothing runs at all."""
_AT_ONCE = 40
"""Files of one command. codesign takes them in their order, and each waits for a server that tells the time."""


def signing_order(bundle: Path) -> list[Path]:
    """What codesign is given, in this order: files of code, frameworks and helpers, and the bundle itself last.

    The main executable of a bundle is signed with it, so it is not in the list.

    Raises:
        SetupError: a framework or helper has no executable; codesign could not sign it.
    """
    mains = {bundle: _main_of(bundle)} | {folder: _main_of(folder) for folder in _nested_bundles(bundle)}
    files = [file for file in macho_files(bundle) if file not in mains.values()]
    nested = [*files, *(folder for folder in mains if folder != bundle)]
    return [*sorted(nested, key=lambda path: (-len(path.parts), str(path))), bundle]


def sign_commands(bundle: Path, identity: str, entitlements: Path) -> list[Command]:
    """Sign everything with the hardened runtime and a time that a server vouches for, then verify it."""
    *nested, last = signing_order(bundle)
    sign: list[Word] = ["codesign", "--force", "--sign", identity]
    if identity == AD_HOC:
        commands = _batches("Signing for this Mac alone", sign, nested)
        return [*commands, Command("Signing the bundle for this Mac alone", [*sign, last]), *_verified(nested, last)]
    sign += ["--options", "runtime", "--timestamp"]
    return [
        *_batches("Signing what lies inside", sign, nested),
        Command("Signing the bundle", [*sign, "--entitlements", entitlements, last]),
        *_verified(nested, last),
    ]


def _verified(nested: Sequence[Path], bundle: Path) -> list[Command]:
    return _batches("Verifying the signatures", ["codesign", "--verify", "--strict", "--verbose=2"], [*nested, bundle])


def _batches(about: str, words: Sequence[Word], paths: Sequence[Path]) -> list[Command]:
    parts = [paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE)]
    return [
        Command(f"{about} ({number} of {len(parts)})" if len(parts) > 1 else about, [*words, *part])
        for number, part in enumerate(parts, 1)
    ]


def _nested_bundles(bundle: Path) -> Iterator[Path]:
    """The folders that codesign takes as one thing: versions of frameworks, and helpers that are programs."""
    for folder in sorted(bundle.rglob("*")):
        if not folder.is_dir() or folder.is_symlink():
            continue
        if folder.suffix == ".framework":
            versions = [one for one in sorted(folder.glob("Versions/*")) if not one.is_symlink()]
            yield from versions or [folder]
        elif folder.suffix in (".app", ".xpc"):
            yield folder


def _main_of(folder: Path) -> Path:
    framework = next((one for one in (folder, folder.parent.parent) if one.suffix == ".framework"), None)
    if framework is not None:
        main = folder / framework.stem
    else:
        plist = plistlib.loads((folder / "Contents" / "Info.plist").read_bytes())
        main = folder / "Contents" / "MacOS" / plist["CFBundleExecutable"]
    if not main.is_file() or main.is_symlink():
        raise SetupError(f"{folder} has no executable, so it cannot be signed.", "Look at how the program was frozen.")
    return main
