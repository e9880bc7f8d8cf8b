"""An encoder in the ONNX format in the profile: imported, chosen, and not to be converted."""

from __future__ import annotations

from pathlib import Path

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.contract import InvalidModelFile
from modules.llm_manager.domain.orders import NotConvertible
from tests.modules.llm_manager.conftest import Open, Workplace
from tests.modules.llm_manager.gguf_support import BERT, GgufFile
from tests.support.starter import embedder_file


@pytest.fixture
def encoder_file() -> Path:
    """Asked for before ``work``, which hides the starter models from the program."""
    return embedder_file()


async def test_its_copy_keeps_its_kind_and_a_restart_knows_it(
    encoder_file: Path, open_workplace: Open, ctx: SecurityContext
) -> None:
    async with open_workplace() as work:
        model = await work.models.import_file(ctx, encoder_file, name="mine")
    assert (model.format, model.purpose, model.quantization) == ("onnx", "embedding", "INT8")
    assert (model.path.suffix, model.path.parent) == (".onnx", work.home / "models")
    async with open_workplace() as work:
        assert (await work.models.get(ctx, model.id)).format == "onnx"


async def test_it_cannot_be_converted_and_a_foreign_one_not_imported(
    encoder_file: Path, work: Workplace, ctx: SecurityContext, tmp_path: Path
) -> None:
    model = await work.models.import_file(ctx, encoder_file, mode="link", name="mine")
    with pytest.raises(NotConvertible):
        await work.models.optimise(ctx, model.id)
    foreign = tmp_path / "foreign.onnx"
    foreign.write_bytes(b"\x08\x0a\x3a\x03abc")
    with pytest.raises(InvalidModelFile, match="not made by this program"):
        await work.models.import_file(ctx, foreign)


async def test_a_loaded_embedder_is_not_preferred(
    encoder_file: Path, work: Workplace, ctx: SecurityContext, tmp_path: Path
) -> None:
    large = await work.models.import_file(ctx, encoder_file, mode="link", name="large")
    small = await work.models.import_file(ctx, GgufFile(BERT).write(tmp_path / "small.gguf"))
    await work.models.load(ctx, small.id)
    assert (await work.models.default_model(ctx, "embedding")).id == large.id
