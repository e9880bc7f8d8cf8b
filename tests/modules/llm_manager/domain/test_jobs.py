"""Downloads, measurements and conversions as durable jobs, on the real job service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.jobs_manager.contract import JobState
from modules.llm_manager.contract import ModelAlreadyInstalled, ModelNotFound
from modules.llm_manager.domain.import_model import Importer
from tests.modules.llm_manager.conftest import Open, Workplace
from tests.modules.llm_manager.gguf_support import LLAMA, GgufFile, TensorRow, model_bytes
from tests.modules.llm_manager.hostile_server import Behaviour, HostileServer, hostile_server

CONTENT = model_bytes(2 * 1024 * 1024)
OTHER_CONTENT = model_bytes(2 * 1024 * 1024, seed=7)
SMALL_RANGES = {"range_bytes": "65536"}


async def pulled(work: Workplace, ctx: SecurityContext, address: str) -> tuple[JobState, dict[str, object], str]:
    job = await work.jobs.wait(ctx, await work.models.pull(ctx, address))
    return job.state, job.result, (job.error or {}).get("sentence", "")


async def running(work: Workplace, ctx: SecurityContext, server: HostileServer, job_id: UUID) -> None:
    """Return when the job has fetched a good part of the file, and is not done."""
    async with asyncio.timeout(20):
        while server.sent_bytes < len(CONTENT) // 4:
            await asyncio.sleep(0.005)
    assert (await work.jobs.get(ctx, job_id)).state is JobState.RUNNING


async def test_an_address_is_downloaded_and_installed(work: Workplace, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT)) as server:
        state, result, _ = await pulled(work, ctx, server.url("/some/Nice-Model-Q8_0.gguf?download=true"))
    assert state is JobState.SUCCEEDED
    model = await work.models.get(ctx, str(result["model_id"]))
    assert model.path.read_bytes() == CONTENT
    assert (model.sha256, model.path.parent) == (server.sha256, work.home / "models")


async def test_a_repository_file_comes_from_its_main_branch(open_workplace: Open, ctx: SecurityContext) -> None:
    async with (
        hostile_server(Behaviour(CONTENT)) as server,
        open_workplace(huggingface_url=server.url("/")) as work,
    ):
        state, _, error = await pulled(work, ctx, "some/Repo-GGUF/sub dir/m.gguf")
        assert (state, error) == (JobState.SUCCEEDED, "")
    assert server.requests[0].path == "/some/Repo-GGUF/resolve/main/sub%20dir/m.gguf"


async def test_a_catalogue_entry_is_installed_under_its_own_id(open_workplace: Open, ctx: SecurityContext) -> None:
    async with (
        hostile_server(Behaviour(CONTENT)) as server,
        open_workplace(huggingface_url=server.url("/")) as work,
    ):
        _, result, _ = await pulled(work, ctx, "qwen3-0.6b")
        model = await work.models.get(ctx, str(result["model_id"]))
        assert (model.id, model.name, model.licence) == ("qwen3-0.6b-q8_0", "Qwen3 0.6B", "Apache-2.0")
        with pytest.raises(ModelAlreadyInstalled):
            await work.models.pull(ctx, "qwen3-0.6b")


async def test_a_file_of_this_computer_can_be_pulled(work: Workplace, ctx: SecurityContext, tmp_path: Path) -> None:
    path = GgufFile().write(tmp_path / "mine.gguf")
    state, _, _ = await pulled(work, ctx, str(path))
    assert state is JobState.SUCCEEDED


async def test_what_is_neither_address_nor_entry_is_refused_at_once(work: Workplace, ctx: SecurityContext) -> None:
    with pytest.raises(ModelNotFound):
        await work.models.pull(ctx, "no such model")


async def test_asking_twice_gives_the_same_job(work: Workplace, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT, chunk_delay_s=0.01)) as server:
        first = await work.models.pull(ctx, server.url())
        assert await work.models.pull(ctx, server.url()) == first
        await work.jobs.cancel(ctx, first)
        await work.jobs.wait(ctx, first)


async def test_a_failed_download_fails_its_job_with_a_sentence(work: Workplace, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT, statuses=[404])) as server:
        state, _, error = await pulled(work, ctx, server.url())
    assert state is JobState.FAILED
    assert "does not have this file" in error


async def test_a_paused_download_resumes_after_a_restart(open_workplace: Open, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT, chunk_delay_s=0.004)) as server:
        async with open_workplace(**SMALL_RANGES) as work:
            job_id = await work.models.pull(ctx, server.url())
            await running(work, ctx, server, job_id)
            await work.jobs.pause(ctx, job_id)
            assert (await work.jobs.wait(ctx, job_id)).state is JobState.PAUSED
        before = server.sent_bytes
        async with open_workplace(**SMALL_RANGES) as work:
            await work.jobs.resume(ctx, job_id)
            assert (await work.jobs.wait(ctx, job_id)).state is JobState.SUCCEEDED
            assert [model.sha256 for model in await work.models.installed(ctx)] == [server.sha256]
    assert server.sent_bytes - before < len(CONTENT)


async def test_a_cancelled_download_leaves_nothing(open_workplace: Open, ctx: SecurityContext) -> None:
    async with (
        hostile_server(Behaviour(CONTENT, chunk_delay_s=0.004)) as server,
        open_workplace(**SMALL_RANGES) as work,
    ):
        job_id = await work.models.pull(ctx, server.url())
        await running(work, ctx, server, job_id)
        await work.jobs.cancel(ctx, job_id)
        assert (await work.jobs.wait(ctx, job_id)).state is JobState.CANCELLED
        assert list((work.home / "models").iterdir()) == []


async def test_a_measurement_is_kept_with_the_model(
    open_workplace: Open, ctx: SecurityContext, model_file: Callable[..., Path]
) -> None:
    async with open_workplace() as work:
        model = await work.models.import_file(ctx, model_file())
        job = await work.jobs.wait(ctx, await work.models.benchmark(ctx, model.id))
        assert job.state is JobState.SUCCEEDED
    async with open_workplace() as work:
        benchmark = (await work.models.get(ctx, model.id)).benchmark
    assert benchmark is not None
    # 100 tokens of prompt, 20 of them cached, in 40 ms; 10 tokens in 100 ms.
    assert (benchmark.prompt_tokens_per_s, benchmark.generation_tokens_per_s) == (2000.0, 100.0)


async def test_optimising_makes_a_second_model_and_measures_both(
    work: Workplace, ctx: SecurityContext, tmp_path: Path
) -> None:
    slow = GgufFile(LLAMA | {"general.file_type": 3}, (TensorRow(type=3),)).write(tmp_path / "Slow-Q4_1.gguf")
    original = await work.models.import_file(ctx, slow)
    job = await work.jobs.wait(ctx, await work.models.optimise(ctx, original.id))
    assert job.state is JobState.SUCCEEDED, job.error
    models = {model.id: model for model in await work.models.installed(ctx)}
    assert list(models) == [original.id, "slow-q8_0"]
    assert all(model.benchmark is not None for model in models.values())
    assert (job.result["prompt_speed_ratio"], original.path.exists()) == (1.0, True)
    assert not list((work.home / "models").glob("*.converting"))


async def test_an_unknown_quantization_is_refused_at_once(
    work: Workplace, ctx: SecurityContext, model_file: Callable[..., Path]
) -> None:
    model = await work.models.import_file(ctx, model_file())
    with pytest.raises(HyperSpotError, match="Q99"):
        await work.models.optimise(ctx, model.id, "Q99")


async def target_name(work: Workplace, ctx: SecurityContext, job_id: UUID) -> str:
    return str((await work.jobs.get(ctx, job_id)).params["file"])


async def test_two_files_of_the_same_name_are_downloaded_side_by_side(
    open_workplace: Open, ctx: SecurityContext
) -> None:
    async with (
        hostile_server(Behaviour(CONTENT, chunk_delay_s=0.002)) as one,
        hostile_server(Behaviour(OTHER_CONTENT, chunk_delay_s=0.001)) as other,
        open_workplace(**SMALL_RANGES) as work,
    ):
        addresses = [server.url("/Same-Q8_0.gguf") for server in (one, other)]
        jobs = await asyncio.gather(*(work.models.pull(ctx, address) for address in addresses))
        ends = [await work.jobs.wait(ctx, job_id) for job_id in jobs]
        assert [(job.state, job.result.get("sha256")) for job in ends] == [
            (JobState.SUCCEEDED, one.sha256),
            (JobState.SUCCEEDED, other.sha256),
        ]
        models = await work.models.installed(ctx)
        assert sorted(model.path.read_bytes() for model in models) == sorted([CONTENT, OTHER_CONTENT])


async def test_asking_twice_at_the_same_moment_gives_one_job(work: Workplace, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT, statuses=[404])) as server:
        jobs = await asyncio.gather(*(work.models.pull(ctx, server.url()) for _ in range(4)))
        await work.jobs.wait(ctx, jobs[0])
    assert len(set(jobs)) == 1


async def test_a_failed_download_keeps_its_name_from_others(work: Workplace, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT, statuses=[404, 404])) as server:
        failed = await work.models.pull(ctx, server.url("/a/Same.gguf"))
        await work.jobs.wait(ctx, failed)
        other = await work.models.pull(ctx, server.url("/b/Same.gguf"))
        await work.jobs.wait(ctx, other)
    assert [await target_name(work, ctx, job_id) for job_id in (failed, other)] == ["same.gguf", "same-2.gguf"]


@pytest.mark.parametrize("name", ["mine.gguf", "mine.gguf.part"])
async def test_a_download_does_not_take_the_name_of_a_file_on_disk(
    work: Workplace, ctx: SecurityContext, name: str
) -> None:
    own = work.home / "models" / name
    own.parent.mkdir()
    own.write_text("the user's")
    async with hostile_server(Behaviour(CONTENT)) as server:
        state, _, error = await pulled(work, ctx, server.url("/Mine.gguf"))
    assert (state, error) == (JobState.SUCCEEDED, "")
    assert own.read_text() == "the user's"


async def test_asking_again_after_a_failure_takes_the_failed_job_up(work: Workplace, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT, statuses=[404])) as server:
        failed = await work.models.pull(ctx, server.url())
        assert (await work.jobs.wait(ctx, failed)).state is JobState.FAILED
        assert await work.models.pull(ctx, server.url()) == failed
        assert (await work.jobs.wait(ctx, failed)).state is JobState.SUCCEEDED


async def test_asking_again_after_cancelling_takes_the_same_job_and_name(work: Workplace, ctx: SecurityContext) -> None:
    async with hostile_server(Behaviour(CONTENT, statuses=[404])) as server:
        cancelled = await work.models.pull(ctx, server.url())
        await work.jobs.wait(ctx, cancelled)
        await work.jobs.cancel(ctx, cancelled)
        assert await work.models.pull(ctx, server.url()) == cancelled
        assert (await work.jobs.wait(ctx, cancelled)).state is JobState.SUCCEEDED


async def test_who_chose_another_folder_after_a_failure_gets_a_new_job(
    work: Workplace, ctx: SecurityContext, tmp_path: Path
) -> None:
    async with hostile_server(Behaviour(CONTENT, statuses=[404])) as server:
        await pulled(work, ctx, server.url("/m.gguf"))
        await work.settings.set(ctx, "models.folder", str(tmp_path / "elsewhere"))
        state, result, _ = await pulled(work, ctx, server.url("/m.gguf"))
    assert (state, result["path"]) == (JobState.SUCCEEDED, str(tmp_path / "elsewhere" / "m.gguf"))


@pytest.mark.parametrize("verb", ["remove", "cancel"])
async def test_clearing_a_failed_download_leaves_the_file_of_another_job_alone(
    open_workplace: Open, ctx: SecurityContext, verb: str
) -> None:
    async with (
        hostile_server(Behaviour(CONTENT, statuses=[404], chunk_delay_s=0.004)) as server,
        open_workplace(**SMALL_RANGES) as work,
    ):
        failed = await work.jobs.wait(ctx, await work.models.pull(ctx, server.url()))
        # Older versions made a second job with the same target; their tables are still there.
        twin = await work.jobs.enqueue(ctx, failed.kind, failed.title, failed.params)
        await running(work, ctx, server, twin.id)
        await getattr(work.jobs, verb)(ctx, failed.id)
        assert (work.home / "models" / "model.gguf.part").exists()
        done = await work.jobs.wait(ctx, twin.id)
        assert (done.state, done.result["sha256"]) == (JobState.SUCCEEDED, server.sha256)


async def test_a_download_stopped_right_before_it_is_installed_goes_on_with_its_file(
    open_workplace: Open, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = asyncio.Event()

    async def hang(*_: Any, **__: Any) -> None:
        reached.set()
        await asyncio.Event().wait()

    async with hostile_server(Behaviour(CONTENT)) as server:
        async with open_workplace() as work:
            with monkeypatch.context() as patch:
                patch.setattr(Importer, "register", hang)
                job_id = await work.models.pull(ctx, server.url())
                await reached.wait()
                await work.jobs.pause(ctx, job_id)
        asked = len(server.requests)
        async with open_workplace() as work:
            await work.jobs.resume(ctx, job_id)
            assert (await work.jobs.wait(ctx, job_id)).state is JobState.SUCCEEDED
    assert len(server.requests) == asked


async def test_a_conversion_does_not_replace_a_file_of_the_users(
    work: Workplace, ctx: SecurityContext, tmp_path: Path
) -> None:
    original = await work.models.import_file(ctx, GgufFile().write(tmp_path / "Tiny-F32.gguf"))
    own = work.home / "models" / "tiny-q8_0.gguf"
    own.write_text("the user's")
    job = await work.jobs.wait(ctx, await work.models.optimise(ctx, original.id))
    assert job.state is JobState.SUCCEEDED, job.error
    assert own.read_text() == "the user's"
    assert (await work.models.get(ctx, "tiny-q8_0")).path.name == "tiny-q8_0-2.gguf"
