"""Run by the environment's Python: prints as JSON which modules an executable has inside, and versions of what is
linked into extension modules, as these tell them.
"""

from __future__ import annotations

import ctypes
import json
import platform
import re
import sqlite3
import ssl
import sys
import sysconfig
import zlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from pyexpat import EXPAT_VERSION


def modules_of(executable: str) -> list[str]:
    """The names of all modules and scripts that PyInstaller put into it."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(executable)
    names = [name for name, entry in archive.toc.items() if entry[4] in "mMs"]
    for name, entry in archive.toc.items():
        if entry[4] == "z":
            names += archive.open_embedded_archive(name).toc
    return sorted(set(names))


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def of_lxml(name: str) -> str:
    from lxml import etree

    return dotted(getattr(etree, f"{name}_COMPILED_VERSION"))


def of_libiconv() -> str | None:
    """None when it is not in there, as on systems whose C library converts; what lxml itself tells of it is its header."""
    from lxml import etree

    try:
        number = ctypes.c_int.in_dll(ctypes.CDLL(etree.__file__), "_libiconv_version").value
    except ValueError:
        return None
    return f"{number >> 8}.{number & 0xFF}"


def of_sqlcipher(question: str) -> str:
    from sqlcipher3 import dbapi2

    with dbapi2.connect(":memory:") as connection:
        # It knows its cryptography once there is a key.
        connection.execute("PRAGMA key = 'any'")
        return str(connection.execute(question).fetchone()[0])


def of_pdfium() -> str:
    from pypdfium2 import PDFIUM_INFO

    return dotted((PDFIUM_INFO.major, PDFIUM_INFO.minor, PDFIUM_INFO.build, PDFIUM_INFO.patch))


def of_pillow(name: str) -> str | None:
    from PIL import features

    return features.version(name)


def of_ggml() -> str:
    spec = find_spec("llama_cpp")
    library = ctypes.CDLL(str(next((Path(spec.origin).parent / "lib").glob("*ggml-base.*"))))
    library.ggml_version.restype = ctypes.c_char_p
    return library.ggml_version().decode()


VERSIONS: dict[str, Callable[[], str | None]] = {
    "python": platform.python_version,
    "openssl": lambda: ssl.OPENSSL_VERSION.split()[1],
    "sqlite": lambda: sqlite3.sqlite_version,
    "zlib": lambda: zlib.ZLIB_RUNTIME_VERSION,
    "expat": lambda: EXPAT_VERSION.removeprefix("expat_"),
    "libmpdec": lambda: __import__("_decimal").__libmpdec_version__,
    "libxml2": lambda: of_lxml("LIBXML"),
    "libxslt": lambda: of_lxml("LIBXSLT"),
    "libiconv": of_libiconv,
    "sqlcipher": lambda: of_sqlcipher("PRAGMA cipher_version").split()[0],
    "sqlcipher-sqlite": lambda: of_sqlcipher("SELECT sqlite_version()"),
    "sqlcipher-openssl": lambda: re.search(r"[0-9][0-9.a-z]+", of_sqlcipher("PRAGMA cipher_provider_version"))[0],
    "pdfium": of_pdfium,
    "libjpeg-turbo": lambda: of_pillow("libjpeg_turbo"),
    "libtiff": lambda: of_pillow("libtiff"),
    "openjpeg": lambda: of_pillow("jpg_2000"),
    "libwebp": lambda: of_pillow("webp"),
    "zlib-ng": lambda: of_pillow("zlib_ng"),
    "libimagequant": lambda: of_pillow("libimagequant"),
    "ggml": of_ggml,
}


def found() -> dict[str, str]:
    """What can be asked here; what cannot is left out."""
    versions = {}
    for name, ask in VERSIONS.items():
        try:
            version = ask()
        except Exception as error:  # noqa: BLE001 - whoever needs the version says that it is missing
            print(f"{name}: {error!r}", file=sys.stderr)
            continue
        if version:
            versions[name] = version
    return versions


def main() -> None:
    paths = {"packages": sysconfig.get_path("purelib"), "python": sysconfig.get_path("stdlib")}
    modules = modules_of(sys.argv[1]) if len(sys.argv) > 1 else []
    json.dump({"modules": modules, "versions": found(), "paths": paths}, sys.stdout)


main()
