"""What exports and imports have in common: one runs at a time, says how far it is, and can be cancelled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Property, QObject, Signal, Slot

from hyperspot_desktop.bridge import Bridge, Call, Failure
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.text import amount, number, tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modkit.security import SecurityContext
    from modules.portability.contract import ExchangeProgress, PortabilityClient, Tell

T = TypeVar("T")


class ExchangeViewModel(LoadingViewModel):
    """``step`` is "" while nothing runs; else "checking", "storing" or "writing"."""

    stepChanged = Signal()
    progressChanged = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent, loading=False)
        self._step = ""
        self._call: Call[Any] | None = None
        self._run = 0
        self._shown: ExchangeProgress | None = None
        # Written on the host thread, read here: only ever replaced as a whole.
        self._heard: ExchangeProgress | None = None

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        return self._step

    @Property(bool, notify=stepChanged)
    def running(self) -> bool:
        return self._step != ""

    @Property(float, notify=progressChanged)
    def progress(self) -> float:
        """From 0 to 1."""
        return self._shown.done / self._shown.total if self._shown and self._shown.total else 0.0

    @Property(bool, notify=progressChanged)
    def progressKnown(self) -> bool:
        return bool(self._shown and self._shown.total)

    @Property(str, notify=progressChanged)
    def progressText(self) -> str:
        if self._shown is None:
            return ""
        if not self._shown.total:
            return amount(self._shown.done, "1 conversation", "%1 conversations")
        text = tr("%1 of %2 conversations")
        return text.replace("%1", number(self._shown.done)).replace("%2", number(self._shown.total))

    @Slot()
    def cancel(self) -> None:
        """Nothing is left of what runs: neither a half file nor half an import."""
        if self._call is not None:
            self._call.cancel()
            self._call = None
            self._set_step("")

    def _begin(
        self,
        step: str,
        work: Callable[[PortabilityClient, SecurityContext, Tell], Awaitable[T]],
        done: Callable[[T], None],
    ) -> None:
        self.dismissError()
        self._heard = self._shown = None
        self._run += 1
        number_of_run = self._run
        self.progressChanged.emit()
        self._set_step(step)

        async def run(clients: Clients) -> T:
            return await work(
                portability_of(clients), clients.ctx, lambda progress: self._hear(number_of_run, progress)
            )

        def ended(result: T) -> None:
            self._call = None
            self._set_step("")
            done(result)

        def failed(failure: Failure) -> None:
            self._call = None
            self._set_step("")
            self._fail(failure)

        self._call = self._bridge.call(run, ended, failed)

    def _hear(self, run: int, progress: ExchangeProgress) -> None:
        """On the host thread; many of them arrive as one. One that was cancelled may still say something."""
        if run == self._run:
            self._heard = progress
            self._bridge.post(self._show_progress)

    def _show_progress(self) -> None:
        if self._step and self._heard != self._shown and self._heard is not None:
            self._shown = self._heard
            self._set_step(self._shown.step)
            self.progressChanged.emit()

    def _set_step(self, step: str) -> None:
        if step != self._step:
            self._step = step
            self.stepChanged.emit()


def portability_of(clients: Clients) -> PortabilityClient:
    """
    Raises:
        HyperSpotError: this profile has nothing to exchange with.
    """
    from modkit.errors import HyperSpotError

    if clients.portability is None:
        raise HyperSpotError("Conversations cannot be exported or imported here.", action="Open your own profile.")
    return clients.portability
