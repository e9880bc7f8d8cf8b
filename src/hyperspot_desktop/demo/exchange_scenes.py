"""Pictures of what goes out and comes in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.portability import DemoPortability
from hyperspot_desktop.demo.stage import Scene, Stage, opening
from modules.portability.contract import ArchiveDamaged

_FILE = QUrl.fromLocalFile(str(Path.home() / "chatgpt-export.zip"))


def _page(stage: Stage) -> None:
    stage.view_models.app.setProperty("page", "exchange")
    stage.wait_for(lambda: not stage.view_models.exporting.property("loading"))


def _some(stage: Stage) -> None:
    _page(stage)
    exporting = stage.view_models.exporting
    stage.wait_for(lambda: len(exporting.rows_now()) > 3)
    exporting.setProperty("scope", "chosen")
    for row in exporting.rows_now()[1:3]:
        exporting.choose(row.conversation_id, True)


def _preview(stage: Stage) -> None:
    _page(stage)
    stage.view_models.importing.look(_FILE)
    stage.wait_for(lambda: bool(stage.view_models.importing.property("hasPreview")))


def _storing(stage: Stage) -> None:
    _preview(stage)
    stage.view_models.importing.store()
    stage.view_models.exporting.exportTo(QUrl.fromLocalFile(str(Path.home())))
    stage.wait_for(lambda: bool(stage.view_models.importing.property("progressKnown")))
    stage.wait_for(lambda: bool(stage.view_models.exporting.property("progressKnown")))


def _done(stage: Stage) -> None:
    _preview(stage)
    stage.view_models.importing.store()
    stage.view_models.exporting.exportTo(QUrl.fromLocalFile(str(Path.home())))
    stage.wait_for(lambda: stage.view_models.importing.property("doneText") != "")
    stage.wait_for(lambda: stage.view_models.exporting.property("doneText") != "")


def _refused(stage: Stage) -> None:
    _page(stage)
    stage.view_models.importing.look(_FILE)
    stage.wait_for(lambda: stage.view_models.importing.property("errorSentence") != "")


def _held() -> Clients:
    return profile.clients(portability=DemoPortability(held=True))


def _broken() -> Clients:
    damaged = ArchiveDamaged("conversations/018f3c.json is not what its checksum says: it was changed or damaged.")
    return profile.clients(portability=DemoPortability(failure=damaged))


EXCHANGE_SCENES = (
    Scene("exchange", "exchange", opening(profile.clients), _page),
    Scene("exchange-empty", "exchange", opening(profile.empty), _page),
    Scene("exchange-some", "exchange", opening(profile.clients), _some),
    Scene("exchange-preview", "exchange", opening(profile.clients), _preview),
    Scene("exchange-running", "exchange", opening(_held), _storing),
    Scene("exchange-done", "exchange", opening(profile.clients), _done),
    Scene("exchange-refused", "exchange", opening(_broken), _refused),
)
