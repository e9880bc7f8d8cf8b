"""A new home begins with the prepared starter models, and a removed one stays removed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.infra.starter_manifest import StarterFile, write_manifest
from tests.modules.llm_manager.conftest import Open
from tests.modules.llm_manager.gguf_support import GgufFile

STARTER_ID = "smollm2-135m-instruct-q8_0"


@pytest.fixture
def prepared(tmp_path: Path, open_workplace: Open, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as set-up leaves it, with a small model in the starter's place."""
    folder = tmp_path / "prepared"
    folder.mkdir()
    path = GgufFile().write(folder / "starter.gguf")
    (folder / "LICENCE.txt").write_text("Do what you like.")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    entry = StarterFile(STARTER_ID, path.name, path.stat().st_size, digest, "Apache-2.0", "LICENCE.txt", "a wheel")
    write_manifest(folder, [entry])
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", str(folder))
    return folder


async def test_the_starter_is_there_with_its_licence_and_is_the_default(
    prepared: Path, open_workplace: Open, ctx: SecurityContext
) -> None:
    async with open_workplace() as work:
        model = await work.models.default_model(ctx, "chat")
        assert (model.id, model.catalogue_id, model.linked) == (STARTER_ID, STARTER_ID, False)
        assert (work.home / "models" / "licences" / f"{STARTER_ID}.txt").read_text() == "Do what you like."


async def test_a_removed_starter_does_not_come_back(prepared: Path, open_workplace: Open, ctx: SecurityContext) -> None:
    async with open_workplace() as work:
        await work.models.remove(ctx, STARTER_ID)
    async with open_workplace() as work:
        assert await work.models.installed(ctx) == []
    assert (prepared / "starter.gguf").exists()


async def test_a_damaged_starter_does_not_stop_the_start_and_is_tried_again(
    prepared: Path, open_workplace: Open, ctx: SecurityContext
) -> None:
    whole = (prepared / "starter.gguf").read_bytes()
    (prepared / "starter.gguf").write_bytes(whole[:50])
    async with open_workplace() as work:
        assert await work.models.installed(ctx) == []
    (prepared / "starter.gguf").write_bytes(whole)
    async with open_workplace() as work:
        assert [model.id for model in await work.models.installed(ctx)] == [STARTER_ID]


async def test_a_starter_does_not_replace_a_file_of_the_users(
    prepared: Path, open_workplace: Open, ctx: SecurityContext, home: Path
) -> None:
    own = home / "models" / "starter.gguf"
    own.parent.mkdir(parents=True)
    own.write_text("the user's")
    async with open_workplace() as work:
        assert (await work.models.get(ctx, STARTER_ID)).path.name == "starter-2.gguf"
    assert own.read_text() == "the user's"


async def test_a_starter_whose_installation_was_broken_off_is_installed_from_what_is_there(
    prepared: Path, open_workplace: Open, ctx: SecurityContext, home: Path
) -> None:
    there = home / "models" / "starter.gguf"
    there.parent.mkdir(parents=True)
    there.hardlink_to(prepared / "starter.gguf")
    async with open_workplace() as work:
        assert (await work.models.get(ctx, STARTER_ID)).path == there
