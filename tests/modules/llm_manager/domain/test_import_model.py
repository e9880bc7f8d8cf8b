"""From a file to an installed model, and what can be wrong with the file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.contract import (
    InvalidModelFile,
    LoadState,
    ModelAlreadyInstalled,
    ModelFileMissing,
    ModelNotFound,
)
from tests.modules.llm_manager.conftest import Open, Workplace
from tests.modules.llm_manager.gguf_support import BERT, LLAMA, GgufFile, TensorRow
from tests.modules.llm_manager.hostile_server import Behaviour, hostile_server

ModelFile = Callable[..., Path]


async def test_a_copied_model_lies_in_the_home_and_is_described(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    path = model_file("Qwen9-1B")
    model = await work.models.import_file(ctx, path)
    assert (model.id, model.name, model.purpose, model.licence) == ("qwen9-1b-f32", "Qwen9-1B", "chat", "mit")
    assert model.path == work.home / "models" / "qwen9-1b-f32.gguf"
    assert model.path.read_bytes() == path.read_bytes()
    assert (model.chat_template, model.parameters, model.linked) == ("{{ messages }}", 128, False)
    assert len(model.sha256) == 64


async def test_installed_models_survive_a_restart(
    open_workplace: Open, ctx: SecurityContext, model_file: ModelFile
) -> None:
    async with open_workplace() as work:
        before = await work.models.import_file(ctx, model_file())
    async with open_workplace() as work:
        assert await work.models.installed(ctx) == [before]


async def test_a_linked_model_stays_where_it_is_and_outlives_its_removal(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    path = model_file()
    model = await work.models.import_file(ctx, path, mode="link")
    assert (model.path, model.linked) == (path, True)
    await work.models.remove(ctx, model.id)
    assert path.exists()
    assert await work.models.installed(ctx) == []


async def test_a_removed_copy_is_deleted_but_not_the_original(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    path = model_file()
    model = await work.models.import_file(ctx, path)
    await work.models.remove(ctx, model.id)
    assert not model.path.exists()
    assert path.exists()


async def test_the_same_content_is_not_installed_twice(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile, tmp_path: Path
) -> None:
    path = model_file()
    first = await work.models.import_file(ctx, path)
    again = tmp_path / "again.gguf"
    again.write_bytes(path.read_bytes())
    with pytest.raises(ModelAlreadyInstalled, match=first.id):
        await work.models.import_file(ctx, again)
    assert [path.name for path in (work.home / "models").iterdir()] == [first.path.name]


async def test_models_of_the_same_name_get_numbers(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    await work.models.import_file(ctx, model_file("a"), name="Same")
    second = await work.models.import_file(ctx, model_file("b"), name="Same")
    assert second.id == "same-f32-2"


async def test_inspecting_imports_nothing(work: Workplace, ctx: SecurityContext, model_file: ModelFile) -> None:
    model = await work.models.inspect_file(ctx, model_file())
    assert (model.state, model.sha256) == (LoadState.ON_DISK, "")
    assert await work.models.installed(ctx) == []


async def test_an_encoder_is_an_embedding_model(work: Workplace, ctx: SecurityContext, tmp_path: Path) -> None:
    model = await work.models.import_file(ctx, GgufFile(BERT).write(tmp_path / "e.gguf"))
    assert (model.purpose, model.embedding_length) == ("embedding", 32)


async def test_an_encoder_that_judges_pairs_is_a_reranking_model(
    work: Workplace, ctx: SecurityContext, tmp_path: Path
) -> None:
    file = GgufFile(BERT | {"bert.pooling_type": 4}).write(tmp_path / "r.gguf")
    with pytest.raises(ModelNotFound, match="No reranking model"):
        await work.models.default_model(ctx, "reranking")
    model = await work.models.import_file(ctx, file)
    assert model.purpose == "reranking"
    assert (await work.models.default_model(ctx, "reranking")).id == model.id
    with pytest.raises(ModelNotFound):
        await work.models.default_model(ctx, "embedding")


async def test_a_slow_quantization_is_said_to_be_slow(work: Workplace, ctx: SecurityContext, tmp_path: Path) -> None:
    file = GgufFile(LLAMA | {"general.file_type": 3}, (TensorRow(type=3),))
    model = await work.models.import_file(ctx, file.write(tmp_path / "q.gguf"))
    assert (model.quantization, model.slow_quantization) == ("Q4_1", True)


@pytest.mark.parametrize(
    "metadata",
    [{"general.type": "adapter"}, {"general.architecture": "clip"}],
    ids=["adapter", "image part"],
)
async def test_parts_of_models_are_refused(
    work: Workplace, ctx: SecurityContext, tmp_path: Path, metadata: dict[str, object]
) -> None:
    with pytest.raises(InvalidModelFile):
        await work.models.import_file(ctx, GgufFile(LLAMA | metadata).write(tmp_path / "x.gguf"))
    assert await work.models.installed(ctx) == []


async def test_a_file_that_is_no_model_leaves_no_copy(work: Workplace, ctx: SecurityContext, tmp_path: Path) -> None:
    path = tmp_path / "notes.gguf"
    path.write_text("shopping list")
    with pytest.raises(InvalidModelFile):
        await work.models.import_file(ctx, path)
    assert not (work.home / "models").exists()


async def test_a_model_whose_file_is_gone_is_missing_and_cannot_be_loaded(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    model = await work.models.import_file(ctx, model_file())
    model.path.unlink()
    assert (await work.models.get(ctx, model.id)).state is LoadState.MISSING
    with pytest.raises(ModelFileMissing):
        await work.models.load(ctx, model.id)


async def test_a_model_whose_file_was_damaged_later_never_reaches_the_engine(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    model = await work.models.import_file(ctx, model_file())
    model.path.write_bytes(model.path.read_bytes()[:100])
    with pytest.raises(InvalidModelFile):
        await work.models.load(ctx, model.id)
    assert work.engines.engines == {}


async def test_a_part_of_the_name_is_enough_while_it_is_unambiguous(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    await work.models.import_file(ctx, model_file("llama-one"))
    await work.models.import_file(ctx, model_file("llama-two"))
    assert (await work.models.get(ctx, "TWO")).name == "llama-two"
    with pytest.raises(ModelNotFound, match="can mean"):
        await work.models.get(ctx, "llama")
    with pytest.raises(ModelNotFound, match="There is no model 'mistral'"):
        await work.models.get(ctx, "mistral")


@pytest.fixture
def folder(work: Workplace) -> Path:
    """The models folder, where the user may keep files of his own."""
    folder = work.home / "models"
    folder.mkdir()
    return folder


async def test_a_copy_does_not_replace_a_file_of_the_users(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile, folder: Path
) -> None:
    own = folder / "tiny-f32.gguf"
    own.write_text("the user's")
    model = await work.models.import_file(ctx, model_file("Tiny"))
    assert own.read_text() == "the user's"
    assert (model.id, model.path.name) == ("tiny-f32", "tiny-f32-2.gguf")


async def test_a_copy_does_not_take_the_name_of_a_download_that_can_go_on(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    async with hostile_server(Behaviour(b"", statuses=[404])) as server:
        await work.jobs.wait(ctx, await work.models.pull(ctx, server.url("/tiny-f32.gguf")))
    assert (await work.models.import_file(ctx, model_file("Tiny"))).path.name == "tiny-f32-2.gguf"


async def test_files_of_the_same_name_are_copied_at_the_same_time(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile
) -> None:
    paths = [model_file("a"), model_file("b")]
    models = await asyncio.gather(*(work.models.import_file(ctx, path, name="Same") for path in paths))
    assert [model.path.read_bytes() for model in models] == [path.read_bytes() for path in paths]


async def test_the_same_content_copied_at_the_same_time_is_installed_once(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile, tmp_path: Path
) -> None:
    path = model_file("a")
    again = tmp_path / "b.gguf"
    again.write_bytes(path.read_bytes())
    ends = await asyncio.gather(*(work.models.import_file(ctx, one) for one in (path, again)), return_exceptions=True)
    assert sum(isinstance(end, ModelAlreadyInstalled) for end in ends) == 1
    assert [model.path for model in await work.models.installed(ctx)] == list((work.home / "models").iterdir())


async def test_a_file_in_the_models_folder_is_registered_in_place_and_stays_the_users(
    work: Workplace, ctx: SecurityContext, folder: Path
) -> None:
    own = GgufFile().write(folder / "Tiny-F32.gguf")
    model = await work.models.import_file(ctx, own)
    assert (model.path, model.linked, list(folder.iterdir())) == (own, True, [own])
    await work.models.remove(ctx, model.id)
    assert own.exists()


async def test_a_file_in_the_models_folder_survives_being_installed_already(
    work: Workplace, ctx: SecurityContext, model_file: ModelFile, folder: Path
) -> None:
    elsewhere = model_file("Tiny")
    await work.models.import_file(ctx, elsewhere, mode="link", name="Another")
    own = folder / "tiny-f32.gguf"
    own.write_bytes(elsewhere.read_bytes())
    with pytest.raises(ModelAlreadyInstalled, match="another-f32"):
        await work.models.import_file(ctx, own)
    assert own.read_bytes() == elsewhere.read_bytes()
