"""The installer for Windows: its script compiles, the same every time, and what it brings is signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from devtools.building.authenticode import signer, verify
from devtools.building.nsis import Recipe, compile_installer, version_order
from devtools.building.pe import is_signed, pe_files
from devtools.building.places import Places
from devtools.building.stand_in import fill_stand_in
from devtools.building.throwaway_certificate import make_certificate
from devtools.console import Step
from devtools.errors import SetupError
from devtools.layout import Layout

needs_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
needs_signatures = pytest.mark.skipif(
    shutil.which("osslsigncode") is None or shutil.which("openssl") is None, reason="osslsigncode is not installed"
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Builds below a folder of its own, from the scripts of this checkout."""
    (tmp_path / "packaging").symlink_to(Layout.here().root / "packaging")
    (tmp_path / "devtools").symlink_to(Layout.here().root / "devtools")
    return Places(Layout(tmp_path))


@pytest.fixture
def step() -> Step:
    return Step("a test")


def test_versions_are_put_in_order_as_python_does_it() -> None:
    versions = ["0.9", "1.0.dev1", "1.0a2", "1.0b1", "1.0rc1", "1.0", "1.0.post1", "1.0.1", "1.10"]
    orders = [[int(part) for part in version_order(version).split(".")] for version in versions]
    assert orders == sorted(orders)
    assert {len(order) for order in orders} == {5}


@pytest.mark.parametrize("version", ["", "one", "1.0-2", "1.0+local", "1.2.3.4"])
def test_a_version_without_an_order_is_refused(version: str) -> None:
    with pytest.raises(SetupError, match="cannot be put in order"):
        version_order(version)


def test_only_programs_of_windows_are_signed(tmp_path: Path) -> None:
    for name, content in (("a.exe", b"MZ"), ("b.dll", b"MZ" + bytes(62) + b"PE"), ("c.txt", b""), ("d", b"\x7fELF")):
        (tmp_path / name).write_bytes(content)
    assert list(pe_files(tmp_path)) == []
    assert not any(is_signed(file) for file in tmp_path.iterdir())


def test_without_keys_nothing_is_signed() -> None:
    assert signer({}) is None


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"HYPERSPOT_SIGN": "magic"}, "'magic'"),
        ({"HYPERSPOT_SIGN": "signtool"}, "HYPERSPOT_SIGN_THUMBPRINT"),
        ({"HYPERSPOT_SIGN": "azure"}, "HYPERSPOT_SIGN_AZURE_DLIB"),
        ({"HYPERSPOT_SIGN": "osslsigncode", "HYPERSPOT_SIGN_PKCS12": "x"}, "HYPERSPOT_SIGN_PASSWORD"),
    ],
)
def test_half_a_key_is_refused(environ: dict[str, str], words: str) -> None:
    with pytest.raises(SetupError, match=words):
        signer(environ)


@needs_nsis
def test_two_installers_are_the_same(
    places: Places, step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    program = fill_stand_in(places, step, tmp_path / "program", "1.0")
    made = [tmp_path / "first.exe", tmp_path / "second.exe"]
    for output in made:
        compile_installer(places, step, Recipe(program, "1.0", output), None)
    assert made[0].read_bytes() == made[1].read_bytes()
    assert not is_signed(made[0])


@needs_nsis
@needs_signatures
def test_signatures_are_made_and_changes_noticed(
    places: Places, step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, other = (make_certificate(tmp_path / name, name) for name in ("ours", "other"))
    for name, value in ours.environment.items():
        monkeypatch.setenv(name, value)
    chosen = signer(ours.environment)
    assert chosen is not None
    program = fill_stand_in(places, step, tmp_path / "program", "1.0")
    files = list(pe_files(program))
    chosen.sign(files)
    chosen.verify(files)
    assert all(is_signed(file) for file in files)
    with pytest.raises(SetupError):
        verify(files, other.authority)
    content = bytearray(files[0].read_bytes())
    content[len(content) // 2] ^= 1
    files[0].write_bytes(content)
    with pytest.raises(SetupError):
        chosen.verify(files[:1])
