"""The commands that make a program for macOS: printed here, run on a Mac."""

from __future__ import annotations

import base64
import os
import shlex
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.building.build import build
from devtools.building.macos import keys as signing_keys
from devtools.building.macos.app import rehearse_app
from devtools.building.macos.bundle import BUNDLE
from devtools.building.macos.commands import Command, Secret, run_all, script
from devtools.building.macos.keys import KeyFiles, close_keychain, keys_from, open_keychain
from devtools.building.macos.releasing import hold_accepted
from devtools.building.macos.signing import signing_order
from devtools.building.places import Places
from devtools.console import Console
from devtools.errors import SetupError
from devtools.layout import Layout

COMPLETE = {
    signing_keys.IDENTITY: "Developer ID Application: NAME (TEAM)",
    signing_keys.API_KEY: "-----BEGIN PRIVATE KEY-----",
    signing_keys.API_KEY_ID: "secret-id",
    signing_keys.API_ISSUER: "secret-issuer",
}
WITH_CERTIFICATE = COMPLETE | {
    signing_keys.CERTIFICATE: base64.b64encode(b"certificate").decode(),
    signing_keys.CERTIFICATE_PASSWORD: "secret-password",
}


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A checkout that has what packaging reads, and whose environment is this one's."""
    layout = Layout(tmp_path)
    real = Layout.here()
    for name in ("packaging/macos", "resources/icons"):
        shutil.copytree(real.root / name, tmp_path / name)
    shutil.copyfile(real.root / "pyproject.toml", tmp_path / "pyproject.toml")
    layout.python.parent.mkdir(parents=True)
    # Not a link: an interpreter finds its packages beside itself.
    layout.python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
    layout.python.chmod(0o755)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return Places(layout)


@pytest.fixture
def printed(places: Places, capsys: pytest.CaptureFixture[str]) -> str:
    rehearse_app(places, Console())
    return capsys.readouterr().out


def commands_of(printed: str) -> list[list[str]]:
    return [shlex.split(line) for line in printed.splitlines() if not line.startswith("#")]


def test_a_dry_run_prints_what_would_be_done_in_its_order(printed: str) -> None:
    steps = [
        "security create-keychain",
        "security import",
        "codesign --force",
        "codesign --verify",
        "ditto",
        "xcrun notarytool",
        "xcrun stapler",
        "spctl",
        "hdiutil create",
        "codesign --force",
        "xcrun notarytool",
        "xcrun stapler",
        "spctl",
        "security delete-keychain",
        "hdiutil attach",
        "hdiutil detach",
    ]
    said = [" ".join(words) for words in commands_of(printed)]
    at = -1
    for step in steps:
        at = next(number for number, line in enumerate(said) if number > at and line.startswith(step))
    assert not any("--deep" in line for line in said)


def test_a_dry_run_is_a_script_that_a_shell_understands(printed: str, tmp_path: Path) -> None:
    file = tmp_path / "printed.sh"
    file.write_text(printed, encoding="utf-8")
    subprocess.run(["sh", "-n", file], check=True)


def test_a_dry_run_lays_the_bundle_out_and_signs_all_of_it(places: Places, printed: str) -> None:
    folder = places.root / "image"
    assert (folder / "Applications").readlink() == Path("/Applications")
    signed = [words for words in commands_of(printed) if "--sign" in words and "--identifier" not in words]
    named = [word for words in signed for word in words if word.startswith(str(folder))]
    assert named == [str(unit) for unit in signing_order(folder / BUNDLE)]


