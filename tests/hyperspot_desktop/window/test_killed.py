"""The real window, killed: its place and its words are there at the next start, and it says what happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.crash.care import CrashCare
from hyperspot_desktop.window.program import Program
from hyperspot_desktop.window.real_host import Profile
from tests.hyperspot_desktop.conftest import WaitFor

PROMPT = "Dear Dr Osei, my diagnosis is"

# Opens the profile, writes without a conversation, goes to another page, meets an error, and ends badly as soon as
# all of it is on the disk.
RUN = """
import ctypes, json, os, signal, sys
from pathlib import Path
import hyperspot_desktop.window.program as program
from hyperspot_desktop import app
from PySide6.QtCore import QTimer

home, prompt, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

class Doomed(program.Program):
    def run(self, patience):
        self.timer = QTimer(interval=20)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self.written = False
        return super().run(patience)

    def look(self):
        chat, window = self.view_models.chat, self.view_models.app
        if window.property("state") != "ready" or chat._first_kept is None:
            return
        if not self.written:
            self.written = True
            window.setProperty("page", "models")
            chat.setProperty("draft", prompt)
            raise ValueError(prompt)
        state = home / "window.json"
        if (home / "first-draft.sealed").exists() and state.exists() and json.loads(state.read_text())["page"] == "models":
            os.kill(os.getpid(), signal.SIGKILL) if how == "kill" else ctypes.string_at(0)

program.Program = Doomed
sys.exit(app.main(["--home", str(home)]))
"""  # noqa: E501  # one line of the program


@pytest.fixture(autouse=True)
def no_keyring_and_no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    monkeypatch.setenv("HYPERSPOT_STARTER_MODELS", "")


@pytest.mark.parametrize(
    ("how", "end", "kind", "said"),
    [
        ("kill", -signal.SIGKILL, "stopped", "end: ended from outside"),
        ("fault", -signal.SIGSEGV, "crashed", "Segmentation fault"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process there in another way")
def test_a_window_that_was_killed_goes_on_where_it_was(
    how: str,
    end: int,
    kind: str,
    said: str,
    home: Path,
    application: QGuiApplication,
    quiet_qt: list[str],
    wait_for: WaitFor,
) -> None:
    # given: a window that ended badly
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", RUN, str(home), PROMPT, how]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    assert done.returncode == end, done.stderr
    # when: it is started again
    care = CrashCare(home)
    program = Program(application, Profile(home, care=care))
    try:
        program.window.show()
        program.start()
        # then: page and words are back, and it says what happened
        wait_for(lambda: program.view_models.chat.property("draft") == PROMPT)
        wait_for(lambda: program.view_models.crash.property("sentence"))
        assert program.view_models.app.property("page") == "models"
        report = str(program.view_models.crash.property("report"))
        assert said in report
        assert "ValueError" in report
        # and nowhere outside the encrypted store are the user's words
        assert care.bad_end is not None
        assert care.bad_end.kind == kind
        holding = [path for path in home.rglob("*") if path.is_file() and PROMPT.encode() in path.read_bytes()]
        assert holding == []
    finally:
        program.put_away()
        care.close()
