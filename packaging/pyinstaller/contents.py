"""What goes into the frozen program, and what stays out; plain data and rules, for the spec and for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]
"""As PyInstaller lists files: where it goes, where it lies, what it is."""

ENGINE_FOLDER = "engines/llama.cpp"
"""Where the engine's libraries lie: in a folder of their own, so that they can be replaced alone."""

OWN_PACKAGES = ("modkit", "modules", "hyperspot_desktop", "hyperspot_server")
NOT_SHIPPED = (
    "hyperspot_desktop.demo",
    "hyperspot_desktop.shots",
    # Prepares models from Python packages, which an installed program never fetches.
    "modules.llm_manager.infra.conversion",
    "modules.llm_manager.starter",
)
"""Our own code that only a checkout runs."""

DYNAMIC_IMPORTS = (
    "llama_cpp.llama_cpp",
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.null",
    "aiosqlite",
    "sqlalchemy.dialects.sqlite.aiosqlite",
)
"""What is imported by a name that no analysis can see; grammars are found by theirs."""

DOCSTRINGS_KEPT_IN = (
    # Make help texts of them.
    *(*OWN_PACKAGES, "click", "typer"),
    # Insist on having some.
    *("numpy", "sqlalchemy.engine.events", "sqlalchemy.event", "sqlalchemy.events", "sqlalchemy.orm.events"),
    *("sqlalchemy.pool.events", "sqlalchemy.sql.events"),
)

METADATA_OF = ("keyring", "llama-cpp-python", "PySide6-Essentials", "SQLAlchemy", "sqlcipher3")
"""Packages whose metadata is asked for at run time; ours is written by the spec."""

GRAMMARS_LEFT_OUT = (
    "tree_sitter_haskell",
    "tree_sitter_julia",
    "tree_sitter_kotlin",
    "tree_sitter_scala",
    "tree_sitter_swift",
)
"""22 MB; such files are cut by lines instead of by definitions."""

EXCLUDED_IMPORTS = (
    # Prepare models, in a checkout only.
    "onnx",
    "gguf",
    "huggingface_hub",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    # Under the GPL: line editing and a database that nothing here uses.
    "readline",
    "_gdbm",
    "_curses",
    # Development.
    "IPython",
    "_pytest",
    "hypothesis",
    "mypy",
    "Cython",
    "mesonbuild",
    "mesonpy",
    "numpy.f2py",
    "numpy.testing",
    # Of NumPy, what neither search nor the embedder's runtime asks for.
    "numpy.fft",
    "numpy.random",
    # Databases that are not ours.
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.testing",
    "pip",
    "pytest",
    "setuptools",
    "tkinter",
    "unittest.mock",
    # Formats and trees that no parser of ours reads.
    "PIL.AvifImagePlugin",
    "PIL._avif",
    "PIL._imagingcms",
    "PIL._imagingft",
    "PIL._imagingmath",
    "PIL._imagingmorph",
    "lxml.isoschematron",
    "lxml.objectify",
    "selectolax.parser",
    # Other windows than ours.
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PySide6.QtDesigner",
    "PySide6.QtWidgets",
    # Optional plugins of a server.
    "opentelemetry.sdk",
    "grpc",
    "qdrant_client",
)

BUNDLED_SYSTEM_LIBRARIES = (
    "libbz2.so*",
    "libcrypto.so*",
    "libexpat.so*",
    "libffi.so*",
    "liblzma.so*",
    "libpython3*.so*",
    "libsqlite3.so*",
    "libssl.so*",
    "libuuid.so*",
    "libz.so*",
)
"""Python's own; every other library of the system stays the system's, and the package depends on it."""

QML_MODULES_LEFT_OUT = (
    "QtQuick/Controls/Fusion",
    "QtQuick/Controls/FluentWinUI3",
    "QtQuick/Controls/Imagine",
    "QtQuick/Controls/Material",
    "QtQuick/Controls/Universal",
)
"""Styles that are never chosen: the window sets Basic."""

QT_PLUGINS = (
    "iconengines/*qsvgicon*",
    "imageformats/*qgif*",
    "imageformats/*qico*",
    "imageformats/*qjpeg*",
    "imageformats/*qsvg*",
    "imageformats/*qwebp*",
    "platforminputcontexts/*composeplatforminputcontextplugin*",
    "platforminputcontexts/*ibusplatforminputcontextplugin*",
    "platforms/*qcocoa*",
    "platforms/*qoffscreen*",
    "platforms/*qwayland*",
    "platforms/*qwindows*",
    "platforms/*qxcb*",
    "platformthemes/*qxdgdesktopportal*",
    "styles/*",
    "wayland-decoration-client/*",
    "wayland-graphics-integration-client/*qt-plugin-wayland-egl*",
    "wayland-shell-integration/*xdg-shell*",
    "xcbglintegrations/*",
)
"""The only plugins of Qt that are shipped."""

