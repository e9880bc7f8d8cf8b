"""What everybody does with the program first, done in the terminal of a bare system by an ordinary user."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

from devtools.building.linux.chroot import HOME, USER, System
from devtools.errors import SetupError

_GIVEN = "media/models"
_NOTE = "The boathouse lease ends on 30 September 2031.\n"
# Nobody is logged in to a desktop there whose keyring could be asked.
_NO_KEYRING = "HYPERSPOT_KEYRING=off"
_SELF_TEST = ("Its own test", "hyperspot-desktop", "--self-test")
_CHAT = ("A chat", "hyperspot", "chat 'In one sentence: what is the sea?'")

Call = Callable[[str], str]
"""The shell words that start a program of ours, by its name."""


def add_user(system: System) -> None:
    """An ordinary user who has a note, and was given a model."""
    given = system.root / _GIVEN
    given.mkdir(parents=True)
    for model in system.places.layout.starter_models.glob("*.gguf"):
        shutil.copyfile(model, given / model.name)
    commands = (
        f"useradd --create-home --shell /bin/bash {USER}",
        f"mkdir {HOME}/notes",
        f"printf %s {shlex.quote(_NOTE)} > {HOME}/notes/lease.txt",
        f"chown -R {USER} {HOME}",
    )
    system.inside("Adding a user", " && ".join(commands))


def use(system: System, call: Call = str) -> None:
    """From its own test to an answer from a document, which must name the document.

    Raises:
        SetupError: a step failed; the sentence has the last that was said.
    """
    steps = (
        _SELF_TEST,
        ("Giving it a model", "hyperspot", f"models import /{_GIVEN}/smollm*.gguf"),
        _CHAT,
        ("Reading a document", "hyperspot", f"index add {HOME}/notes --collection Notes"),
    )
    for step in steps:
        _do(system, call, *step)
    answer = _do(
        system,
        call,
        "A question about it",
        "hyperspot",
        "ask 'When does the boathouse lease end?' --collection Notes",
    )
    if not any("lease.txt" in line for line in answer):
        raise SetupError("The answer cites no document.", "Ask the same in a checkout: hyperspot ask --explain")


def use_again(system: System, call: Call = str) -> None:
    """Once more, shortly: its own test, and a chat with the model that was given before."""
    for step in (_SELF_TEST, _CHAT):
        _do(system, call, *step)


def hold_libraries_found(system: System, folder: Path) -> None:
    """Every library and plugin of the program in ``folder`` finds what it needs, as no window opens that would tell.

    The engine's libraries are passed over: they lie where no loader looks, and the engine loads them in their order.

    Raises:
        SetupError: one does not; the sentence names what is not found.
    """
    inside = shlex.quote(str(folder / "_internal"))
    ask = f"find {inside} -name '*.so*' -type f -not -path '*/engines/*' -exec env LD_LIBRARY_PATH={inside} ldd {{}} +"
    system.inside("Looking for all libraries", f"! {ask} 2>&1 | grep 'not found'")


def _do(system: System, call: Call, title: str, program: str, arguments: str) -> list[str]:
    return system.as_user(title, f"{_NO_KEYRING} {call(program)} {arguments}")
