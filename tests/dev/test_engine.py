"""Building llama.cpp: progress, what a cached wheel is good for, and going on after a stop."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools import engine
from devtools.console import Console
from devtools.engine import (
    CHANGES,
    KERNELS_FILE,
    LEFT_OUT_VARIANTS,
    BuildProgress,
    build_key,
    change_source,
    ensure_engine,
    unpacked_source,
)
from devtools.errors import SetupError
from devtools.layout import Layout
from devtools.packages import LockedPackage, read_lock

WriteLock = Callable[[Layout, str, dict[str, str]], None]
PACKAGE = LockedPackage("llama-cpp-python", "0.3.36", frozenset({"ab" * 32}))


def test_progress_guesses_the_time_left_from_the_speed_so_far() -> None:
    progress = BuildProgress(clock=0.0)
    assert progress("[1/201] Building CXX object a.o", now=0.0) == "0 %, file 1 of 201"
    assert progress("-- Configuring done", now=1.0) is None
    assert progress("[101/201] Building CXX object b.o", now=60.0) == "50 %, file 101 of 201, about 1 min 00 s left"


def test_progress_of_a_resumed_build_counts_from_where_it_was() -> None:
    progress = BuildProgress(clock=0.0)
    progress("[150/200] x", now=0.0)
    assert progress("[175/200] y", now=25.0) == "87 %, file 175 of 200, about 25 s left"


def test_other_flags_are_another_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    before = build_key(PACKAGE)
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_VULKAN=ON")
    assert build_key(PACKAGE) != before


def test_other_changes_of_the_sources_are_another_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    before = build_key(PACKAGE)
    monkeypatch.setattr(engine, "CHANGES", (("CMakeLists.txt", "a", "b"),))
    assert build_key(PACKAGE) != before


def test_no_kernels_are_built_that_use_amx() -> None:
    listed = (
        "ggml_add_cpu_backend_variant(icelake AVX512)\nggml_add_cpu_backend_variant(sapphirerapids AVX512 AMX_INT8)\n"
    )
    kept = listed
    for file, pattern, replacement in CHANGES:
        kept = re.sub(pattern, replacement, kept) if file == KERNELS_FILE else kept
    assert "icelake" in kept
    assert "AMX" not in kept


def test_sources_that_are_not_as_expected_are_refused(tmp_path: Path) -> None:
    for file, _, _ in CHANGES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("another version", encoding="utf-8")
    with pytest.raises(SetupError, match="has nothing like"):
        change_source(tmp_path)


def test_a_wheel_on_the_shelf_is_installed_without_building(
    prepared: Layout, write_lock: WriteLock, console: Console, screen: io.StringIO
) -> None:
    write_lock(prepared, "engine", {"llama-cpp-python==0.3.36": "ab" * 32})
    shelf = prepared.wheels / f"llama-cpp-python-0.3.36-{build_key(read_lock(prepared.lock('engine'))[0])}"
    write_wheel(shelf, "llama_cpp = 'loads'")
    ensure_engine(prepared, console)
    ensure_engine(prepared, console)
    assert screen.getvalue().count("done in") == 1
    assert "Building" not in screen.getvalue()


def test_a_wheel_that_does_not_load_is_reported_with_the_shelf_to_clear(
    prepared: Layout, write_lock: WriteLock, console: Console
) -> None:
    write_lock(prepared, "engine", {"llama-cpp-python==0.3.36": "cd" * 32})
    shelf = prepared.wheels / f"llama-cpp-python-0.3.36-{build_key(read_lock(prepared.lock('engine'))[0])}"
    write_wheel(shelf, "raise OSError('libgomp.so.1: cannot open shared object file')")
    with pytest.raises(SetupError, match="does not load: OSError: libgomp") as caught:
        ensure_engine(prepared, console)
    assert str(shelf) in caught.value.action


def test_the_build_cache_can_be_shared(layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_BUILD_CACHE", str(tmp_path / "shared"))
    assert layout.wheels == tmp_path / "shared"


def test_sources_are_unpacked_once_and_then_built_in_place(layout: Layout, console: Console) -> None:
    package = put_archive(layout)
    source = unpacked_source(layout, console, package)
    (source / "object.o").write_text("compiled before the stop")
    assert unpacked_source(layout, console, package) == source
    assert sorted(path.name for path in source.iterdir()) == ["CMakeLists.txt", "object.o", "vendor"]


def test_an_unpacking_that_was_stopped_starts_over(layout: Layout, console: Console) -> None:
    package = put_archive(layout)
    half = layout.cache / "build" / "llama-cpp-python-0.3.36" / "unpacking" / "llama_cpp_python-0.3.36"
    half.mkdir(parents=True)
    (half / "half").write_text("")
    source = unpacked_source(layout, console, package)
    assert sorted(path.name for path in source.iterdir()) == ["CMakeLists.txt", "vendor"]


def put_archive(layout: Layout) -> LockedPackage:
    """A small source archive in the cache; returns the package that locks it."""
    shelf = layout.cache / "sources"
    shelf.mkdir(parents=True)
    archive = shelf / "llama_cpp_python-0.3.36.tar.gz"
    with tarfile.open(archive, "w:gz") as bundle:
        kernels = "".join(f"ggml_add_cpu_backend_variant({name} AVX)\n" for name in LEFT_OUT_VARIANTS)
        for name, text in (("CMakeLists.txt", "set(LLAMA_BUILD_COMMON ON )"), (KERNELS_FILE, kernels)):
            entry = tarfile.TarInfo(f"llama_cpp_python-0.3.36/{name}")
            entry.size = len(text)
            bundle.addfile(entry, io.BytesIO(text.encode()))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    return LockedPackage("llama-cpp-python", "0.3.36", frozenset({digest}))


def write_wheel(shelf: Path, code: str) -> None:
    """A wheel of one module, as pip accepts it."""
    shelf.mkdir(parents=True)
    info = "llama_cpp_python-0.3.36.dist-info"
    with zipfile.ZipFile(shelf / "llama_cpp_python-0.3.36-py3-none-any.whl", "w") as wheel:
        wheel.writestr("llama_cpp.py", code)
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: llama-cpp-python\nVersion: 0.3.36\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "llama_cpp.py,,\n")
