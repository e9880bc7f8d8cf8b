"""The Models page: what is here, what could be, how it fits, and what is being done about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.model_cards import (
    Inventory,
    ModelCard,
    cards_of,
    hardware_text,
    read_inventory,
    recommended,
)
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.jobs_manager.contract import Job, JobChanged
    from modules.llm_manager.contract import InstalledModel, ModelChanged

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

REFRESH_DELAY_MS = 80


@QmlElement
class ModelsViewModel(LoadingViewModel):
    """Cards, and the verbs on them."""

    inventoryChanged = Signal()
    fileInspected = Signal(str, str, str)
    """Path, name and a line about a GGUF that is about to be imported."""
    noticed = Signal(str)
    modelTrashed = Signal(str, str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._cards = RowModel(ModelCard, self)
        self._recommended = RowModel(ModelCard, self)
        self._inventory: Inventory | None = None
        self._pulls: dict[str, str] = {}
        self._working: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_DELAY_MS)
        self._timer.timeout.connect(self.refresh)

    @Property(QObject, constant=True)
    def cards(self) -> RowModel:
        return self._cards

    @Property(QObject, constant=True)
    def recommendedCards(self) -> RowModel:
        return self._recommended

    @Property(str, notify=inventoryChanged)
    def hardwareText(self) -> str:
        return hardware_text(self._inventory.hardware) if self._inventory else ""

    @Property(bool, notify=inventoryChanged)
    def known(self) -> bool:
        """Whether the models have been read at all."""
        return self._inventory is not None

    @Property(bool, notify=inventoryChanged)
    def hasChatModel(self) -> bool:
        return bool(self.chat_models())

    @Property(bool, notify=inventoryChanged)
    def hasSearchModel(self) -> bool:
        """Whether a model that finds by meaning is installed; true as long as that is not known."""
        return self._inventory is None or any(model.purpose == "embedding" for model in self._inventory.installed)

    @Property("QVariantList", notify=inventoryChanged)  # type: ignore[arg-type]  # the stubs know no QVariantList
    def chatModels(self) -> list[dict[str, str]]:
        """Installed chat models for the picker: modelId, name, detail."""
        return self.chat_models()

    @Property(str, notify=inventoryChanged)
    def defaultModel(self) -> str:
        return self._inventory.default_id if self._inventory else ""

    @Slot(str, result=str)
    def label(self, model_id: str) -> str:
        """Name and quantisation of an installed model, of the default one for "", else the id itself."""
        wanted = model_id or (self._inventory.default_id if self._inventory else "")
        for model in self._inventory.installed if self._inventory else ():
            if model.id == wanted:
                return f"{model.name}  {model.quantization}".strip()
        return wanted

    def chat_models(self) -> list[dict[str, str]]:
        """Installed chat models, as ``chatModels``."""
        return [
            {"modelId": model.id, "name": model.name, "detail": model.quantization}
            for model in (self._inventory.installed if self._inventory else ())
            if model.purpose == "chat"
        ]

    def start(self) -> None:
        """Load, and follow models and downloads from now on."""
        self._bridge.stream(lambda clients: clients.models.watch(clients.ctx), self._models_changed, failed=self._fail)
        self._bridge.stream(lambda clients: clients.jobs.watch(clients.ctx), self._jobs_changed, failed=self._fail)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        self._bridge.call(read_inventory, self._arrived, self._not_loaded)

    def _arrived(self, inventory: Inventory) -> None:
        self._inventory = replace(inventory, pulls=self._pulls)
        self._set_loading(False)
        self._show()
        self.inventoryChanged.emit()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()
        self.inventoryChanged.emit()

    def _show(self) -> None:
        if self._inventory is None:
            return
        cards = [
            replace(card, status="loading", status_text=tr("Loading"))
            if card.model_id in self._working and card.status == "on_disk"
            else card
            for card in cards_of(self._inventory)
        ]
        self._cards.replace(cards, _same)
        self._recommended.replace(recommended(self._inventory), _same)

    def _models_changed(self, changes: list[ModelChanged]) -> None:
        for change in changes:
            self._working.discard(change.model_id)
            if change.change == "loading":
                self._working.add(change.model_id)
            if change.error:
                self._fail(Failure(change.error["sentence"], change.error["action"], change.error["code"]))
        self._timer.start()

    def _jobs_changed(self, changes: list[JobChanged]) -> None:
        """Progress moves a card at once; a finished job may have brought a model."""
        if self._inventory is None:
            return
        jobs: dict[UUID, Job] = {job.id: job for job in self._inventory.jobs}
        for change in changes:
            jobs[change.job.id] = change.job
            if change.job.state not in ("running", "queued", "paused"):
                self._timer.start()
        self._inventory = replace(self._inventory, jobs=list(jobs.values()))
        self._show()

    # Verbs.

    @Slot(str)
    def load(self, model_id: str) -> None:
        self._working.add(model_id)
        self._show()
        self._do(lambda clients: clients.models.load(clients.ctx, model_id), model_id)

    @Slot(str)
    def unload(self, model_id: str) -> None:
        self._do(lambda clients: clients.models.unload(clients.ctx, model_id))

    @Slot(str)
    def remove(self, model_id: str) -> None:
        """Into the trash; ``modelTrashed`` offers the way back. The file stays until it is deleted for ever."""

        def done(model: InstalledModel) -> None:
            self._timer.start()
            self.modelTrashed.emit(model.id, model.name)

        self._bridge.call(lambda clients: clients.models.trash(clients.ctx, model_id), done, self._fail)

    @Slot(str)
    def restore(self, model_id: str) -> None:
        """Out of the trash."""
        self._do(lambda clients: clients.models.restore(clients.ctx, model_id))

    @Slot(str)
    def download(self, entry_or_address: str) -> None:
        """A catalogue id, an https address of a GGUF, or owner/repo/file.gguf."""
        wanted = entry_or_address.strip()

        def started(job_id: UUID) -> None:
            self._pulls[str(job_id)] = wanted
            self.noticed.emit(tr("The download has started. Activity shows how far it is."))
            self._timer.start()

        if wanted:
            self._bridge.call(lambda clients: clients.models.pull(clients.ctx, wanted), started, self._fail)

    @Slot(str)
    def pause(self, job_id: str) -> None:
        self._do(lambda clients: clients.jobs.pause(clients.ctx, UUID(job_id)))

    @Slot(str)
    def resume(self, job_id: str) -> None:
        self._do(lambda clients: clients.jobs.resume(clients.ctx, UUID(job_id)))

    @Slot(str)
    def cancel(self, job_id: str) -> None:
        self._do(lambda clients: clients.jobs.cancel(clients.ctx, UUID(job_id)))

    @Slot(str)
    def benchmark(self, model_id: str) -> None:
        """Measure a model here."""
        self._start(lambda clients: clients.models.benchmark(clients.ctx, model_id), tr("Measuring has started."))

    @Slot(str)
    def optimise(self, model_id: str) -> None:
        """Convert into a quantisation that is quick here; nothing is deleted."""
        self._start(
            lambda clients: clients.models.optimise(clients.ctx, model_id),
            tr("A second file is being made and measured. Activity shows both speeds when it is done."),
        )

    @Slot(QUrl)
    def inspectFile(self, url: QUrl) -> None:
        """Read the header of a file that was chosen; ``fileInspected`` asks how to import it."""
        path = Path(url.toLocalFile())

        def inspected(model: InstalledModel) -> None:
            parts = [model.architecture, model.quantization, tr("licence: %1").replace("%1", model.licence or "?")]
            self.fileInspected.emit(str(path), model.name, "  ·  ".join(part for part in parts if part))

        self._bridge.call(lambda clients: clients.models.inspect_file(clients.ctx, path), inspected, self._fail)

    @Slot(str, bool)
    def importFile(self, path_text: str, copy: bool) -> None:
        """Take a GGUF over, or use it where it lies."""

        def imported(model: InstalledModel) -> None:
            self.noticed.emit(tr("%1 is ready.").replace("%1", model.name))
            self._timer.start()

        self._bridge.call(
            lambda clients: clients.models.import_file(clients.ctx, Path(path_text), mode="copy" if copy else "link"),
            imported,
            self._fail,
        )

    def _start(self, work: Callable[[Clients], Awaitable[UUID]], sentence: str) -> None:
        def started(_: UUID) -> None:
            self.noticed.emit(sentence)
            self._timer.start()

        self._bridge.call(work, started, self._fail)

    def _do(self, work: Callable[[Clients], Awaitable[Any]], model_id: str = "") -> None:
        def done(_: object) -> None:
            self._working.discard(model_id)
            self._timer.start()

        def failed(failure: Failure) -> None:
            self._working.discard(model_id)
            self._show()
            self._fail(failure)

        self._bridge.call(work, done, failed)


def _same(old: ModelCard, new: ModelCard) -> bool:
    return old.model_id == new.model_id
