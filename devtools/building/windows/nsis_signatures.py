"""Looks at the signatures of what an installer leaves on a disk, with a throw-away certificate."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from devtools.building.places import Places
from devtools.building.windows.authenticode import signer, verify
from devtools.building.windows.nsis import Recipe, compile_installer
from devtools.building.windows.pe import pe_files
from devtools.console import Step
from devtools.errors import SetupError
from devtools.process import run_quiet


def make_signed_installer(places: Places, step: Step, program: Path, output: Path) -> Path:
    """Compile a signed installer of the current version; the certificate that its signatures are verified with."""
    folder = places.root / "throw-away-keys"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("ours", "others"):
        _make_certificate(folder, name)
    with _environment(
        HYPERSPOT_SIGN="osslsigncode",
        HYPERSPOT_SIGN_PKCS12=str(folder / "ours.p12"),
        HYPERSPOT_SIGN_PASSWORD="throw-away",
        HYPERSPOT_SIGN_AUTHORITIES=str(folder / "ours.pem"),
        # The time is asked for elsewhere, which a certificate for one day is not worth.
        HYPERSPOT_SIGN_TIMESTAMP="",
    ):
        compile_installer(places, step, Recipe(program, places.version, output), signer(os.environ))
    return folder / "ours.pem"


def hold_signed(folder: Path, installer: Path, certificate: Path) -> None:
    """Every program and library, the uninstaller and the installer are signed, and a fault would be noticed.

    Raises:
        SetupError: one is not, or would not.
    """
    signed = [installer, *pe_files(folder)]
    if folder / "uninstall.exe" not in signed or len(signed) < 4:
        raise SetupError(f"Only {len(signed)} programs were found in {folder}.", "Look at what was installed.")
    verify(signed, certificate)
    for file in signed:
        _hold_refused(file, certificate.with_name("others.pem"), "another certificate")
        content = file.read_bytes()
        changed = bytearray(content)
        changed[len(changed) // 2] ^= 1
        file.write_bytes(changed)
        _hold_refused(file, certificate, "a changed byte")
        file.write_bytes(content)


def _hold_refused(file: Path, certificate: Path, fault: str) -> None:
    try:
        verify([file], certificate)
    except SetupError:
        return
    raise SetupError(f"{fault.capitalize()} was not noticed in {file.name}.", "Look at how it is verified.")


def _make_certificate(folder: Path, name: str) -> None:
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    about = ["-subj", f"/CN=Throw-away {name}", "-addext", "extendedKeyUsage=codeSigning", "-days", "1"]
    files: list[str | Path] = ["-keyout", key, "-out", certificate]
    run_quiet(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *about])
    packed: list[str | Path] = ["-out", folder / f"{name}.p12", "-passout", "pass:throw-away"]
    run_quiet(["openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, *packed])


@contextmanager
def _environment(**values: str) -> Generator[None]:
    """makensis has the uninstaller signed by another process, which is told by its environment."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
