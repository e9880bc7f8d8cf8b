"""Pictures of backups, and of what is inside one."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Q_ARG, QMetaObject

from hyperspot_desktop.clients import Clients, HostOpener, OpenHost
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.backups import DemoBackups
from hyperspot_desktop.demo.stage import DemoFailure, Scene, Stage, open_newest, opening
from hyperspot_desktop.demo.storage import DemoStorage
from modkit.db.errors import ROOM_BYTES
from modkit.db.health import StorageHealth
from modkit.db.repair_notes import RepairNote


def _backups(stage: Stage) -> None:
    stage.view_models.app.setProperty("page", "backups")
    stage.wait_for(lambda: not stage.view_models.backups.property("loading"))
    stage.wait_for(lambda: bool(stage.view_models.models.property("known")))


def _inside(stage: Stage) -> None:
    _backups(stage)
    QMetaObject.invokeMethod(stage.window, "lookInside", Q_ARG("QString", stage.view_models.backups.rows_now()[0].name))
    preview = stage.view_models.backup_preview
    stage.wait_for(lambda: bool(preview.rows_now()))
    preview.chooseMissing()
    preview.show(preview.rows_now()[1].conversation_id)
    stage.wait_for(lambda: not preview.property("readingMessages"))


def _decided(stage: Stage) -> None:
    _backups(stage)
    backups = stage.view_models.backups
    backups.remove(backups.rows_now()[-1].name)
    backups.restoreEverything(backups.rows_now()[3].name)
    stage.wait_for(lambda: bool(backups.property("restoreDecided")))


def _failing() -> Clients:
    backups = DemoBackups()
    backups.failure = DemoFailure("The folder of the backups cannot be used: permission denied.")
    return profile.clients(backups=backups)


def troubled() -> Clients:
    repaired = RepairNote(
        datetime.now(UTC).isoformat(),
        "hyperspot.db was damaged (3 of 1,204 pages) and is repaired from the backup of 14:03: 2 rows are as they were "
        "in it, 0 rows are lost.",
        ("chat_messages: 4312 rows read, 18 of them newer than the backup, 2 from the backup, 0 lost",),
        "/home/me/.hyperspot/hyperspot.db.replaced-20261122T090000000000Z",
    )
    health = StorageHealth(
        "hyperspot.db was made by a newer version of HyperSpot.", ROOM_BYTES, 12_400_000, (repaired,)
    )
    return profile.clients(storage=DemoStorage(health))


def _notices(stage: Stage) -> None:
    open_newest(stage)
    stage.wait_for(lambda: bool(stage.view_models.storage.property("full")))


def _repair_details(stage: Stage) -> None:
    _notices(stage)
    QMetaObject.invokeMethod(stage.window, "openRepairs")


class Damaged(DemoFailure):
    """As a start says it that met a bad file."""

    code = "damaged_database"
    action = "Choose what to do. The damaged file is kept, whatever you choose."

    def to_dict(self) -> dict[str, str]:
        return super().to_dict() | {
            "database": "/home/me/.hyperspot/hyperspot.db",
            "backup": "hyperspot-20261122T140300000000Z-automatic.db",
            "backup_made_at": datetime.now(UTC).isoformat(),
            "backup_conversations": "128",
        }


def not_opening() -> HostOpener:
    async def fail() -> OpenHost:
        raise Damaged("hyperspot.db is damaged (page 3 is not what was written).")

    return fail


class Lost(Damaged):
    """As a start says it that found no file, and something that is left of it."""

    code = "lost_database"
    action = "Choose what to do. What is left of it is kept, whatever you choose."

    def to_dict(self) -> dict[str, str]:
        return super().to_dict() | {"lost": "yes"}


def not_there() -> HostOpener:
    async def fail() -> OpenHost:
        raise Lost("hyperspot.db is missing from /home/me/.hyperspot, where something is left of it: hyperspot.db-wal.")

    return fail


def _damaged(stage: Stage) -> None:
    stage.wait_for(lambda: bool(stage.view_models.app.property("damaged")))


def _repairing(stage: Stage) -> None:
    _damaged(stage)
    app = stage.view_models.app
    app.on_recover(lambda recovery: None)
    app.recover("repair")


BACKUP_SCENES = (
    Scene("backups", "backups", opening(profile.clients), _backups),
    Scene("backups-inside", "backups", opening(profile.clients), _inside),
    Scene("backups-decided", "backups", opening(profile.clients), _decided),
    Scene("backups-empty", "backups", opening(profile.empty), _backups),
    Scene("backups-error", "backups", opening(_failing), _backups),
    Scene("notices", "notices", opening(troubled), _notices),
    Scene("notices-repair", "notices", opening(troubled), _repair_details),
    Scene("start-damaged", "start", not_opening, _damaged),
    Scene("start-lost", "start", not_there, _damaged),
    Scene("start-repairing", "start", not_opening, _repairing),
)
