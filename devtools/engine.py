"""Builds llama.cpp once, for every processor of its kind: resumable, watched, and kept as a wheel."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shlex
import shutil
import sys
import tarfile
import time
from pathlib import Path

from devtools.console import Console, Step, duration
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.packages import LockedPackage, pip_error, read_lock, run_pip
from devtools.process import environment, run_logged, run_quiet
from devtools.shelf import put_on_shelf
from devtools.stamps import Stamps, digest
from devtools.system import ensure_compiler

# The same libraries run here and in packages: the kernels exist once per generation of processors, each a library of
# its own, and the one that suits is chosen when the engine starts. No vision tools, and no HTTPS client in an engine
# that never opens a socket.
CMAKE_FLAGS = (
    "-DGGML_NATIVE=OFF",
    "-DGGML_BACKEND_DL=ON",
    "-DGGML_CPU_ALL_VARIANTS=ON",
    "-DLLAVA_BUILD=OFF",
    "-DLLAMA_OPENSSL=OFF",
    # Beside the other libraries, each once: a wheel keeps links as copies.
    "-DCMAKE_INSTALL_BINDIR=llama_cpp/lib",
    "-DCMAKE_PLATFORM_NO_VERSIONED_SONAME=ON",
)
# No AMX, whoever builds with other flags: desktop processors have none, and some virtual machines announce it and then
# crash on its first use. Undefining the macro, unlike -mno-amx-int8, holds however the compiler orders it.
COMPILER_FLAGS = ("-U__AMX_INT8__",)
# Kernels that are not built: AMX, for that reason, and generations that another one serves (almost) as well.
LEFT_OUT_VARIANTS = (
    *("sandybridge", "ivybridge", "piledriver", "cannonlake", "cascadelake"),
    *("cooperlake", "sapphirerapids", "zen4"),
)
KERNELS_FILE = "vendor/llama.cpp/ggml/src/CMakeLists.txt"
# What is changed in the sources, as (file, pattern, replacement); each must match.
CHANGES = (
    *((KERNELS_FILE, rf"ggml_add_cpu_backend_variant\({name}\s[^)]*\)", "") for name in LEFT_OUT_VARIANTS),
    # Half of the time of a build, for the tools of llama.cpp alone.
    ("CMakeLists.txt", r"set\(LLAMA_BUILD_COMMON ON ", "set(LLAMA_BUILD_COMMON OFF "),
)
# The headers and CMake files of a system-wide installation.
NOT_IN_WHEEL = "lib/**;include/**"
# The largest sources of llama.cpp take this much compiler memory each.
COMPILER_MEMORY_BYTES = 1 << 30


class BuildProgress:
    """Turns ninja's ``[n/m]`` lines into a share done and a guess of the time left."""

    def __init__(self, clock: float | None = None) -> None:
        self._started = time.monotonic() if clock is None else clock
        self._first: int | None = None

    def __call__(self, line: str, now: float | None = None) -> str | None:
        found = re.match(r"\[(\d+)/(\d+)\]", line)
        if found is None:
            return None
        done, total = int(found[1]), int(found[2])
        if self._first is None:
            self._first = done
        spent = (time.monotonic() if now is None else now) - self._started
        advanced = done - self._first
        # The first files say nothing about the speed.
        left = f", about {duration(spent / advanced * (total - done))} left" if advanced >= 10 and total > done else ""
        return f"{done * 100 // total} %, file {done} of {total}{left}"


def ensure_engine(layout: Layout, console: Console) -> None:
    """Have llama-cpp-python in the environment, built here with our flags; from the wheel cache when it can.

    Raises:
        SetupError: there is no compiler, the sources could not be fetched, or the build failed.
    """
    package = read_lock(layout.lock("engine"))[0]
    key = build_key(package)
    stamps = Stamps(layout.stamps)
    if stamps.is_done("engine", key):
        return
    shelf = layout.wheels / f"{package.name}-{package.version}-{key}"
    wheel = next(iter(sorted(shelf.glob("*.whl"))), None)
    if wheel is None:
        ensure_compiler(layout, console)
        source = unpacked_source(layout, console, package)
        wheel = build_wheel(layout, console, source, shelf)
    with console.step("Installing llama.cpp into the environment") as step:
        log = layout.logs / "engine-install.log"
        try:
            run_pip(layout, ["install", "--no-index", "--no-deps", "--force-reinstall", wheel], step=step, log=log)
            run_quiet([layout.python, "-c", "import llama_cpp"])
        except CommandFailed as error:
            raise SetupError(
                f"llama.cpp was built but does not load: {error.output[-1] if error.output else error}",
                f"Remove {shelf} and run the same command again to build it anew.",
            ) from error
    stamps.mark("engine", key)


def build_key(package: LockedPackage) -> str:
    """What a built wheel is good for: the source and what is changed in it, the flags and the kind of system."""
    parts = [
        *sorted(package.hashes),
        *CMAKE_FLAGS,
        *COMPILER_FLAGS,
        *(part for change in CHANGES for part in change),
        os.environ.get("CMAKE_ARGS", ""),
        sys.platform,
        platform.machine(),
        *platform.libc_ver(),
    ]
    return digest(*parts)


