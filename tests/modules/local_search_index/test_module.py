"""The module in a host: which plugin is used, and what a damaged file does to the rest."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from modkit.config import desktop_defaults, load_config
from modkit.db.provider import SqlCipherProvider
from modkit.host import Host
from modkit.phases import PhaseFailed
from modkit.plugins import PluginNotFound
from modkit.security import SecurityContext
from modules.local_search_index.contract import IndexUnavailable, LocalSearchIndexClient
from modules.local_search_index.infra.qdrant.connect import open_store
from modules.local_search_index.module import LocalSearchIndexModule
from modules.settings.contract import SettingsClient
from modules.settings.module import SettingsModule
from tests.conftest import FixedKey
from tests.modules.local_search_index.index_support import found, put

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def _host(home: Path, **settings: object) -> AsyncIterator[Host]:
    config = load_config(
        environ={},
        defaults=desktop_defaults(["settings", "local-search-index"]),
        overrides={"server.home_dir": str(home)}
        | {f"modules.local-search-index.config.{name.replace('__', '.')}": value for name, value in settings.items()},
    )
    databases = SqlCipherProvider(FixedKey(), home)
    async with Host(config, [SettingsModule, LocalSearchIndexModule], databases=databases) as host:
        yield host


async def test_passages_lie_in_a_file_of_their_own_and_outlive_the_program(home: Path, ctx: SecurityContext) -> None:
    async with _host(home) as host:
        await put(host.client_hub.get(LocalSearchIndexClient), ctx, "a.md", "a fish")
    async with _host(home) as host:
        assert await found(host.client_hub.get(LocalSearchIndexClient), ctx, "fish") == ["a [fish]"]
    assert (home / "index.db").exists()


@pytest.mark.parametrize("damage", ["first page", "everything but the first page", "cut off", "empty", "other file"])
async def test_a_bad_index_file_is_made_anew_at_the_start_and_nothing_else_is_touched(
    home: Path, ctx: SecurityContext, damage: str
) -> None:
    # given
    async with _host(home) as host:
        index = host.client_hub.get(LocalSearchIndexClient)
        await put(index, ctx, "a.md", "a fish")
        await index.confirm_reindexing(ctx)
        host.client_hub.get(SettingsClient)
    good, path = (home / "index.db").read_bytes(), home / "index.db"
    settings = (home / "hyperspot.db").read_bytes()
    path.write_bytes(
        {
            "first page": b"\x00" * 4096 + good[4096:],
            "everything but the first page": good[:4096] + b"\x5a" * (len(good) - 4096),
            "cut off": good[: 4096 * 3 + 100],
            "empty": b"",
            "other file": b"SQLite format 3\x00" + good[16:],
        }[damage]
    )
    # when
    async with _host(home) as host:
        index = host.client_hub.get(LocalSearchIndexClient)
        # then
        assert (await index.state(ctx)).needs_reindexing
        await put(index, ctx, "a.md", "a new fish")
        assert await found(index, ctx, "fish") == ["a new [fish]"]
    assert (home / "hyperspot.db").read_bytes() == settings
    assert (home / "index.db.set-aside").exists()


async def test_another_plugin_is_a_matter_of_configuration(home: Path, ctx: SecurityContext) -> None:
    async with _host(home, vendor="qdrant", qdrant__url='":memory:"') as host:
        index = host.client_hub.get(LocalSearchIndexClient)
        await put(index, ctx, "a.md", "a fish")
        stats = await index.stats(ctx)
        assert (await found(index, ctx, "fish"), stats.file_bytes) == (["a [fish]"], 0)


async def test_a_vendor_without_a_plugin_is_named(home: Path, ctx: SecurityContext) -> None:
    async with _host(home, vendor="qdrant") as host:
        with pytest.raises(PluginNotFound, match="qdrant"):
            await host.client_hub.get(LocalSearchIndexClient).stats(ctx)


async def test_a_missing_package_is_named_with_its_cure(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qdrant_client", None)
    with pytest.raises(PhaseFailed) as failed:
        async with _host(home, qdrant__url="http://127.0.0.1:6333"):
            pass
    cause = failed.value.__cause__
    assert isinstance(cause, IndexUnavailable)
    assert "hyperspot-desktop[qdrant]" in cause.action


async def test_a_server_that_does_not_answer_is_an_error_with_an_action(ctx: SecurityContext) -> None:
    from modules.local_search_index.config import QdrantConfig

    # Nothing listens on the discard port.
    store = open_store(QdrantConfig(url="http://127.0.0.1:9", timeout_s=1))
    with pytest.raises(IndexUnavailable, match="Qdrant"):
        await store.generations(ctx)
    await store.close()


def test_the_module_needs_neither_numpy_nor_the_servers_client() -> None:
    code = (
        "import sys, modules.local_search_index.module as m;"
        " sys.exit(any(one in sys.modules for one in ('numpy', 'qdrant_client')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT / "src", check=False).returncode == 0
