"""The engine child with one more method: it tries, with the model loaded, what it must not be able to do."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from modkit.children import CallContext, serve
from modules.llm_manager.infra.llama_cpp.child import EngineChild


def _outcome(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return type(error).__name__
    return "done"


def act(params: dict[str, Any], call: CallContext) -> dict[str, str]:
    """What came of each act: ``done``, or the name of the error."""
    home, model = Path(params["home"]), Path(params["model"])
    return {
        "read its model": _outcome(lambda: model.open("rb").close()),
        "list the home": _outcome(lambda: list(home.iterdir())),
        "read the database": _outcome(lambda: (home / "hyperspot.db").read_bytes()),
        "read the keys": _outcome(lambda: [key.read_bytes() for key in (home / "keys").iterdir()]),
        "write into the home": _outcome(lambda: (home / "written").write_bytes(b"x")),
        "write a temporary file": _outcome(lambda: Path("/tmp/hyperspot-acted").write_bytes(b"x")),
        "change its model": _outcome(lambda: model.open("r+b").close()),
        "remove its model": _outcome(model.unlink),
        "open a socket": _outcome(lambda: socket.socket().close()),
        "open a local socket": _outcome(lambda: socket.socket(socket.AF_UNIX).close()),
        "run a program": _outcome(lambda: os.posix_spawn("/bin/true", ["true"], {})),
        "become a program": _outcome(lambda: os.execv("/nonexistent/program", ["program"])),
        "signal its owner": _outcome(lambda: os.kill(os.getppid(), 0)),
    }


def main() -> None:
    engine = EngineChild()
    serve({"load": engine.load, "chat": engine.chat, "act": act})