def unpacked_source(layout: Layout, console: Console, package: LockedPackage) -> Path:
    """The engine's sources in a place that stays the same, so that a stopped build goes on."""
    folder = layout.cache / "build" / f"{package.name}-{package.version}"
    source = folder / "source"
    if source.is_dir():
        return source
    archive = fetched_source(layout, console, package)
    with console.step("Unpacking llama.cpp"):
        partial = folder / "unpacking"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        with tarfile.open(archive) as bundle:
            # Python 3.11 has the filter from 3.11.4 on; the archive's hash was checked in any case.
            bundle.extraction_filter = getattr(tarfile, "data_filter", lambda member, _path: member)
            bundle.extractall(partial)
        unpacked = next(partial.iterdir())
        change_source(unpacked)
        unpacked.rename(source)
        partial.rmdir()
    return source


def change_source(source: Path) -> None:
    """Make our few changes in the unpacked sources.

    Raises:
        SetupError: these sources are not the ones that the changes were made for.
    """
    for name, pattern, replacement in CHANGES:
        file = source / name
        text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"))
        if count == 0:
            raise SetupError(f"{name} of llama.cpp has nothing like {pattern!r}.", "Adapt devtools/engine.py to it.")
        file.write_text(text, encoding="utf-8")


def fetched_source(layout: Layout, console: Console, package: LockedPackage) -> Path:
    """The source archive, with the hash that the lock states."""
    shelf = layout.cache / "sources"
    for archive in shelf.glob("llama_cpp_python-*.tar.gz"):
        if file_sha256(archive) in package.hashes:
            return archive
    shelf.mkdir(parents=True, exist_ok=True)
    with console.step("Fetching the sources of llama.cpp (77 MB)") as step:
        log = layout.logs / "engine-fetch.log"
        arguments = ["download", "--require-hashes", "--no-deps", "--no-build-isolation", "--no-binary", ":all:"]
        try:
            run_pip(layout, [*arguments, "-r", layout.lock("engine"), "-d", shelf], step=step, log=log)
        except CommandFailed as error:
            missing = [f"{package.name}=={package.version} (sources)"]
            raise pip_error(error, "The engine's sources could not be fetched.", missing, log) from error
    return next(
        archive for archive in shelf.glob("llama_cpp_python-*.tar.gz") if file_sha256(archive) in package.hashes
    )


def build_wheel(layout: Layout, console: Console, source: Path, shelf: Path) -> Path:
    """Compile, and put the wheel on its shelf in one move.

    Raises:
        SetupError: the compiler failed; the sentence has its last error.
    """
    log = layout.logs / "engine-build.log"
    partial = source.parent / "wheel"
    shutil.rmtree(partial, ignore_errors=True)
    jobs = build_jobs()
    with console.step(f"Building llama.cpp for all processors ({jobs} at once, some minutes, only once)") as step:
        try:
            _compile(layout, source, partial, jobs, step, log)
        except CommandFailed as error:
            reason = next((line for line in error.output if "error" in line.lower()), str(error))
            raise SetupError(f"llama.cpp could not be built: {reason}", f"The whole output is in {log}.") from error
    built = next(partial.glob("*.whl"))
    wheel = put_on_shelf(built, shelf)
    shutil.rmtree(source.parent, ignore_errors=True)
    return wheel


def _compile(layout: Layout, source: Path, target: Path, jobs: int, step: Step, log: Path) -> None:
    env = environment(
        {
            "CMAKE_ARGS": " ".join([*CMAKE_FLAGS, *compiler_flags(source), os.environ.get("CMAKE_ARGS", "")]).strip(),
            "CMAKE_BUILD_PARALLEL_LEVEL": str(jobs),
            # The locked cmake and ninja live in the environment.
            "PATH": os.pathsep.join([str(layout.python.parent), os.environ.get("PATH", "")]),
        }
    )
    command: list[str | Path] = [layout.python, "-m", "pip", "wheel", "--verbose", "--no-index", "--no-deps"]
    command += ["--no-build-isolation", "--disable-pip-version-check", "--wheel-dir", target]
    command += ["--config-settings", f"build-dir={source.parent / 'objects'}"]
    command += ["--config-settings", f"wheel.exclude={NOT_IN_WHEEL}", source]
    run_logged(command, step=step, log=log, env=env, interpret=BuildProgress())


def compiler_flags(source: Path) -> list[str]:
    """The flags for both languages, as CMake takes them; where the sources lay is nobody's business."""
    flags = " ".join([*COMPILER_FLAGS, *([] if sys.platform == "win32" else [f"-ffile-prefix-map={source}=."])])
    return [shlex.quote(f"-DCMAKE_{language}_FLAGS={flags}") for language in ("C", "CXX")]


def build_jobs() -> int:
    """As many compilers at once as there are cores, and memory for them."""
    cores = os.cpu_count() or 1
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return cores
    memory_bytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(cores, memory_bytes // COMPILER_MEMORY_BYTES))


def file_sha256(path: Path) -> str:
    """The sha256 of a file as hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
