"""Supervised child processes for native code that eats foreign bytes.

The owner's side::

    spec = ChildSpec("engine", sandbox=SandboxProfile(read_paths=[model], memory_bytes=4 << 30))
    async with ChildProcess(spec) as child:                       # or: await child.start() ... await child.stop()
        info = await child.call("load", {"path": str(model)}, timeout_s=60, on_progress=print)
        async with aclosing(child.stream("chat", {"messages": [...]})) as tokens:
            async for token in tokens:                            # leaving early cancels in the child
                ...

``ChildDied``, ``ChildTimeout``, ``ChildProtocolError``, ``ChildStopped`` and ``ChildStartFailed`` (all ``ChildError``)
tell about the process; a ``HyperSpotError`` raised by a handler arrives as ``modkit.errors.RemoteError``.

The child's side, the function an entry point of the group ``hyperspot.children`` names::

    def main() -> None:
        import llama_cpp                                          # runs inside the sandbox already
        serve({"load": load, "chat": chat})                       # returns never

    def chat(params: dict[str, Any], call: CallContext) -> Iterator[str]:
        for piece in ...:
            if call.cancelled:
                return
            yield piece

Plain functions and generators run on worker threads, several at a time; async ones on one event loop.
Names are loaded when first used, so that a child never pays for the owner's side.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modkit.children.context import CallContext as CallContext
    from modkit.children.context import Handler as Handler
    from modkit.children.context import Handlers as Handlers
    from modkit.children.errors import ChildDied as ChildDied
    from modkit.children.errors import ChildError as ChildError
    from modkit.children.errors import ChildFrameTooLarge as ChildFrameTooLarge
    from modkit.children.errors import ChildProtocolError as ChildProtocolError
    from modkit.children.errors import ChildStartFailed as ChildStartFailed
    from modkit.children.errors import ChildStopped as ChildStopped
    from modkit.children.errors import ChildTimeout as ChildTimeout
    from modkit.children.probe import probe_sandbox as probe_sandbox
    from modkit.children.process import ChildProcess as ChildProcess
    from modkit.children.server import serve as serve
    from modkit.children.spec import ChildSpec as ChildSpec
    from modkit.children.spec import RestartPolicy as RestartPolicy
    from modkit.children.spec import SandboxCheck as SandboxCheck
    from modkit.children.spec import SandboxProfile as SandboxProfile
    from modkit.children.spec import SandboxReport as SandboxReport

_HOME_OF = {
    "CallContext": "context",
    "ChildDied": "errors",
    "ChildError": "errors",
    "ChildFrameTooLarge": "errors",
    "ChildProcess": "process",
    "ChildProtocolError": "errors",
    "ChildSpec": "spec",
    "ChildStartFailed": "errors",
    "ChildStopped": "errors",
    "ChildTimeout": "errors",
    "Handler": "context",
    "Handlers": "context",
    "RestartPolicy": "spec",
    "SandboxCheck": "spec",
    "SandboxProfile": "spec",
    "SandboxReport": "spec",
    "probe_sandbox": "probe",
    "serve": "server",
}


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
