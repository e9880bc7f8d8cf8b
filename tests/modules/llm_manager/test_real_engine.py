"""The module as it ships: the real engine, the real starter models."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobState
from modules.llm_manager.contract import (
    EngineMessage,
    FitLevel,
    LoadState,
    ModelFileMissing,
    ModelLoadFailed,
    SamplingParams,
    WrongPurpose,
)
from tests.modules.llm_manager.conftest import Open, Workplace
from tests.modules.llm_manager.gguf_support import GgufFile
from tests.support.starter import starter_models

pytestmark = [pytest.mark.slow, pytest.mark.engine]

QUESTION = [EngineMessage("user", "Name a colour.")]
SHORT = SamplingParams(temperature=0.0, max_output_tokens=8)


@pytest.fixture
def starter_folder() -> Path:
    """Looked up before other fixtures clear the environment."""
    return starter_models()


@pytest.fixture
async def real(starter_folder: Path, open_workplace: Open, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Workplace]:
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", str(starter_folder))
    async with open_workplace(engine="llama.cpp") as work:
        yield work


async def test_the_starter_answers_and_searches_side_by_side(real: Workplace, ctx: SecurityContext) -> None:
    chat = await real.models.default_model(ctx, "chat")
    embedder = await real.models.default_model(ctx, "embedding")
    async with real.models.lease(ctx, chat.id) as session, real.models.lease(ctx, embedder.id) as search:
        chunks = [chunk async for chunk in session.chat(QUESTION, SHORT)]
        vectors = await search.embed(["a colour", "the harbour"])
    assert "".join(chunk.text for chunk in chunks).strip()
    assert chunks[-1].finish_reason in ("stop", "length")
    assert [len(vector) for vector in vectors] == [384, 384]
    assert {model.state for model in await real.models.installed(ctx)} == {LoadState.LOADED}


async def test_an_embedding_model_does_not_chat(real: Workplace, ctx: SecurityContext) -> None:
    embedder = await real.models.default_model(ctx, "embedding")
    async with real.models.lease(ctx, embedder.id) as session:
        with pytest.raises(WrongPurpose):
            [chunk async for chunk in session.chat(QUESTION, SHORT)]


async def test_what_a_model_was_said_to_need_is_near_what_it_takes(real: Workplace, ctx: SecurityContext) -> None:
    model = await real.models.default_model(ctx, "chat")
    fit = await real.models.fit(ctx, model.id)
    assert fit.level is FitLevel.FITS_EASILY
    async with real.models.lease(ctx, model.id) as session:
        taken = (await session.stats()).resident_bytes
    assert fit.needed_bytes / 2 < taken < fit.needed_bytes * 1.5


async def test_an_architecture_that_the_engine_does_not_know_is_said(
    real: Workplace, ctx: SecurityContext, tmp_path: Path
) -> None:
    strange = GgufFile({"general.architecture": "sausage"}).write(tmp_path / "strange.gguf")
    model = await real.models.import_file(ctx, strange)
    with pytest.raises(ModelLoadFailed, match="sausage"):
        await real.models.load(ctx, model.id)
    assert (await real.models.get(ctx, model.id)).state is LoadState.ON_DISK


async def test_a_file_that_is_removed_while_loaded_goes_on_answering_until_it_is_unloaded(
    real: Workplace, ctx: SecurityContext
) -> None:
    model = await real.models.default_model(ctx, "chat")
    async with real.models.lease(ctx, model.id) as session:
        model.path.unlink()
        chunks = [chunk async for chunk in session.chat(QUESTION, SHORT)]
    assert chunks[-1].finish_reason in ("stop", "length")
    await real.models.unload(ctx, model.id)
    assert (await real.models.get(ctx, model.id)).state is LoadState.MISSING
    with pytest.raises(ModelFileMissing):
        await real.models.load(ctx, model.id)


@pytest.mark.timeout(240)
async def test_a_model_is_converted_and_both_are_measured(real: Workplace, ctx: SecurityContext) -> None:
    model = await real.models.default_model(ctx, "chat")
    job = await real.jobs.wait(ctx, await real.models.optimise(ctx, model.id, "Q4_0"))
    assert job.state is JobState.SUCCEEDED, job.error
    converted = await real.models.get(ctx, "q4_0")
    assert (converted.quantization, converted.licence) == ("Q4_0", model.licence)
    assert converted.size_bytes < model.size_bytes
    assert job.result["generation_speed_ratio"] > 0
