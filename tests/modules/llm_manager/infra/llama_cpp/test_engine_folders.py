"""Other builds of the engine, in real folders, tried by real children."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from modules.llm_manager.contract import EngineBuild, InstalledModel
from modules.llm_manager.infra.llama_cpp.engine_folders import MANIFEST, EngineFolders
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from tests.modules.llm_manager.infra.llama_cpp.engine_questions import FRANCE, answer

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform != "linux", reason="names libraries as Linux does"),
]


def built_in() -> Path:
    spec = importlib.util.find_spec("llama_cpp")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "lib"


def added(home: Path, name: str, *, bindings: str | None = None) -> Path:
    """A folder with the manifest of a build that fits, and nothing else."""
    folder = home / "engines" / name
    folder.mkdir(parents=True)
    told = {"name": name.upper(), "bindings": bindings or version("llama-cpp-python")}
    (folder / MANIFEST).write_text(json.dumps(told), "utf-8")
    return folder


async def refused(home: Path) -> list[str]:
    """Why the added builds are not used; the built-in one has to be chosen."""
    first, *others = await EngineFolders(home).builds()
    assert (first.folder, first.chosen, [build.chosen for build in others]) == (None, True, [False] * len(others))
    return [build.refused for build in others]


async def test_without_other_builds_there_is_the_one_of_the_program(tmp_path: Path) -> None:
    assert await EngineFolders(tmp_path).builds() == [EngineBuild("llama.cpp", None, chosen=True)]


async def test_a_folder_has_to_say_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "engines" / "a").mkdir(parents=True)
    (added(tmp_path, "b") / MANIFEST).write_bytes(b"\xff{")
    (added(tmp_path, "c") / MANIFEST).write_text("[]")
    added(tmp_path, "d", bindings="0.1.0")
    (tmp_path / "engines" / "file").write_text("not a folder")
    assert await refused(tmp_path) == [
        "it has no engine.json",
        "its engine.json cannot be read",
        "its engine.json needs a name and the version of the bindings",
        f"it was built for version 0.1.0 of the bindings, and these are {version('llama-cpp-python')}",
    ]


async def test_a_build_without_a_graphics_device_is_refused(tmp_path: Path) -> None:
    shutil.copytree(built_in(), added(tmp_path, "copy"), dirs_exist_ok=True)
    assert await refused(tmp_path) == ["it drives no graphics device on this computer"]


async def test_libraries_that_cannot_be_loaded_are_refused(tmp_path: Path) -> None:
    (added(tmp_path, "empty") / "libllama.so").write_bytes(b"no library")
    (reason,) = await refused(tmp_path)
    assert reason.startswith("its libraries cannot be loaded (")


@pytest.mark.skipif(shutil.which("cc") is None, reason="makes a library that crashes with the compiler")
async def test_a_driver_that_crashes_takes_only_its_probe_along(tmp_path: Path) -> None:
    source = tmp_path / "crash.c"
    source.write_text("#include <stdlib.h>\n__attribute__((constructor)) static void die(void) { abort(); }\n")
    library = added(tmp_path, "crashing") / "libllama.so"
    compiling = ["cc", "-shared", "-fPIC", "-o", str(library), str(source)]
    await asyncio.to_thread(subprocess.run, compiling, check=True)
    (reason,) = await refused(tmp_path)
    assert reason.startswith("its probe ended: ")


class Promising(EngineFolders):
    """Its probe accepted a folder: on a computer without a graphics card nothing real does."""

    def __init__(self, home: Path, folder: Path) -> None:
        super().__init__(home)
        self._folder = folder

    async def _try_all(self) -> list[EngineBuild]:
        return [EngineBuild("llama.cpp", None, chosen=False), EngineBuild("other", self._folder, chosen=True)]


async def test_a_model_is_loaded_by_the_chosen_build(tmp_path: Path, chat_model: InstalledModel) -> None:
    folder = added(tmp_path, "other")
    shutil.copytree(built_in(), folder, dirs_exist_ok=True)
    session = await LlamaCppFactory(None, Promising(tmp_path, folder)).start(chat_model, context_length=512)
    try:
        mapped = Path(f"/proc/{session.loaded.pid}/maps").read_text()
        text, _ = await answer(session, FRANCE)
    finally:
        await session.stop()
    assert str(folder / "libllama.so") in mapped
    assert str(built_in()) not in mapped
    assert text


async def test_the_built_in_engine_takes_over_from_one_that_cannot_load(
    tmp_path: Path, chat_model: InstalledModel
) -> None:
    folder = added(tmp_path, "other")
    (folder / "libllama.so").write_bytes(b"no library")
    folders = Promising(tmp_path, folder)
    session = await LlamaCppFactory(None, folders).start(chat_model, context_length=512)
    await session.stop()
    first, other = await folders.builds()
    assert (first.chosen, other.chosen) == (True, False)
    assert other.refused.startswith(f"it could not load {chat_model.name}: ")
