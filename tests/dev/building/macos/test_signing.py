"""Signing a bundle from the inside out."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from devtools.building.macos.commands import Command
from devtools.building.macos.macho import macho_files
from devtools.building.macos.signing import AD_HOC, sign_commands, signing_order
from devtools.building.macos.stand_in import macho
from devtools.errors import SetupError

ENTITLEMENTS = Path("entitlements.plist")
IDENTITY = "Developer ID Application: NAME (TEAM)"


def code(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(macho())
    return file


def program(folder: Path, name: str) -> Path:
    """A bundle that is a program."""
    code(folder / "Contents" / "MacOS" / name)
    (folder / "Contents" / "Info.plist").write_bytes(plistlib.dumps({"CFBundleExecutable": name}))
    return folder


def framework(folder: Path, *versions: str) -> Path:
    for version in versions:
        code(folder / "Versions" / version / folder.stem)
    (folder / "Versions" / "Current").symlink_to(versions[-1])
    (folder / folder.stem).symlink_to(f"Versions/Current/{folder.stem}")
    return folder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    made = program(tmp_path / "HyperSpot.app", "hyperspot-desktop")
    frameworks = made / "Contents" / "Frameworks"
    code(made / "Contents" / "MacOS" / "helper")
    code(frameworks / "libone.dylib")
    code(frameworks / "deep" / "deeper" / "two.so")
    core = framework(frameworks / "QtCore.framework", "A", "B")
    program(core / "Versions" / "A" / "Helpers" / "Process.app", "Process")
    code(core / "Versions" / "A" / "Libraries" / "libinner.dylib")
    (frameworks / "alias.dylib").symlink_to("libone.dylib")
    (frameworks / "data.txt").write_text("no code", encoding="utf-8")
    return made


def signed_by(unit: Path) -> Path:
    """The Mach-O file whose signature a unit bears."""
    if unit.is_file():
        return unit
    plist = unit / "Contents" / "Info.plist"
    if plist.is_file():
        return unit / "Contents" / "MacOS" / str(plistlib.loads(plist.read_bytes())["CFBundleExecutable"])
    return unit / unit.parent.parent.stem


def signings(commands: list[Command]) -> list[list[str]]:
    return [list(map(str, one.words)) for one in commands if "--sign" in one.words]


def test_what_lies_inside_is_signed_before_what_it_lies_in(bundle: Path) -> None:
    order = signing_order(bundle)
    for number, unit in enumerate(order):
        assert [later for later in order[number + 1 :] if unit in later.parents] == []
    assert order[-1] == bundle


def test_every_file_of_code_is_signed_exactly_once(bundle: Path) -> None:
    signed = [signed_by(unit) for unit in signing_order(bundle)]
    assert sorted(signed) == sorted(macho_files(bundle))
    assert len(signed) == 8


def test_the_commands_name_everything_once_in_that_order_however_many_there_are(bundle: Path) -> None:
    for number in range(100):
        code(bundle / "Contents" / "Frameworks" / "many" / f"{number}.so")
    commands = signings(sign_commands(bundle, IDENTITY, ENTITLEMENTS))
    named = [word for words in commands for word in words if word.startswith(str(bundle))]
    assert named == [str(unit) for unit in signing_order(bundle)]
    assert len(commands) > 2


def test_only_the_bundle_gets_entitlements_and_all_get_the_hardened_runtime_and_a_time(bundle: Path) -> None:
    *nested, last = signings(sign_commands(bundle, IDENTITY, ENTITLEMENTS))
    assert last[-3:] == ["--entitlements", "entitlements.plist", str(bundle)]
    assert not any("--entitlements" in words for words in nested)
    for words in [*nested, last]:
        assert words[:4] == ["codesign", "--force", "--sign", IDENTITY]
        assert words[words.index("--options") + 1] == "runtime"
        assert "--timestamp" in words
        assert "--deep" not in words


def test_everything_that_was_signed_is_verified_afterwards(bundle: Path) -> None:
    commands = sign_commands(bundle, IDENTITY, ENTITLEMENTS)
    verified = [str(word) for one in commands if "--verify" in one.words for word in one.words]
    assert {str(unit) for unit in signing_order(bundle)} <= set(verified)
    kinds = ["--sign" in one.words for one in commands]
    assert kinds == sorted(kinds, reverse=True)


def test_for_this_mac_alone_it_is_signed_without_what_only_a_certificate_gives(bundle: Path) -> None:
    for words in signings(sign_commands(bundle, AD_HOC, ENTITLEMENTS)):
        assert words[:4] == ["codesign", "--force", "--sign", "-"]
        assert not {"--options", "--timestamp", "--entitlements"} & set(words)


def test_a_framework_without_its_library_is_named(bundle: Path) -> None:
    (bundle / "Contents/Frameworks/QtCore.framework/Versions/B/QtCore").unlink()
    with pytest.raises(SetupError, match=r"QtCore\.framework/Versions/B has no executable"):
        signing_order(bundle)
