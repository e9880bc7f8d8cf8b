"""``dev.py build sign`` and ``dev.py build verify``: sums and signatures of what lies in the folder of artefacts."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools.building.places import Places
from devtools.building.releasing import gpg, provenance
from devtools.building.releasing.checksums import SUMS, read_sums, sha256, write_sums
from devtools.console import Console
from devtools.errors import SetupError
from devtools.system import ensure_build_tools


def sign_command(places: Places, console: Console, arguments: Sequence[str]) -> int:
    """Sign what was made; the exit status."""
    about = f"Sign what was made, with the key in {gpg.KEY} (and {gpg.PASSPHRASE})."
    argparse.ArgumentParser(prog="dev.py build sign", description=about).parse_args(arguments)
    ensure_build_tools(places.layout, console, gpg.TOOLS)
    with console.step("Signing"):
        signed, fingerprint = sign(places, os.environ)
    console.say(f"Signed with the key {fingerprint}: {', '.join(signed)}.")
    return 0


def verify_command(places: Places, console: Console, arguments: Sequence[str]) -> int:
    """Verify what lies in the folder of artefacts, or in another one; the exit status."""
    parser = argparse.ArgumentParser(prog="dev.py build verify", description="Verify sums and signatures.")
    parser.add_argument("key", type=Path, help="file with the public key that everything has to be signed with")
    parser.add_argument(
        "folder", type=Path, nargs="?", default=places.artefacts, help="default: build/package/artefacts"
    )
    options = parser.parse_args(arguments)
    ensure_build_tools(places.layout, console, gpg.TOOLS)
    verify(options.folder, options.key)
    console.say(f"Everything in {options.folder} is as it was signed.")
    return 0


def sign(places: Places, environ: Mapping[str, str]) -> tuple[list[str], str]:
    """Write SHA256SUMS and the signatures. Gives the names of the signed files and the key's fingerprint.

    Raises:
        SetupError: there is no key, nothing to sign, or something that must not be signed; the sentence names it.
    """
    files = downloads(places.artefacts)
    artefacts = [file for file in files if not _is_companion(file)]
    _hold_current(places)
    _hold_recorded(artefacts)
    with gpg.signer(environ) as signer:
        sums = write_sums(places.artefacts, files)
        signed = [*artefacts, sums]
        for file in signed:
            signer.sign(file)
        return [file.name for file in signed], signer.fingerprint


def verify(folder: Path, public_key: Path) -> None:
    """
    Raises:
        SetupError: something is not as it was signed, or was signed with another key; the sentence names it.
    """
    files = downloads(folder)
    with gpg.verifier(public_key) as home:
        wrong = [
            f"{file.name} (its signature)"
            for file in [*files, folder / SUMS]
            if not _is_companion(file) and not gpg.verified(home, file)
        ]
    sums = read_sums(folder) if (folder / SUMS).is_file() else {}
    present = {file.name: file for file in files}
    wrong += [f"{name} (missing)" for name in sorted(sums.keys() - present.keys())]
    wrong += [f"{name} (not in {SUMS})" for name in sorted(present.keys() - sums.keys())]
    wrong += [f"{name} (its sum)" for name, file in present.items() if name in sums and sha256(file) != sums[name]]
    if wrong:
        raise SetupError(f"Not as it was signed: {', '.join(wrong)}.", "Do not use it; fetch it anew.")


def downloads(folder: Path) -> list[Path]:
    """Every file that people download, without sums and signatures; folders are for those who pack them on.

    Raises:
        SetupError: there is none.
    """
    files = [file for file in sorted(folder.glob("*")) if file.is_file() and file.suffix != gpg.SUFFIX]
    files = [file for file in files if file.name != SUMS]
    if not any(not _is_companion(file) for file in files):
        raise SetupError(f"There is nothing in {folder} that could be signed.", "Make it first: python3 dev.py build")
    return files


def is_of_version(name: str, version: str) -> bool:
    """Whether a file's name bears this version and not a longer one that contains it."""
    return re.search(rf"(?<![\d.]){re.escape(version)}(?!\.?\d)", name) is not None


def _is_companion(file: Path) -> bool:
    """What tells of artefacts: SHA256SUMS vouches for it."""
    return file.name.endswith((provenance.SUFFIX, provenance.BILL_SUFFIX))


def _hold_current(places: Places) -> None:
    """No file of another version may lie there: it would be uploaded along."""
    names = [one.name for one in sorted(places.artefacts.iterdir()) if one.is_file()]
    ours = (SUMS, SUMS + gpg.SUFFIX)
    stale = [name for name in names if name not in ours and not is_of_version(name, places.version)]
    if stale:
        raise SetupError(
            f"These are not of version {places.version}, which alone is signed: {', '.join(stale)}.",
            f"Take them out of {places.artefacts}.",
        )


def _hold_recorded(artefacts: Sequence[Path]) -> None:
    """Nothing is signed of which it is not known what it was made from."""
    known = {file: provenance.read(file) for file in artefacts}
    unknown = [file.name for file, said in known.items() if said is None or said.sha256 != sha256(file)]
    if unknown:
        raise SetupError(f"Nothing tells what these were made from: {', '.join(unknown)}.", "Make them again.")
    sources = {said.source for said in known.values() if said is not None}
    if any(source.changed for source in sources):
        changed = [file.name for file, said in known.items() if said is not None and said.source.changed]
        raise SetupError(
            f"These were made from changes that are in no commit: {', '.join(changed)}.", "Commit, and make them again."
        )
    if len(sources) > 1:
        raise SetupError(
            f"These were made from different commits: {', '.join(file.name for file in artefacts)}.",
            "Make them again from one.",
        )
