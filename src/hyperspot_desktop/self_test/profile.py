"""A profile in a throw-away home: stored and read again, documents parsed, found, and a model that decodes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hyperspot_desktop.resources import resources
from hyperspot_desktop.self_test.report import CheckFailed
from hyperspot_desktop.self_test.tiny_model import write_tiny_model
from modkit.client_hub import ClientHub
from modkit.security import SecurityContext

_TITLE = "Self-test"
_NOTE = "The quay light is repainted every second October.\n"
_QUESTION = "quay light"
_TOKENS = 8

Work = Callable[[ClientHub, SecurityContext], Awaitable[str]]


class TemporaryProfile:
    """The checks that need a home; each opens it as a start of the program does, and closes it again."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def check_storage(self) -> str:
        """Create and migrate the database, keep a conversation, and find it after opening it again."""
        self._with_host(_keep)
        return self._with_host(_find_kept)

    def check_documents(self) -> str:
        """Parse a sample of each format."""
        return self._with_host(_parse_samples)

    def check_search(self) -> str:
        """Index a note and find it."""
        folder = self._home.parent / "notes"
        folder.mkdir()
        (folder / "quay.txt").write_text(_NOTE, encoding="utf-8")

        async def work(hub: ClientHub, ctx: SecurityContext) -> str:
            return await _search(hub, ctx, folder)

        return self._with_host(work)

    def check_engine(self) -> str:
        """Decode some tokens with a model that is made on the spot."""
        model = write_tiny_model(self._home.parent / "self-test.gguf")

        async def work(hub: ClientHub, ctx: SecurityContext) -> str:
            return await _decode(hub, ctx, model)

        return self._with_host(work)

    def _with_host(self, work: Work) -> str:
        from hyperspot_desktop.bootstrap import open_host
        from hyperspot_desktop.instance import HomeLock

        async def run() -> str:
            with HomeLock(self._home, "command"):
                async with open_host(self._home) as host:
                    return await work(host.client_hub, SecurityContext.local_user())

        # Its key lies in the home and goes with it; the user's keyring is not asked for one.
        with _variable("HYPERSPOT_KEYRING", "off"):
            return asyncio.run(run())


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


async def _keep(hub: ClientHub, ctx: SecurityContext) -> str:
    from modules.chat.contract import ChatClient

    await hub.get(ChatClient).create(ctx, title=_TITLE)
    return ""


async def _find_kept(hub: ClientHub, ctx: SecurityContext) -> str:
    from modules.chat.contract import ChatClient

    conversations = await hub.get(ChatClient).conversations(ctx)
    if [one.title for one in conversations] != [_TITLE]:
        raise CheckFailed("what was stored is not there any more")
    return "created, migrated, closed and read again"


async def _parse_samples(hub: ClientHub, ctx: SecurityContext) -> str:
    from modkit.errors import HyperSpotError
    from modules.file_parser.contract import FileParserClient

    parser = hub.get(FileParserClient)
    files = sorted((resources() / "samples").iterdir())
    broken: list[str] = []
    for file in files:
        try:
            await parser.parse(ctx, file)
        except HyperSpotError as error:
            broken.append(f"{file.name}: {error.sentence}")
    if broken or not files:
        raise CheckFailed("; ".join(broken) or "no samples are there")
    return f"{len(files)} samples"


async def _search(hub: ClientHub, ctx: SecurityContext, folder: Path) -> str:
    from modules.jobs_manager.contract import JobsClient, JobState
    from modules.rag.contract import Query, RagClient

    rag = hub.get(RagClient)
    job = await hub.get(JobsClient).wait(ctx, await rag.add(ctx, _TITLE, [folder]))
    if job.state is not JobState.SUCCEEDED:
        raise CheckFailed(f"the note was not indexed: {job.error or job.state.value}")
    findings = await rag.search(ctx, Query(text=_QUESTION, collections=(_TITLE,)))
    if not findings.hits:
        raise CheckFailed("the note was indexed but is not found")
    return "indexed and found"


async def _decode(hub: ClientHub, ctx: SecurityContext, file: Path) -> str:
    from modules.llm_manager.contract import LlmManagerClient, SamplingParams

    models = hub.get(LlmManagerClient)
    model = await models.import_file(ctx, file, mode="link")
    count = 0
    async with models.lease(ctx, model.id) as session:
        async for chunk in session.complete("abc", SamplingParams(temperature=0.0, max_output_tokens=_TOKENS)):
            count = chunk.timings.output_tokens if chunk.timings is not None else count
    if count == 0:
        raise CheckFailed("the engine decoded nothing")
    return f"{count} tokens decoded"
