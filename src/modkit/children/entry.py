"""What a child process runs first: bind to the owner, guard the pipe, lock in, then load the code of its kind."""

from __future__ import annotations

import faulthandler
import importlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import NoReturn

from modkit.children.death_binding import bind_from_child
from modkit.children.errors import ChildProtocolError, ChildStartFailed
from modkit.children.failures import as_data
from modkit.children.frames import HELLO_LIMIT_BYTES, FrameType, decode, encode
from modkit.children.handshake import Hello, read_hello
from modkit.children.inbox import Inbox
from modkit.children.outbox import Outbox
from modkit.children.sandbox.apply import apply
from modkit.children.server import ChildServer, become

_GROUP = "hyperspot.children"


def main(kind: str, kinds: Mapping[str, str]) -> NoReturn:
    """Be a child of this kind; never returns. ``kinds`` is the frozen list, asked before the entry points."""
    if os.isatty(0):
        sys.exit("A child process is started by the program itself, not by hand.")
    bind_from_child()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox, outbox = _take_over_pipes()
    faulthandler.enable(2)
    hello = _shake_hands(kind, inbox, outbox)
    # Before anything foreign is imported: threads that a library starts would otherwise stay outside.
    mechanisms = apply(hello.profile)
    server = ChildServer(hello, mechanisms, inbox, outbox)
    become(server)
    inbox.start(hello.max_frame_bytes)
    try:
        _load(hello.target or _target(kind, kinds))()
    except BaseException as error:  # whatever it is, the owner must hear of it
        server.refuse(error)
    server.refuse(ChildStartFailed(f"The code of the {kind} process ended without serving"))


def _take_over_pipes() -> tuple[Inbox, Outbox]:
    """Move the pipe to descriptors nobody guesses; stray prints, also those of native code, go to stderr."""
    read_end, write_end = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(read_end, os.O_BINARY)
        msvcrt.setmode(write_end, os.O_BINARY)
    return Inbox(read_end), Outbox(write_end)


def _shake_hands(kind: str, inbox: Inbox, outbox: Outbox) -> Hello:
    try:
        return read_hello(decode(inbox.read_hello().payload, surrogates="surrogatepass"), kind)
    except ChildProtocolError as error:
        outbox.send(encode(FrameType.ERROR, 0, as_data(error, kind), HELLO_LIMIT_BYTES))
        os._exit(1)


def _target(kind: str, kinds: Mapping[str, str]) -> str:
    if kind in kinds:
        return kinds[kind]
    from importlib.metadata import entry_points

    for point in entry_points(group=_GROUP, name=kind):
        return point.value
    raise ChildStartFailed(f"No kind of child is called {kind!r}")


def _load(target: str) -> Callable[[], None]:
    module, _, name = target.partition(":")
    function: Callable[[], None] = getattr(importlib.import_module(module), name)
    return function
