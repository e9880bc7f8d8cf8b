"""A window while something moves in it: prints how long its thread was away between two turns, in milliseconds.

Arguments: ``demo`` (a script of all Markdown, 100 tokens a second), ``long`` (open 5,000 messages), ``files`` (scroll
through 10,000), ``real`` or ``indexing`` (a folder of hostile files), a home.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Q_ARG, QMetaObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import HostOpener
from hyperspot_desktop.demo import library, profile
from hyperspot_desktop.demo.chat import DemoChat
from hyperspot_desktop.demo.rag import DemoRag
from hyperspot_desktop.demo.texts import EVERYTHING, SHORT_ANSWER
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.window.frame import Frame
from hyperspot_desktop.window.real_host import Profile, opener
from tests.faults import hostile_folder

_TICK_MS = 1
_LONGEST_S = 12.0
_LONGEST_INDEXING_S = 400.0
_PATIENCE_S = 60.0
_MESSAGES = 5_000
_FILES = 10_000
_LINES_A_TURN = 3


class Streaming:
    """One window over one profile."""

    def __init__(self, application: QGuiApplication, open_profile: HostOpener) -> None:
        self._application = application
        self.bridge = Bridge(open_profile)
        self.view_models = ViewModels.over(self.bridge)
        self.frame = Frame(self.view_models)
        self.frame.window.resize(1280, 820)
        self.frame.window.show()
        self.bridge.start()
        self.view_models.start()
        self.wait(lambda: self.view_models.app.property("state") == "ready")

    def wait_for_model(self) -> None:
        self.wait(lambda: bool(self.view_models.models.property("hasChatModel")))

    def wait(self, fact: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not fact():
            if time.monotonic() > deadline:
                sys.exit("the window did not get there")
            self._application.processEvents()
            time.sleep(0.001)

    def gaps_while_answering(self) -> list[float]:
        """From the first token to the end of the answer, at most some seconds."""
        chat = self.view_models.chat
        self.wait_for_model()
        chat.send("Write a long story about a river.")
        self.wait(lambda: len(chat.rows_now()) >= 3)
        return self._gaps(lambda: bool(chat.property("answering")))

    def gaps_while_scrolling(self) -> list[float]:
        """Through all files of a collection, three lines a turn."""
        files, row = self.view_models.files, 0
        self.view_models.app.setProperty("page", "documents")
        self.wait(lambda: files.property("count") == _FILES)

        def further() -> bool:
            nonlocal row
            row += _LINES_A_TURN
            QMetaObject.invokeMethod(self.frame.window, "scrollFiles", Q_ARG("QVariant", row))
            return row + _LINES_A_TURN < _FILES

        return self._gaps(further)

    def gaps_while_indexing(self, folder: Path) -> list[float]:
        """The documents page, from the choice of a folder until each of its files has a state."""
        documents = self.view_models.documents
        self.view_models.app.setProperty("page", "documents")
        documents.add_source("Hostile", str(folder), watch=False)

        def goes_on() -> bool:
            return not any(card.files and card.status == "ready" for card in documents.cards_now())

        return self._gaps(goes_on, _LONGEST_INDEXING_S)

    def _gaps(self, goes_on: Callable[[], bool], longest_s: float = _LONGEST_S) -> list[float]:
        """``goes_on`` is asked on every turn, for ``longest_s`` at most."""
        gaps: list[float] = []
        last = time.perf_counter()
        end = time.monotonic() + longest_s

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append((now - last) * 1000)
            last = now
            if time.monotonic() > end or not goes_on():
                self._application.quit()

        timer = QTimer(timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start(_TICK_MS)
        self._application.exec()
        timer.stop()
        return gaps

    def milliseconds_to_open(self) -> list[float]:
        """From the click to the frame that shows the conversation's end, with other chats in between."""
        conversations, chat = self.view_models.conversations, self.view_models.chat
        self.wait(lambda: len(conversations.rows_now()) >= 2)
        frames = 0

        def count() -> None:
            nonlocal frames
            frames += 1

        self.frame.window.frameSwapped.connect(count)
        times: list[float] = []
        for _ in range(5):
            for row in conversations.rows_now()[:2]:
                started, before = time.perf_counter(), frames
                chat.open(row.conversation_id)
                self.wait(lambda: not chat.property("loading") and bool(chat.rows_now()))
                before = frames
                self.frame.window.update()
                self.wait(lambda seen=before: frames > seen)  # type: ignore[misc]  # bound as it is now
                if row.title.startswith("Long"):
                    times.append((time.perf_counter() - started) * 1000)
        return times

    def close(self) -> None:
        self.view_models.chat.stop()
        self.frame.window.hide()
        self.bridge.close()
        self.frame.close()
        self.bridge.dispose()


def demo(chat: DemoChat) -> HostOpener:
    return lambda: profile.opened(profile.clients(chat=chat))


def main(what: str, home: Path) -> None:
    application = QGuiApplication(["bench"])
    if what == "long":
        chat = profile.full_chat()
        turns = [("user", f"Question {n}") if n % 2 == 0 else ("assistant", SHORT_ANSWER) for n in range(_MESSAGES)]
        chat.seed("Long", turns)  # type: ignore[arg-type]  # the roles are literals
        streaming = Streaming(application, demo(chat))
        result = streaming.milliseconds_to_open()
    elif what == "files":
        rag = DemoRag(library.huge())
        streaming = Streaming(application, lambda: profile.opened(profile.clients(rag=rag)))
        result = streaming.gaps_while_scrolling()
    elif what == "indexing":
        streaming = Streaming(application, opener(Profile(home)))
        with TemporaryDirectory() as folder:
            hostile_folder.build(Path(folder))
            result = streaming.gaps_while_indexing(Path(folder))
    else:
        script = DemoChat(pace_s=0.01, script=(EVERYTHING + "\n\n") * 3)
        streaming = Streaming(application, demo(script) if what == "demo" else opener(Profile(home)))
        result = streaming.gaps_while_answering()
    print(json.dumps(result), flush=True)
    streaming.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
