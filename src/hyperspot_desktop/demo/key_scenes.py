"""Pictures of the keys and the lock."""

from __future__ import annotations

from collections.abc import Callable

from hyperspot_desktop.clients import Clients
from hyperspot_desktop.demo import profile
from hyperspot_desktop.demo.keys import DemoKeys
from hyperspot_desktop.demo.stage import Scene, Stage, open_newest, opening

PASSPHRASE = "a demo of four words"


def _clients(*, passphrase: str | None = PASSPHRASE, code_kept: bool = True) -> Callable[[], Clients]:
    return lambda: profile.clients(keys=DemoKeys(passphrase=passphrase, code_kept=code_kept))


def _known(stage: Stage) -> None:
    open_newest(stage)
    stage.wait_for(lambda: bool(stage.view_models.keys.property("known")))


def _locked(stage: Stage) -> None:
    _known(stage)
    stage.view_models.lock.lock()


def _refused(stage: Stage) -> None:
    _locked(stage)
    stage.view_models.lock.unlock("something else")
    stage.wait_for(lambda: stage.view_models.lock.property("problem") != "")


def _command(name: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        _known(stage)
        stage.view_models.palette.chosen.emit("command", name, "")

    return act


KEY_SCENES = (
    Scene("lock", "lock", opening(_clients()), _locked),
    Scene("lock-refused", "lock", opening(_clients()), _refused),
    Scene("keys", "keys", opening(_clients()), _command("keys")),
    Scene("keys-bare", "keys", opening(_clients(passphrase=None, code_kept=False)), _command("keys")),
    Scene("keys-passphrase", "keys", opening(_clients(passphrase=None)), _command("lock")),
    Scene("keys-reminder", "keys", opening(_clients(code_kept=False)), _known),
)
