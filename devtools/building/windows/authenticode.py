"""Signs programs for Windows with whatever the environment names, and looks at signatures.

``HYPERSPOT_SIGN`` says with what: ``signtool``, ``azure`` or ``osslsigncode``. Without it nothing is signed.
As a program, it signs the one file that it is given: NSIS calls it for the uninstaller, which nobody else ever sees.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from devtools.errors import CommandFailed, SetupError
from devtools.process import run_quiet

CHOICE = "HYPERSPOT_SIGN"
_TIMESTAMPS = "HYPERSPOT_SIGN_TIMESTAMP"
_DESCRIPTION = "HyperSpot Desktop"
_SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"


class Signer(Protocol):
    """One tool that signs in place, and checks what it signed. Both raise SetupError with the tool's words."""

    def sign(self, files: Sequence[Path]) -> None: ...
    def verify(self, files: Sequence[Path]) -> None: ...


@dataclass(frozen=True)
class SignTool:
    """Microsoft's signtool. ``key`` are the options that name the certificate and who holds its key."""

    key: tuple[str, ...]
    timestamps: str
    program: str = "signtool"

    def sign(self, files: Sequence[Path]) -> None:
        with_time = ["/tr", self.timestamps, "/td", "sha256"]
        _run([self.program, "sign", "/fd", "sha256", *with_time, "/d", _DESCRIPTION, *self.key, *map(str, files)])

    def verify(self, files: Sequence[Path]) -> None:
        _run([self.program, "verify", "/pa", "/all", *map(str, files)])


@dataclass(frozen=True)
class AzureTrustedSigning:
    """signtool with Azure's library, which asks Azure to sign; who may is said by Azure's own ``AZURE_…`` variables."""

    library: str
    endpoint: str
    account: str
    profile: str
    timestamps: str
    program: str = "signtool"

    def sign(self, files: Sequence[Path]) -> None:
        about = {
            "Endpoint": self.endpoint,
            "CodeSigningAccountName": self.account,
            "CertificateProfileName": self.profile,
        }
        with tempfile.TemporaryDirectory() as folder:
            metadata = Path(folder) / "metadata.json"
            metadata.write_text(json.dumps(about), encoding="utf-8")
            key = ("/dlib", self.library, "/dmdf", str(metadata))
            SignTool(key, self.timestamps, self.program).sign(files)

    def verify(self, files: Sequence[Path]) -> None:
        SignTool((), self.timestamps, self.program).verify(files)


@dataclass(frozen=True)
class OsslSignCode:
    """osslsigncode with a PKCS#12 file, for systems that are not Windows.

    Without ``timestamps`` a signature ends with its certificate, and bears the time of the build, so that two builds
    are the same.
    """

    pkcs12: Path
    password: str
    authorities: Path
    timestamps: str | None = None
    time: str | None = None

    def sign(self, files: Sequence[Path]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            # Everybody on the machine can read command lines.
            secret = Path(folder) / "password"
            secret.touch(0o600)
            secret.write_text(self.password, encoding="utf-8")
            when = ["-ts", self.timestamps] if self.timestamps else ["-time", self.time] if self.time else []
            for number, file in enumerate(files):
                made = Path(folder) / f"{number}.signed"
                about = ["-h", "sha256", "-n", _DESCRIPTION, *when]
                key = ["-pkcs12", str(self.pkcs12), "-readpass", str(secret)]
                _run(["osslsigncode", "sign", *key, *about, "-in", str(file), "-out", str(made)])
                file.write_bytes(made.read_bytes())
                made.unlink()

    def verify(self, files: Sequence[Path]) -> None:
        verify(files, self.authorities)


def verify(files: Sequence[Path], authorities: Path) -> None:
    """Check with osslsigncode that each file is unchanged since it was signed by a certificate of ``authorities``.

    Raises:
        SetupError: a file has no signature, was changed, or was signed by somebody else.
    """
    for file in files:
        _run(["osslsigncode", "verify", "-CAfile", str(authorities), "-in", str(file)])


def signer(environ: Mapping[str, str]) -> Signer | None:
    """What the environment names, or None.

    Raises:
        SetupError: it names a tool that there is none of, or leaves something out that the tool needs.
    """
    choice = environ.get(CHOICE, "")
    if not choice:
        return None
    if choice not in _CHOICES:
        raise SetupError(f"{CHOICE} is {choice!r}.", f"Use one of {', '.join(_CHOICES)}, or leave it out.")
    return _CHOICES[choice](environ)


def _signtool(environ: Mapping[str, str]) -> Signer:
    thumbprint = _needed(environ, "HYPERSPOT_SIGN_THUMBPRINT")
    return SignTool(("/sha1", thumbprint), environ.get(_TIMESTAMPS) or "http://timestamp.digicert.com")


def _azure(environ: Mapping[str, str]) -> Signer:
    names = ("DLIB", "ENDPOINT", "ACCOUNT", "PROFILE")
    library, endpoint, account, profile = (_needed(environ, f"HYPERSPOT_SIGN_AZURE_{name}") for name in names)
    timestamps = environ.get(_TIMESTAMPS) or "http://timestamp.acs.microsoft.com"
    return AzureTrustedSigning(library, endpoint, account, profile, timestamps)


def _osslsigncode(environ: Mapping[str, str]) -> Signer:
    return OsslSignCode(
        Path(_needed(environ, "HYPERSPOT_SIGN_PKCS12")),
        _needed(environ, "HYPERSPOT_SIGN_PASSWORD"),
        Path(environ.get("HYPERSPOT_SIGN_AUTHORITIES") or _SYSTEM_AUTHORITIES),
        environ.get(_TIMESTAMPS) or None,
        environ.get("SOURCE_DATE_EPOCH") or None,
    )


_CHOICES: Mapping[str, Callable[[Mapping[str, str]], Signer]] = {
    "signtool": _signtool,
    "azure": _azure,
    "osslsigncode": _osslsigncode,
}


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise SetupError(
            f"{CHOICE} is {environ[CHOICE]}, which needs {name}.", "Set it; docs/releasing.md says to what."
        )
    return value


def _run(command: Sequence[str]) -> None:
    file = Path(command[-1]).name
    try:
        run_quiet(command)
    except FileNotFoundError as error:
        raise SetupError(f"{command[0]} is not installed, and it is to sign.", "Install it.") from error
    except CommandFailed as error:
        said = " / ".join(line.strip() for line in error.output[-12:] if line.strip())
        raise SetupError(f"{command[0]} {command[1]} failed for {file}: {said}", "Look at the certificate.") from error


def main(arguments: Sequence[str]) -> int:
    """Sign one file; the exit status."""
    try:
        chosen = signer(os.environ)
        if chosen is None:
            raise SetupError(f"{CHOICE} is not set.", "Say with what to sign.")
        chosen.sign([Path(arguments[0])])
    except SetupError as error:
        print(f"{error} {error.action}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
