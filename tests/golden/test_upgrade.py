"""A home of the first version opens in this one: nothing is lost, whenever it is killed on the way."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import modules.chat.domain.trash
from hyperspot_desktop.bootstrap import open_host
from modkit.db.backup import list_backups
from modkit.db.provider import SqlCipherProvider
from modkit.db.verify import verify_backup
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient
from modules.local_search_index.contract import LocalSearchIndexClient
from modules.rag.contract import RagClient
from modules.settings.contract import SettingsClient
from tests.faults.harness import calls
from tests.faults.plugin import Break
from tests.faults.scenarios.migration import IndexUpgradeScenario, ProfileUpgradeScenario
from tests.golden.make import golden_id, make
from tests.support.schemas import SCHEMAS

KILLS = int(os.environ.get("HYPERSPOT_FAULT_KILLS", "4"))
UPGRADES = (ProfileUpgradeScenario, IndexUpgradeScenario)
FIRST = Path(__file__).with_name("first")


@pytest.fixture
def old_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", "")
    shutil.copytree(FIRST, home, dirs_exist_ok=True)
    return home


async def test_a_home_of_the_first_version_is_brought_up_to_date_with_everything_in_it(
    old_home: Path, ctx: SecurityContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The day after it was made: later, what is in its trash leaves for ever while this looks.
    monkeypatch.setattr(modules.chat.domain.trash, "utc_now", lambda: datetime(2026, 1, 3, tzinfo=UTC))
    async with open_host(old_home) as host:
        chat = host.client_hub.get(ChatClient)
        [conversation] = await chat.conversations(ctx)
        [trashed] = await chat.conversations(ctx, trashed=True)
        page = await chat.messages(ctx, conversation.id)
        other = await chat.message(ctx, golden_id("answer 1"))
        theme = await host.client_hub.get(SettingsClient).get(ctx, "appearance.theme")
        collections = await host.client_hub.get(RagClient).collections(ctx)
        passages = await host.client_hub.get(LocalSearchIndexClient).passages(ctx, golden_id("file"))
        [file] = [one for one in host.client_hub.get(SqlCipherProvider).files if one.path.name == "hyperspot.db"]
        key = file.key

    assert (conversation.title, trashed.title) == ("Rivers", "Old")
    assert [one.content for one in page.messages] == ["Where does the Rhine begin?", "At Lake Toma, in Switzerland."]
    assert other.content == "In the Alps."
    assert theme == "dark"
    assert [one.name for one in collections] == ["Papers"]
    assert [one.text for one in passages] == ["Ends in May."]
    [backup] = [one for one in list_backups(old_home / "backups", "hyperspot") if one.label == "before-migration"]
    assert verify_backup(backup.path, key).rows["chat_messages"] == 3


async def test_the_golden_home_is_made_by_the_first_migrations_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    await make(home)
    for name in {schema.file for schema in SCHEMAS}:
        assert (home / name).stat().st_size == (FIRST / name).stat().st_size


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="the programs to be broken are forks")
@pytest.mark.skipif(bool(calls.why_not()), reason=calls.why_not())
def test_a_kill_at_any_moment_of_an_upgrade_leaves_the_old_or_the_new_schema(break_on_purpose: Break) -> None:
    scenarios = [f"{one.__module__}:{one.__name__}" for one in UPGRADES]
    report = break_on_purpose(*scenarios, kills=KILLS, spread_kills=KILLS)
    assert report.problems == []
    for one in UPGRADES:
        tallies = report.tallies[one.name]
        assert tallies["kill"].trials == KILLS
        assert 0 < tallies["aimed"].trials <= KILLS  # upgrading an index makes fewer calls than a long run asks for
