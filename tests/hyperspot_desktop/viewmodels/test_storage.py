"""The notices above every page, and the screen of a profile that is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import OpenHost, Recovery
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.backup_scenes import Damaged
from hyperspot_desktop.demo.storage import DemoStorage
from hyperspot_desktop.viewmodels.app import AppViewModel
from hyperspot_desktop.viewmodels.storage import StorageViewModel
from modkit.db.errors import ROOM_BYTES
from modkit.db.health import StorageHealth
from modkit.db.repair_notes import RepairNote
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor

NOTE = RepairNote("2026-02-03T04:05:06+00:00", "It is repaired.", ("a: 1 rows read", "b: 2 rows read"), "/kept")


@pytest.fixture
def demo() -> DemoStorage:
    return DemoStorage(StorageHealth(repairs=(replace(NOTE, sentence="Before."), NOTE)))


@pytest.fixture
def bridge(make_bridge: MakeBridge, demo: DemoStorage) -> Bridge:
    return make_bridge(profile.clients(storage=demo))


@pytest.fixture
def storage(bridge: Bridge, wait_for: WaitFor) -> StorageViewModel:
    made = StorageViewModel(bridge)
    made.start()
    wait_for(lambda: made.property("repairCount"))
    return made


def become(bridge: Bridge, demo: DemoStorage, health: StorageHealth) -> None:
    bridge.on_host(lambda: demo.become(health))


def test_a_full_disk_is_said_with_sizes_that_are_never_too_small_and_goes_by_itself(
    storage: StorageViewModel, bridge: Bridge, demo: DemoStorage, wait_for: WaitFor
) -> None:
    assert (storage.property("fullSentence"), storage.property("fullAction")) == ("", "")
    become(bridge, demo, StorageHealth(needed_bytes=ROOM_BYTES, missing_bytes=4_000_001))
    wait_for(lambda: storage.property("full"))
    assert "The disk is full" in storage.property("fullSentence")
    action = "Free 5 MB on the disk of your profile (17 MB are needed). This goes on by itself then."
    assert storage.property("fullAction") == action
    become(bridge, demo, StorageHealth())
    wait_for(lambda: not storage.property("full"))


def test_a_file_that_is_only_read_is_said(
    storage: StorageViewModel, bridge: Bridge, demo: DemoStorage, wait_for: WaitFor
) -> None:
    assert storage.property("readOnlySentence") == ""
    become(bridge, demo, StorageHealth(read_only="It is newer."))
    wait_for(lambda: storage.property("readOnlySentence") == "Nothing can be changed: It is newer.")


def test_the_newest_repair_is_said_with_details_until_it_is_put_away(
    storage: StorageViewModel, demo: DemoStorage, wait_for: WaitFor
) -> None:
    assert storage.property("repairSentence") == "It is repaired."
    first = storage.property("repairs").rows[0]
    assert (first.sentence, first.details, first.kept) == ("It is repaired.", "a: 1 rows read\nb: 2 rows read", "/kept")
    storage.putAway()
    assert storage.property("repairSentence") == ""
    wait_for(lambda: demo.health.repairs == ())


FailedWith = Callable[[Exception], AppViewModel]


@pytest.fixture
def failed_with(application: QGuiApplication, wait_for: WaitFor) -> Iterator[FailedWith]:
    """The window's frame after a start that failed."""
    bridges: list[Bridge] = []

    def make(error: Exception) -> AppViewModel:
        async def fail() -> OpenHost:
            raise error

        bridge = Bridge(fail)
        bridges.append(bridge)
        app = AppViewModel(bridge)
        bridge.start()
        wait_for(lambda: app.property("state") == "failed")
        return app

    yield make
    ended = [bridge.dispose() for bridge in bridges]
    assert all(ended)


def test_a_damaged_profile_offers_a_repair_and_the_newest_whole_backup(failed_with: FailedWith) -> None:
    app = failed_with(Damaged("It is damaged."))
    chosen: list[Recovery] = []
    folders: list[str] = []
    app.on_recover(chosen.append)
    app.fileOpened.connect(folders.append)
    assert app.property("damaged")
    assert app.property("backupText").startswith("The newest whole backup is from ")
    assert app.property("backupText").endswith(" and has 128 conversations.")
    app.showDatabase()
    assert folders == [str(Path("/home/me/.hyperspot"))]
    app.recover("burn")
    assert (chosen, app.property("recovering")) == ([], "")
    app.recover("restore")
    assert chosen == [Recovery("restore", Path("/home/me/.hyperspot/hyperspot.db"))]
    assert app.property("recovering") == "restore"


def test_another_failure_of_the_start_offers_nothing_of_the_kind(failed_with: FailedWith) -> None:
    app = failed_with(RuntimeError("x"))
    chosen: list[Recovery] = []
    app.on_recover(chosen.append)
    app.recover("repair")
    app.showDatabase()
    assert (app.property("damaged"), app.property("backupText"), chosen) == (False, "", [])
