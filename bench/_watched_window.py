"""The window's own program, watched from inside: says on stdout when it showed its first frame and was ready.

Arguments: the system's monotonic time at which the process was asked for, and the home.
"""

from __future__ import annotations

import json
import sys
import time

_HEAVY = ("numpy", "sqlalchemy", "sqlmodel", "fastapi", "llama_cpp", "pydantic", "keyring")


def main(asked_at: float, home: str) -> int:
    from hyperspot_desktop import app
    from hyperspot_desktop.window import lean_imports

    lean_imports.install()  # as app.main does, which comes too late for the imports below
    from hyperspot_desktop.window.program import Program

    class Watched(Program):
        _noted_frames = 0

        def run(self, first_frame_patience_ms: int) -> int:
            self.window.frameSwapped.connect(self._note_frame)
            self.view_models.app.stateChanged.connect(self._note_state)
            return super().run(first_frame_patience_ms)

        def _note_frame(self) -> None:
            self._noted_frames += 1
            if self._noted_frames == 1:
                heavy = [name for name in _HEAVY if name in sys.modules]
                say(first_frame_ms=(time.monotonic() - asked_at) * 1000, heavy=heavy)

        def _note_state(self) -> None:
            say(state=str(self.view_models.app.property("state")), at_ms=(time.monotonic() - asked_at) * 1000)

    import hyperspot_desktop.window.program as program

    program.Program = Watched  # type: ignore[misc]  # the program under watch is otherwise as it ships
    return app.main(["--home", home])


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2]))
