"""Models as cards: what is installed and what could be, merged with the downloads that run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hyperspot_desktop.viewmodels.text import memory, parameters, rate, size, time_left, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.jobs_manager.contract import Job
    from modules.llm_manager.contract import CatalogueEntry, Fit, Hardware, InstalledModel

ASSUMED_BYTES_PER_S = 100_000_000 / 8
"""For "about 2 min": a connection of 100 Mbit/s; said next to the figure."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model; ``status`` is available, downloading, paused, failed, on_disk, loading, loaded or missing."""

    model_id: str
    name: str
    detail: str
    description: str
    licence: str
    purpose: str
    status: str
    status_text: str
    fit: str = ""
    fit_text: str = ""
    speed_text: str = ""
    progress: float = 0.0
    progress_known: bool = False
    job_id: str = ""
    pausable: bool = False
    linked: bool = False
    slow: bool = False
    measured: bool = False
    time_text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything the page is made from, read in one go on the host."""

    hardware: Hardware
    installed: Sequence[InstalledModel]
    catalogue: Sequence[CatalogueEntry]
    fits: Mapping[str, Fit]
    jobs: Sequence[Job]
    default_id: str
    pulls: Mapping[str, str] = field(default_factory=dict)


async def read_inventory(clients: Clients) -> Inventory:
    """Ask the modules; a model whose fit cannot be told simply has none."""
    from modkit.errors import HyperSpotError

    ctx, models = clients.ctx, clients.models
    installed, catalogue = await models.installed(ctx), await models.catalogue(ctx)
    fits: dict[str, Fit] = {}
    for model_id in [one.id for one in installed] + [entry.id for entry in catalogue]:
        try:
            fits[model_id] = await models.fit(ctx, model_id)
        except HyperSpotError:
            continue
    try:
        default_id = (await models.default_model(ctx, "chat")).id
    except HyperSpotError:
        default_id = ""
    return Inventory(
        await models.hardware(ctx),
        installed,
        catalogue,
        fits,
        await clients.jobs.list(ctx, active_only=True),
        default_id,
    )


def hardware_text(hardware: Hardware) -> str:
    """8 cores · 16 GB memory, 9.4 GB free · no GPU found."""
    parts = [
        tr("%1 cores").replace("%1", str(hardware.physical_cores)),
        tr("%1 memory, %2 free")
        .replace("%1", memory(hardware.memory_bytes))
        .replace("%2", memory(hardware.memory_free_bytes)),
        hardware.gpu or tr("no GPU found"),
    ]
    return "  ·  ".join(parts) + ".  " + tr("Ratings below are for this computer.")


def fit_text(fit: Fit | None) -> str:
    if fit is None:
        return ""
    words = {"fits_easily": tr("Fits easily"), "fits": tr("Fits"), "tight": tr("Tight")}
    return words.get(str(fit.level)) or tr("Needs %1").replace("%1", memory(fit.needed_bytes))


def _speed(model: InstalledModel) -> str:
    measured = model.benchmark
    if measured is None:
        return ""
    if measured.passages_per_s:
        return tr("%1 here").replace("%1", rate(measured.passages_per_s, tr("passages/s")))
    return tr("%1 here").replace("%1", rate(measured.generation_tokens_per_s, tr("tok/s")))


def _estimate(size_bytes: int, installed: Sequence[InstalledModel]) -> str:
    """Generation reads all weights per token, so speed goes with size: a guess from what was measured here."""
    for model in installed:
        if model.benchmark is not None and model.benchmark.generation_tokens_per_s and size_bytes:
            guess = model.benchmark.generation_tokens_per_s * model.size_bytes / size_bytes
            return "~" + tr("%1 here").replace("%1", rate(guess, tr("tok/s")))
    return ""


def _detail(quantization: str, size_bytes: int, count: int, purpose: str) -> str:
    parts = [quantization, size(size_bytes), parameters(count), tr("for search") if purpose != "chat" else ""]
    return "  ·  ".join(part for part in parts if part)


_STATE_TEXT = {"loaded": "Loaded", "on_disk": "On disk", "loading": "Loading", "missing": "File is missing"}


def installed_card(model: InstalledModel, inventory: Inventory) -> ModelCard:
    fit = inventory.fits.get(model.id)
    job = _job_of(model.id, inventory, running_only=True)
    return ModelCard(
        model_id=model.id,
        name=model.name,
        detail=_detail(model.quantization, model.size_bytes, model.parameters, model.purpose),
        description="",
        licence=model.licence,
        purpose=model.purpose,
        status=str(model.state),
        status_text=job.title if job is not None else tr(_STATE_TEXT[str(model.state)]),
        fit=str(fit.level) if fit else "",
        fit_text=fit_text(fit),
        speed_text=_speed(model)
        or (_estimate(model.size_bytes, inventory.installed) if model.purpose == "chat" else ""),
        progress=_progress(job),
        progress_known=job is not None and bool(job.progress.total),
        job_id=str(job.id) if job is not None else "",
        linked=model.linked,
        slow=model.slow_quantization,
        measured=model.benchmark is not None,
    )


def available_card(entry: CatalogueEntry, inventory: Inventory) -> ModelCard:
    fit = inventory.fits.get(entry.id)
    job = _job_of(entry.id, inventory)
    state = "available" if job is None else "paused" if job.state == "paused" else "downloading"
    minutes = max(1, round(entry.size_bytes / ASSUMED_BYTES_PER_S / 60))
    return ModelCard(
        model_id=entry.id,
        name=entry.name,
        detail=_detail(entry.quantization, entry.size_bytes, entry.parameters, entry.purpose),
        description=entry.description,
        licence=entry.licence,
        purpose=entry.purpose,
        status=state,
        status_text=tr("Not downloaded") if job is None else download_text(job),
        fit=str(fit.level) if fit else "",
        fit_text=fit_text(fit),
        speed_text=_estimate(entry.size_bytes, inventory.installed)
        if entry.purpose == "chat" and fit is not None and fit.level != "does_not_fit"
        else "",
        progress=_progress(job),
        progress_known=job is not None and bool(job.progress.total),
        job_id=str(job.id) if job is not None else "",
        pausable=job is not None and job.pausable,
        time_text=tr("about %1 min at 100 Mbit/s").replace("%1", str(minutes)),
    )


def download_text(job: Job) -> str:
    """Downloading 62 %, and below it 18 MB/s · 3 min left."""
    progress = job.progress
    if job.state == "queued":
        return tr("Waiting")
    words = tr("Paused") if job.state == "paused" else tr("Downloading")
    if progress.total:
        words += f"  {100 * progress.done / progress.total:.0f} %"
    pace: list[str] = []
    if job.state == "running" and progress.per_second:
        pace.append(f"{size(progress.per_second)}/s")
    if job.state == "running" and progress.seconds_left is not None:
        pace.append(time_left(progress.seconds_left))
    return "\n".join(part for part in (words, "  ·  ".join(pace)) if part)


def _progress(job: Job | None) -> float:
    return job.progress.done / job.progress.total if job is not None and job.progress.total else 0.0


def _job_of(model_id: str, inventory: Inventory, *, running_only: bool = False) -> Job | None:
    """The active job that works on a model: its parameters name the model, or it was started from this page."""
    for job in inventory.jobs:
        active = job.state == "running" or (not running_only and job.state in ("queued", "paused"))
        if active and (model_id in job.params.values() or inventory.pulls.get(str(job.id)) == model_id):
            return job
    return None


def cards_of(inventory: Inventory) -> list[ModelCard]:
    """Installed models first (chat before search), then the catalogue's others, those that fit first."""
    have = {model.catalogue_id or model.id for model in inventory.installed} | {one.id for one in inventory.installed}
    order = ("fits_easily", "fits", "tight", "does_not_fit", "")
    mine = [installed_card(model, inventory) for model in inventory.installed]
    rest = [available_card(entry, inventory) for entry in inventory.catalogue if entry.id not in have]
    mine.sort(key=lambda card: (card.purpose != "chat", card.status != "loaded", card.name))
    rest.sort(key=lambda card: (not card.job_id, order.index(card.fit)))
    return mine + rest


def recommended(inventory: Inventory) -> list[ModelCard]:
    """Up to three chat models that fit well here: the most able, a middle one and the quickest."""
    good = [
        entry
        for entry in inventory.catalogue
        if entry.purpose == "chat"
        and (fit := inventory.fits.get(entry.id)) is not None
        and str(fit.level) in ("fits_easily", "fits")
    ]
    good.sort(key=lambda entry: entry.size_bytes)
    chosen = good if len(good) <= 3 else [good[0], good[len(good) // 2], good[-1]]
    return [available_card(entry, inventory) for entry in chosen]
