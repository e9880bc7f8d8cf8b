"""Engines that die, freeze or are given the wrong file."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from modules.llm_manager.contract import (
    EngineChunk,
    EngineDied,
    EngineMessage,
    InstalledModel,
    ModelFileMissing,
    ModelLoadFailed,
    SamplingParams,
    TemplateFailed,
    WrongPurpose,
)
from modules.llm_manager.infra.llama_cpp.factory import LlamaCppFactory
from modules.llm_manager.infra.llama_cpp.load_plan import plan_load
from modules.llm_manager.infra.llama_cpp.session import LlamaCppSession
from tests.modules.llm_manager.gguf_support import GgufFile

pytestmark = pytest.mark.engine

FRANCE = [EngineMessage("user", "What is the capital of France?")]
SHORT = SamplingParams(temperature=0.0, max_output_tokens=3)
LONG = SamplingParams(temperature=1.0, seed=1, max_output_tokens=500)


async def hit(session: LlamaCppSession, number: int) -> list[EngineChunk]:
    """Send the engine a signal after its third piece of text; gives what arrived until the error."""
    seen: list[EngineChunk] = []
    async for chunk in session.chat(FRANCE, LONG):
        seen.append(chunk)
        if len(seen) == 3:
            os.kill(session.loaded.pid, number)
    return seen


async def test_a_model_unloaded_while_it_is_about_to_start_again_does_not_come_back(
    chat_model: InstalledModel,
) -> None:
    session = LlamaCppSession(chat_model, plan_load(chat_model, 512, tuned_kernels=False))
    loading = asyncio.create_task(session.load())
    await asyncio.sleep(0)  # it looks whether the file is there
    await session.stop()
    with pytest.raises(EngineDied, match="unloaded"):
        await loading


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
async def test_a_killed_engine_is_a_typed_error_and_the_next_question_loads_it_again(
    session: LlamaCppSession, number: signal.Signals
) -> None:
    before = session.loaded.pid
    with pytest.raises(EngineDied):
        await hit(session, number)
    await session.wait_ended()
    assert not session.alive
    chunks = [chunk async for chunk in session.chat(FRANCE, SHORT)]
    assert chunks[-1].finish_reason == "length"
    assert (session.alive, session.loaded.pid != before) == (True, True)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX systems")
async def test_a_frozen_engine_is_found_out(chat_model: InstalledModel, factory: LlamaCppFactory) -> None:
    quick = LlamaCppFactory(unresponsive_after_s=1.0)
    session = await quick.start(chat_model, context_length=512)
    with pytest.raises(EngineDied, match="did not react"):
        await hit(session, signal.SIGSTOP)
    chunks = [chunk async for chunk in session.chat(FRANCE, SHORT)]
    await session.stop()
    assert chunks[-1].finish_reason == "length"


async def test_a_stopped_session_stays_stopped(session: LlamaCppSession) -> None:
    await session.stop()
    await session.stop()
    await session.wait_ended()
    with pytest.raises(EngineDied, match="unloaded"):
        await session.tokenize("x")


async def test_stopping_ends_a_generation_with_a_typed_error(session: LlamaCppSession) -> None:
    chunks = session.chat(FRANCE, LONG)
    await anext(chunks)
    await session.stop()
    with pytest.raises(EngineDied):
        _ = [chunk async for chunk in chunks]


async def test_an_engine_that_cannot_load_its_model_again_does_not_count_as_loaded(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.gguf"
    shutil.copy(chat_model.path, copy)
    session = await factory.start(replace(chat_model, path=copy), context_length=256)
    os.kill(session.loaded.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    await session.wait_ended()
    copy.write_bytes(b"these are notes")
    with pytest.raises(ModelLoadFailed):
        await session.tokenize("x")
    assert not session.alive
    shutil.copy(chat_model.path, copy)
    assert await session.tokenize("x")
    await session.stop()


async def test_a_file_that_went_away_is_told_at_the_next_load(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.gguf"
    shutil.copy(chat_model.path, copy)
    session = await factory.start(replace(chat_model, path=copy), context_length=256)
    copy.unlink()
    still = [chunk async for chunk in session.chat(FRANCE, SHORT)]
    os.kill(session.loaded.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    await session.wait_ended()
    with pytest.raises(ModelFileMissing, match=r"copy\.gguf"):
        await session.tokenize("x")
    await session.stop()
    assert still[-1].finish_reason == "length"


# -- files


def damaged(path: Path, data: bytes, model: InstalledModel) -> InstalledModel:
    path.write_bytes(data)
    return replace(model, path=path, size_bytes=len(data))


@pytest.mark.parametrize("share", [0.0, 0.00001, 0.001, 0.5, 0.99])
async def test_a_truncated_file_is_refused_with_a_reason(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path, share: float
) -> None:
    data = chat_model.path.read_bytes()
    broken = damaged(tmp_path / "cut.gguf", data[: int(len(data) * share)], chat_model)
    with pytest.raises(ModelLoadFailed, match="cut"):
        await factory.start(broken, context_length=256)


@pytest.mark.parametrize("data", [b"hello", b"GGUF" + b"\xff" * 64, b"\x00" * 4096])
async def test_what_is_no_model_is_refused(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(ModelLoadFailed):
        await factory.start(damaged(tmp_path / "no.gguf", data, chat_model), context_length=256)


async def test_a_directory_is_no_model(factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path) -> None:
    with pytest.raises(ModelFileMissing):
        await factory.start(replace(chat_model, path=tmp_path), context_length=256)


async def test_an_unknown_architecture_is_refused_in_the_engine_s_words(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path
) -> None:
    data = GgufFile({"general.architecture": "warpdrive", "general.name": "Tiny"}).packed()
    with pytest.raises(ModelLoadFailed, match="unknown model architecture: 'warpdrive'"):
        await factory.start(damaged(tmp_path / "warp.gguf", data, chat_model), context_length=256)


async def test_an_embedding_model_in_the_clothes_of_a_chat_model_is_found_out(
    factory: LlamaCppFactory, embedding_model: InstalledModel
) -> None:
    session = await factory.start(replace(embedding_model, purpose="chat"), context_length=256)
    with pytest.raises(WrongPurpose):
        _ = [chunk async for chunk in session.chat(FRANCE, SHORT)]
    await session.stop()


async def test_a_hostile_template_harms_nobody(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path
) -> None:
    session = await factory.start(with_template(chat_model, tmp_path, "{{ 'a' * 10**10 }}"), context_length=256)
    with pytest.raises(TemplateFailed, match="stopped"):
        _ = [chunk async for chunk in session.chat(FRANCE, SHORT)]
    completed = [chunk async for chunk in session.complete("One, two,", SHORT)]
    await session.stop()
    assert completed[-1].finish_reason == "length"


async def test_an_endless_template_harms_nobody(
    factory: LlamaCppFactory, chat_model: InstalledModel, tmp_path: Path
) -> None:
    endless = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    session = await factory.start(with_template(chat_model, tmp_path, endless), context_length=256)
    with pytest.raises(TemplateFailed, match="longer than"):
        _ = [chunk async for chunk in session.chat(FRANCE, SHORT)]
    assert session.alive
    await session.stop()


def with_template(model: InstalledModel, folder: Path, template: str) -> InstalledModel:
    """The model with another template of the same length, which is all that changes in the file."""
    data = model.path.read_bytes()
    start = data.index(b"tokenizer.chat_template") + len(b"tokenizer.chat_template") + 4
    length = int.from_bytes(data[start : start + 8], "little")
    text = template.encode().ljust(length)
    assert len(text) == length
    copy = folder / "template.gguf"
    copy.write_bytes(data[: start + 8] + text + data[start + 8 + length :])
    return replace(model, path=copy)
