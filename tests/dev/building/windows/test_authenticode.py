"""Signatures of programs for Windows: made with a throw-away certificate, and looked at."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from devtools.building.windows.authenticode import AzureTrustedSigning, OsslSignCode, SignTool, main, signer, verify
from devtools.building.windows.pe import is_signed, pe_files
from devtools.errors import SetupError

LIBRARY = Path("/usr/share/nsis/Plugins/amd64-unicode/System.dll")
needs_tools = pytest.mark.skipif(
    shutil.which("osslsigncode") is None or not LIBRARY.is_file(),
    reason="osslsigncode and nsis are installed by dev.py build nsis --test",
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of Windows that nobody signed."""
    return Path(shutil.copyfile(LIBRARY, tmp_path / "library.dll"))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two certificates, each with its key, that nobody else has ever seen."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "others"):
        throw_away_certificate(folder, name)
    return folder


def throw_away_certificate(folder: Path, name: str) -> None:
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    about = ["-subj", f"/CN={name}", "-addext", "extendedKeyUsage=codeSigning", "-days", "2"]
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", "req", "-x509", *made, *about], check=True, capture_output=True)
    packed = [
        "-inkey",
        str(key),
        "-in",
        str(certificate),
        "-out",
        str(folder / f"{name}.p12"),
        "-passout",
        "pass:secret",
    ]
    subprocess.run(["openssl", "pkcs12", "-export", *packed], check=True, capture_output=True)


def ossl_environment(keys: Path) -> dict[str, str]:
    return {
        "HYPERSPOT_SIGN": "osslsigncode",
        "HYPERSPOT_SIGN_PKCS12": str(keys / "ours.p12"),
        "HYPERSPOT_SIGN_PASSWORD": "secret",
        "HYPERSPOT_SIGN_AUTHORITIES": str(keys / "ours.pem"),
        "SOURCE_DATE_EPOCH": "1700000000",
    }


@needs_tools
def test_what_was_signed_is_verified_and_a_changed_byte_or_another_certificate_is_noticed(
    keys: Path, library: Path
) -> None:
    chosen = signer(ossl_environment(keys))
    assert chosen is not None
    assert not is_signed(library)
    chosen.sign([library])
    assert is_signed(library)
    chosen.verify([library])
    with pytest.raises(SetupError, match=r"library\.dll"):
        verify([library], keys / "others.pem")
    changed = bytearray(library.read_bytes())
    changed[5000] ^= 1
    library.write_bytes(changed)
    with pytest.raises(SetupError, match=r"library\.dll"):
        chosen.verify([library])


@needs_tools
def test_two_signatures_without_a_time_stamp_are_the_same(keys: Path, library: Path) -> None:
    chosen = signer(ossl_environment(keys))
    assert chosen is not None
    second = Path(shutil.copyfile(library, library.with_name("second.dll")))
    chosen.sign([library, second])
    assert library.read_bytes() == second.read_bytes()


@needs_tools
def test_what_nobody_signed_is_not_verified(keys: Path, library: Path) -> None:
    with pytest.raises(SetupError, match="No signature found"):
        verify([library], keys / "ours.pem")


@needs_tools
def test_a_wrong_password_stops_the_build_and_leaves_the_file(keys: Path, library: Path) -> None:
    before = library.read_bytes()
    chosen = signer(ossl_environment(keys) | {"HYPERSPOT_SIGN_PASSWORD": "wrong"})
    assert chosen is not None
    with pytest.raises(SetupError, match="osslsigncode sign failed"):
        chosen.sign([library])
    assert library.read_bytes() == before


@needs_tools
def test_programs_and_libraries_are_known_by_what_is_in_them(library: Path, tmp_path: Path) -> None:
    library.rename(tmp_path / "extension.pyd")
    (tmp_path / "text.exe").write_text("MZ is how programs begin, but this is none.", encoding="utf-8")
    (tmp_path / "empty.dll").touch()
    (tmp_path / "link.dll").symlink_to("extension.pyd")
    assert [file.name for file in pe_files(tmp_path)] == ["extension.pyd"]


def test_nothing_is_signed_unless_the_environment_says_with_what() -> None:
    assert signer({}) is None
    assert signer({"HYPERSPOT_SIGN": ""}) is None


def test_each_tool_is_chosen_by_its_name() -> None:
    thumbprint = {"HYPERSPOT_SIGN": "signtool", "HYPERSPOT_SIGN_THUMBPRINT": "00ff"}
    assert isinstance(signer(thumbprint), SignTool)
    azure = {f"HYPERSPOT_SIGN_AZURE_{name}": name for name in ("DLIB", "ENDPOINT", "ACCOUNT", "PROFILE")}
    assert isinstance(signer({"HYPERSPOT_SIGN": "azure", **azure}), AzureTrustedSigning)
    pkcs12 = {"HYPERSPOT_SIGN_PKCS12": "key.p12", "HYPERSPOT_SIGN_PASSWORD": "secret"}
    assert isinstance(signer({"HYPERSPOT_SIGN": "osslsigncode", **pkcs12}), OsslSignCode)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(SetupError, match="needs HYPERSPOT_SIGN_THUMBPRINT"):
        signer({"HYPERSPOT_SIGN": "signtool"})
    with pytest.raises(SetupError, match="needs HYPERSPOT_SIGN_AZURE_DLIB"):
        signer({"HYPERSPOT_SIGN": "azure"})
    with pytest.raises(SetupError, match="'gpg'"):
        signer({"HYPERSPOT_SIGN": "gpg"})


def test_as_a_program_it_fails_when_it_cannot_sign(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HYPERSPOT_SIGN", raising=False)
    assert main(["any.exe"]) == 1
    assert "HYPERSPOT_SIGN is not set" in capsys.readouterr().err


@pytest.fixture
def signtool(tmp_path: Path) -> Path:
    """Stands for Microsoft's program, which runs on Windows alone: writes down what it is told and given."""
    program = tmp_path / "signtool"
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" >> {tmp_path}/told\n'
        f'for word; do case $word in */metadata.json) cat "$word" >> {tmp_path}/told;; esac; done\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


@pytest.mark.skipif(shutil.which("sh") is None, reason="the stand-in is a shell script")
def test_signtool_is_told_which_certificate_and_whom_to_ask_for_the_time(signtool: Path) -> None:
    SignTool(("/sha1", "00ff"), "http://time.invalid", str(signtool)).sign([Path("a.exe"), Path("b c.dll")])
    assert (signtool.parent / "told").read_text("utf-8").splitlines() == [
        *("sign", "/fd", "sha256", "/tr", "http://time.invalid", "/td", "sha256"),
        *("/d", "HyperSpot Desktop", "/sha1", "00ff", "a.exe", "b c.dll"),
    ]


@pytest.mark.skipif(shutil.which("sh") is None, reason="the stand-in is a shell script")
def test_azure_is_told_whose_certificate_to_use(signtool: Path) -> None:
    azure = AzureTrustedSigning("Dlib.dll", "https://e.invalid", "me", "mine", "http://t.invalid", str(signtool))
    azure.sign([Path("a.exe")])
    azure.verify([Path("a.exe")])
    told = (signtool.parent / "told").read_text("utf-8")
    assert "/dlib\nDlib.dll\n/dmdf\n" in told
    assert '{"Endpoint": "https://e.invalid", "CodeSigningAccountName": "me", "CertificateProfileName": "mine"}' in told
    assert told.endswith("verify\n/pa\n/all\na.exe\n")
