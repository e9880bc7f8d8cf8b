"""Other builds of llama.cpp, for graphics cards: folders that somebody adds, tried in a throw-away child at the start.

A folder has the libraries of one build and ``engine.json``: ``{"name": "CUDA", "bindings": "0.3.36"}``. The libraries
must be of the version that the bindings are for, because the layout of their structures changes between versions.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from loguru import logger

from modkit.children import ChildError, ChildProcess, ChildSpec, RestartPolicy, SandboxProfile
from modkit.errors import HyperSpotError
from modules.llm_manager.contract import EngineBuild

MANIFEST = "engine.json"
LIBRARY_FOLDER = "LLAMA_CPP_LIB_PATH"
"""Where the bindings look for the libraries, when it is not beside them."""
_BUILT_IN = "llama.cpp"
"""Also the name of its folder in an installed program."""
_PROBE_SILENCE_S = 60.0
"""A driver may compile its kernels at the first use."""
_SYSTEM_FACTS = (
    "/sys/devices",
    "/sys/class",
    "/sys/bus/pci",
    "/proc/driver/nvidia",
    "/etc/vulkan",
    "/usr/share/vulkan",
)
_DEVICE_PATTERNS = ("dri/*", "nvidia*", "nvidia-caps/*", "kfd")


@dataclass(frozen=True, slots=True)
class _Manifest:
    name: str
    bindings: str


class EngineFolders:
    """Finds the folders, tries them once per run of the program, and remembers why one was refused."""

    def __init__(self, home: Path) -> None:
        self._places = (home / "engines", *_beside_the_built_in())
        self._trying = asyncio.Lock()
        self._builds: list[EngineBuild] | None = None

    async def builds(self) -> list[EngineBuild]:
        """All builds with what became of them; exactly one of them is chosen, the built-in one if no other works."""
        async with self._trying:
            if self._builds is None:
                self._builds = await self._try_all()
            return list(self._builds)

    async def chosen(self) -> EngineBuild:
        return next(build for build in await self.builds() if build.chosen)

    def refuse(self, refused: EngineBuild, reason: str) -> None:
        """A build that promised more than it held: the built-in one takes over until the next start."""
        logger.bind(engine=refused.name).warning("An added engine is not used: {}", reason)
        self._builds = [
            replace(
                build, chosen=build.folder is None, refused=reason if build.folder == refused.folder else build.refused
            )
            for build in self._builds or ()
        ]

    async def _try_all(self) -> list[EngineBuild]:
        tried: list[EngineBuild] = []
        for folder in await asyncio.to_thread(_folders, self._places):
            build = await _try(folder)
            logger.bind(engine=build.name, devices=build.devices).info(
                "An added engine: {}", build.refused or "it works here"
            )
            tried.append(build)
        working = next((build for build in tried if not build.refused), None)
        built_in = EngineBuild(_BUILT_IN, None, chosen=working is None)
        return [built_in, *(replace(build, chosen=build is working) for build in tried)]


def graphics_profile(folder: Path, *read_paths: Path) -> SandboxProfile:
    """What a child of such a build may do besides computing: see its libraries, and speak to graphics devices.

    Drivers map more address space than there is memory, so that has no limit.
    """
    facts = [Path(path) for path in _SYSTEM_FACTS if Path(path).exists()]
    devices = sorted(path for pattern in _DEVICE_PATTERNS for path in Path("/dev").glob(pattern))
    return SandboxProfile(read_paths=[*read_paths, folder, *facts], device_paths=devices, memory_bytes=None)


def _beside_the_built_in() -> Iterable[Path]:
    bundle = getattr(sys, "_MEIPASS", None)
    return [Path(bundle) / "engines"] if isinstance(bundle, str) else []


def _folders(places: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for place in places:
        with suppress(OSError):
            found += sorted(folder for folder in place.iterdir() if folder.is_dir() and folder.name != _BUILT_IN)
    return found


async def _try(folder: Path) -> EngineBuild:
    try:
        manifest = await asyncio.to_thread(_read_manifest, folder)
        needed = version("llama-cpp-python")
        if manifest.bindings != needed:
            raise ValueError(f"it was built for version {manifest.bindings} of the bindings, and these are {needed}")
    except (OSError, ValueError) as error:
        return EngineBuild(folder.name, folder, chosen=False, refused=_reason(error))
    spec = ChildSpec(
        "engine-probe",
        sandbox=graphics_profile(folder),
        environment={LIBRARY_FOLDER: str(folder)},
        restart=RestartPolicy("never"),
        silence_timeout_s=_PROBE_SILENCE_S,
    )
    try:
        async with ChildProcess(spec) as child:
            said = await child.call("look", {})
    except (ChildError, HyperSpotError) as error:
        return EngineBuild(manifest.name, folder, chosen=False, refused=f"its probe ended: {error.sentence}")
    return EngineBuild(manifest.name, folder, chosen=False, refused=said["refused"], devices=tuple(said["devices"]))


def _read_manifest(folder: Path) -> _Manifest:
    """
    Raises:
        OSError: there is none.
        ValueError: it says nothing that can be used.
    """
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    if not isinstance(told, dict) or not all(isinstance(told.get(key), str) for key in ("name", "bindings")):
        raise ValueError(f"its {MANIFEST} needs a name and the version of the bindings")
    return _Manifest(told["name"], told["bindings"])


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"it has no {MANIFEST}"
    if isinstance(error, (OSError, json.JSONDecodeError, UnicodeDecodeError)):
        return f"its {MANIFEST} cannot be read"
    return str(error)
