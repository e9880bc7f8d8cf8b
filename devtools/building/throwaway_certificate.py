"""A certificate for signing code that nobody trusts but whoever is told to: to try signatures with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from devtools.process import run_quiet

PASSWORD = "throw-away"
_YEARS_DAYS = "3650"


@dataclass(frozen=True)
class Certificate:
    """``pkcs12`` has the key; ``authority`` is the PEM file of who vouches for it."""

    pkcs12: Path
    authority: Path

    @property
    def environment(self) -> dict[str, str]:
        """What makes the build sign with it."""
        return {
            "HYPERSPOT_SIGN": "osslsigncode",
            "HYPERSPOT_SIGN_PKCS12": str(self.pkcs12),
            "HYPERSPOT_SIGN_PASSWORD": PASSWORD,
            "HYPERSPOT_SIGN_AUTHORITIES": str(self.authority),
        }


def make_certificate(folder: Path, name: str) -> Certificate:
    """A self-signed certificate for code, valid for ten years from now.

    Raises:
        CommandFailed: openssl failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    key, certificate, bundle = folder / "key.pem", folder / "certificate.pem", folder / "both.p12"
    uses = ["-addext", "keyUsage=digitalSignature", "-addext", "extendedKeyUsage=codeSigning"]
    made: list[str | Path] = [
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        certificate,
        "-days",
        _YEARS_DAYS,
    ]
    run_quiet(["openssl", "req", "-x509", "-subj", f"/CN={name}", *uses, *made])
    put: list[str | Path] = ["-inkey", key, "-in", certificate, "-out", bundle, "-passout", f"pass:{PASSWORD}"]
    run_quiet(["openssl", "pkcs12", "-export", *put])
    key.unlink()
    return Certificate(bundle, certificate)