DROPPED_FILES = (
    "*.c",
    "*.h",
    "*.pxd",
    "*.pyi",
    "*.pyx",
    "*.lib",
    "*/py.typed",
    # Where and how it was installed on the machine that built it.
    "*.dist-info/INSTALLER",
    "*.dist-info/RECORD",
    "*.dist-info/REQUESTED",
    "*.dist-info/direct_url.json",
    # Once, with those of all others, in a folder of their own.
    "*.dist-info/licenses/*",
    "*.dist-info/sboms/*",
    "*/tests/*",
    "PySide6/Qt/translations/*",
    "PySide6/Qt/qml/*/designer/*",
    "PySide6/Qt/qml/*/tooling/*",
    "PySide6/Qt/qml/*.qmltypes",
    "numpy/*/tests/*",
    "onnxruntime/datasets/*",
    "llama_cpp/lib/*",
    "lib/lib*.so*",
    "setuptools/*",
)


def ships(name: str) -> bool:
    """Whether a module of ours is part of the program."""
    return not any(name == left or name.startswith(f"{left}.") for left in NOT_SHIPPED)


def wanted_file(target: str, qml_modules: Iterable[str]) -> bool:
    """Whether a collected file is shipped, by where it would go; ``qml_modules`` are folders (``QtQuick/Layouts``)."""
    path = PurePosixPath(target.replace("\\", "/"))
    text = str(path)
    if any(fnmatch(text, pattern) for pattern in DROPPED_FILES):
        return False
    inside = _below(path, "plugins")
    if inside is not None:
        return any(fnmatch(inside, pattern) for pattern in QT_PLUGINS)
    inside = _below(path, "qml")
    if inside is not None:
        return str(PurePosixPath(inside).parent) in (*qml_modules, ".")
    return True


def _below(path: PurePosixPath, folder: str) -> str | None:
    parts = path.parts
    if parts[:1] != ("PySide6",) or folder not in parts[:3]:
        return None
    return "/".join(parts[parts.index(folder) + 1 :])


def is_bundled_system_library(source: str) -> bool:
    """Whether a library that lies in a folder of the system comes along."""
    return any(fnmatch(Path(source).name, pattern) for pattern in BUNDLED_SYSTEM_LIBRARIES)


def of_the_system(source: str) -> bool:
    """Whether a file belongs to the system's own folders of libraries."""
    return source.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))


def reachable(binaries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Extension modules and plugins, and of the plain libraries those that one of them needs.

    ``needs`` gives the file names that a library asks the loader for.
    """
    entries = {entry[0]: entry for entry in binaries}
    by_name: Mapping[str, list[str]] = _by_file_name(entries)
    waiting = [target for target, entry in entries.items() if entry[2] == "EXTENSION" or not _plain_library(target)]
    kept: dict[str, Entry] = {}
    while waiting:
        target = waiting.pop()
        if target in kept:
            continue
        kept[target] = entries[target]
        for name in needs(entries[target][1]):
            # On macOS it comes with a folder: @rpath/QtCore.framework/Versions/A/QtCore.
            waiting += by_name.get(PurePosixPath(name).name, [])
    return [entry for target, entry in entries.items() if target in kept]


def of_kept_framework(target: str, kept: Iterable[str]) -> bool | None:
    """Whether the framework of macOS that a file or link belongs to is shipped; None when it belongs to none.

    A framework is one thing: without its links and its description nobody can sign it, without its library nobody
    needs them.
    """
    framework = _framework(target)
    return None if framework is None else any(_framework(one) == framework for one in kept)


def _framework(target: str) -> str | None:
    parts = PurePosixPath(target).parts
    ends = [number for number, part in enumerate(parts, 1) if part.endswith(".framework")]
    return "/".join(parts[: ends[0]]) if ends else None


def _by_file_name(targets: Iterable[str]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for target in targets:
        names.setdefault(PurePosixPath(target).name, []).append(target)
    return names


def _plain_library(target: str) -> bool:
    """In the folder of Qt's libraries, or at the top, where the system's go; Python itself is loaded by the start."""
    path = PurePosixPath(target)
    if path.name.startswith("libpython"):
        return False
    return len(path.parts) == 1 or path.parts[:3] == ("PySide6", "Qt", "lib")