def test_the_icon_has_every_size_as_a_picture(places: Places, printed: str) -> None:
    data = (places.root / "image" / BUNDLE / "Contents" / "Resources" / "hyperspot.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8])[0] == len(data)
    at, edges = 8, {}
    while at < len(data):
        name, length = data[at : at + 4].decode(), struct.unpack(">I", data[at + 4 : at + 8])[0]
        picture = data[at + 8 : at + length]
        assert picture.startswith(b"\x89PNG")
        edges[name] = struct.unpack(">II", picture[16:24])
        at += length
    assert edges["ic07"] == (128, 128)
    assert edges["ic10"] == (1024, 1024)


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac makes it")
def test_without_a_mac_the_cure_is_named_before_anything_is_frozen(places: Places) -> None:
    with pytest.raises(SetupError, match="is made on a Mac") as caught:
        build(places.layout, Console(), ["app"])
    assert "--dry-run" in caught.value.action


def test_a_dry_run_of_what_has_none_is_refused(places: Places) -> None:
    with pytest.raises(SetupError, match="no dry run of deb"):
        build(places.layout, Console(), ["deb", "--dry-run"])


def test_without_any_key_there_are_none_and_what_is_empty_is_not_set() -> None:
    assert keys_from({}) is None
    assert keys_from(dict.fromkeys(signing_keys.VARIABLES, "")) is None


@pytest.mark.parametrize("missing", sorted(WITH_CERTIFICATE.keys() - {signing_keys.CERTIFICATE}))
def test_a_missing_key_is_named(missing: str) -> None:
    with pytest.raises(SetupError, match=f"because {missing} is not set"):
        keys_from({name: value for name, value in WITH_CERTIFICATE.items() if name != missing})


def test_a_certificate_that_is_not_base64_is_named() -> None:
    with pytest.raises(SetupError, match="HYPERSPOT_APPLE_CERTIFICATE is not base64"):
        keys_from(WITH_CERTIFICATE | {signing_keys.CERTIFICATE: "/home/user/certificate.p12"})


def test_with_the_users_own_keychain_none_is_made(tmp_path: Path) -> None:
    keys = keys_from(COMPLETE)
    assert keys is not None
    assert open_keychain(keys, KeyFiles(tmp_path)) == close_keychain(keys, KeyFiles(tmp_path)) == []


def test_keys_lie_where_only_this_user_reads_them(tmp_path: Path) -> None:
    keys, files = keys_from(WITH_CERTIFICATE), KeyFiles(tmp_path)
    assert keys is not None
    files.write(keys)
    assert files.certificate.read_bytes() == b"certificate"
    assert files.api_key.read_text(encoding="utf-8") == "-----BEGIN PRIVATE KEY-----\n"
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_no_secret_is_printed(tmp_path: Path) -> None:
    keys = keys_from(WITH_CERTIFICATE)
    assert keys is not None
    shown = script(open_keychain(keys, KeyFiles(tmp_path))) + repr(keys)
    assert "certificate.p12 -k" in shown
    assert '-P "$HYPERSPOT_APPLE_CERTIFICATE_PASSWORD"' in shown
    for secret in ("secret-password", "secret-id", "secret-issuer"):
        assert secret not in shown


def test_commands_run_in_their_order_until_one_fails_with_what_it_said(tmp_path: Path) -> None:
    file, log = tmp_path / "said", tmp_path / "log"
    write = 'echo "$1" >> "$0"'
    commands = [
        Command("One", ["sh", "-c", write, file, Secret("WORD", "first")]),
        Command("Two", ["sh", "-c", "echo no such thing; exit 3"]),
        Command("Three", ["sh", "-c", write, file, "third"]),
    ]
    with pytest.raises(SetupError, match="Two failed: no such thing"):
        run_all(commands, Console(), log)
    assert file.read_text(encoding="utf-8") == "first\n"


def test_a_tool_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"Signing failed: .*no-such-tool"):
        run_all([Command("Signing", [f"no-such-tool-{os.getpid()}"])], Console(), tmp_path / "log")


def test_what_apple_refuses_stops_the_build_although_the_tool_ends_with_0(tmp_path: Path) -> None:
    hold_accepted(["Processing complete", '{"id": "1", "status": "Accepted", "message": "done"}'])
    answer = 'echo "{\\"id\\": \\"17\\", \\"status\\": \\"Invalid\\"}"'
    with pytest.raises(SetupError, match="did not accept it: Invalid") as caught:
        run_all([Command("Asking", ["sh", "-c", answer], accept=hold_accepted)], Console(), tmp_path / "log")
    assert "notarytool log 17" in caught.value.action
    with pytest.raises(SetupError, match="no answer"):
        hold_accepted([])
