"""Re-quantising in a child that can write one file."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from modules.llm_manager.contract import EngineMessage, InstalledModel, ModelLoadFailed, SamplingParams
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.requantize import LlamaCppRequantizer

pytestmark = pytest.mark.engine


async def test_the_new_file_is_smaller_and_answers(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path
) -> None:
    target = tmp_path / "small ü.gguf"
    shares: list[float] = []
    await LlamaCppRequantizer().requantize(chat_model.path, target, "Q4_0", shares.append)
    session = await factory.start(replace(chat_model, path=target), context_length=256)
    question = [EngineMessage("user", "What is the capital of France?")]
    params = SamplingParams(temperature=0.0, max_output_tokens=16)
    text = "".join([chunk.text async for chunk in session.chat(question, params)])
    await session.stop()
    assert "Paris" in text
    assert target.stat().st_size < 0.75 * chat_model.path.stat().st_size
    assert (shares == sorted(shares), shares[-1]) == (True, 1.0)
    assert list(tmp_path.iterdir()) == [target]


async def test_what_is_no_model_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "text.gguf"
    source.write_text("hello")
    with pytest.raises(ModelLoadFailed, match="re-quantised"):
        await LlamaCppRequantizer().requantize(source, tmp_path / "new.gguf", "Q8_0")
    assert list(tmp_path.iterdir()) == [source]


async def test_an_unknown_quantisation_is_refused_with_the_known_ones(
    chat_model: InstalledModel, tmp_path: Path
) -> None:
    with pytest.raises(ModelLoadFailed, match="Q99") as caught:
        await LlamaCppRequantizer().requantize(chat_model.path, tmp_path / "new.gguf", "Q99")
    assert "Q8_0" in caught.value.action


async def test_cancelling_leaves_nothing_behind(chat_model: InstalledModel, tmp_path: Path) -> None:
    begun = asyncio.Event()
    work = LlamaCppRequantizer().requantize(chat_model.path, tmp_path / "new.gguf", "Q4_K_M", lambda share: begun.set())
    task = asyncio.create_task(work)
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    assert (task.cancelled(), list(tmp_path.iterdir())) == (True, [])
