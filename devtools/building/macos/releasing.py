"""Has Apple look at what was signed, fastens its answer to it, and puts the program on a disk image."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from devtools.building.macos.commands import Command, Word
from devtools.building.macos.keys import KeyFiles, Keys
from devtools.errors import SetupError

_PATIENCE = "30m"


def notarise_commands(bundle: Path, archive: Path, keys: Keys, files: KeyFiles) -> list[Command]:
    """For a program: it travels as an archive, and the answer is fastened to the program itself."""
    return [
        Command("Packing it for Apple", ["ditto", "-c", "-k", "--keepParent", bundle, archive]),
        _submit(archive, keys, files),
        Command("Fastening Apple's answer to the program", ["xcrun", "stapler", "staple", bundle]),
        Command("Asking Gatekeeper", ["spctl", "--assess", "--type", "execute", "--verbose=2", bundle]),
    ]


def image_commands(folder: Path, image: Path, name: str) -> list[Command]:
    """A disk image of a folder: what people see when they open it. LZMA is read since macOS 10.15."""
    words: list[Word] = ["hdiutil", "create", "-volname", name, "-srcfolder", folder]
    return [Command("Making the disk image", [*words, "-fs", "HFS+", "-format", "ULMO", "-ov", image])]


def release_image_commands(image: Path, identifier: str, keys: Keys, files: KeyFiles) -> list[Command]:
    """The image is signed and notarised, too, so that it opens without a question where there is no network."""
    sign: list[Word] = ["codesign", "--force", "--sign", keys.identity, "--timestamp", "--identifier", identifier]
    assess: list[Word] = ["spctl", "--assess", "--type", "open", "--context", "context:primary-signature"]
    return [
        Command("Signing the disk image", [*sign, image]),
        _submit(image, keys, files),
        Command("Fastening Apple's answer to the disk image", ["xcrun", "stapler", "staple", image]),
        Command("Asking Gatekeeper about the disk image", [*assess, "--verbose=2", image]),
    ]


def trial_commands(image: Path, mounted: Path, bundle: str, program: str) -> tuple[list[Command], list[Command]]:
    """Run the program's own test from the image, as people who look into it do; and put the image away again."""
    attach: list[Word] = ["hdiutil", "attach", "-readonly", "-nobrowse", "-mountpoint", mounted, image]
    inside = mounted / bundle / "Contents" / "MacOS" / program
    trial = [Command("Opening the disk image", attach), Command("Its own test", [inside, "--self-test"])]
    return trial, [Command("Closing the disk image", ["hdiutil", "detach", mounted])]


def _submit(what: Path, keys: Keys, files: KeyFiles) -> Command:
    words: list[Word] = ["xcrun", "notarytool", "submit", what, "--key", files.api_key]
    words += ["--key-id", keys.api_key_id, "--issuer", keys.api_issuer]
    words += ["--wait", "--timeout", _PATIENCE, "--output-format", "json"]
    return Command(f"Having Apple look at {what.name}", words, accept=hold_accepted)


def hold_accepted(said: Sequence[str]) -> None:
    """notarytool ends with 0 when it got an answer, whatever the answer was.

    Raises:
        SetupError: the answer is not ``Accepted``.
    """
    answer = _answer(said)
    if answer.get("status") == "Accepted":
        return
    number = answer.get("id", "ID")
    raise SetupError(
        f"Apple did not accept it: {answer.get('status') or ' / '.join(said[-3:]) or 'no answer'}.",
        f"Read why: xcrun notarytool log {number} --key FILE --key-id ID --issuer ISSUER",
    )


def _answer(said: Sequence[str]) -> dict[str, str]:
    """The JSON that it said among its progress; empty when there is none."""
    text = "\n".join(said)
    try:
        found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
