"""Pictures of backups, and of what is inside one."""

from __future__ import annotations

from PySide6.QtCore import Q_ARG, QMetaObject

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.backups import DemoBackups
from hyperspot_desktop.demo.stage import DemoFailure, Scene, Stage, opening


def _backups(stage: Stage) -> None:
    stage.view_models.app.setProperty("page", "backups")
    stage.wait_for(lambda: not stage.view_models.backups.property("loading"))
    stage.wait_for(lambda: bool(stage.view_models.models.property("known")))


def _inside(stage: Stage) -> None:
    _backups(stage)
    QMetaObject.invokeMethod(
        stage.window, "lookInside", Q_ARG("QString", stage.view_models.backups.rows_now()[0].name)
    )
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


BACKUP_SCENES = (
    Scene("backups", "backups", opening(profile.clients), _backups),
    Scene("backups-inside", "backups", opening(profile.clients), _inside),
    Scene("backups-decided", "backups", opening(profile.clients), _decided),
    Scene("backups-empty", "backups", opening(profile.empty), _backups),
    Scene("backups-error", "backups", opening(_failing), _backups),
)
