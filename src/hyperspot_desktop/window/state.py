"""What the window remembers between starts: its place, page and conversation, and how it looks. No words, no titles."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WindowState:
    """Lengths are in device-independent pixels; ``x`` None lets the system choose the place."""

    x: int | None = None
    y: int | None = None
    width: int = 1280
    height: int = 820
    maximised: bool = False
    page: str = "chat"
    conversation_id: str = ""
    message_place: str = ""
    """Where the conversation was read, as ``ChatViewModel.place`` says it; "" for its end."""
    side_bar_shown: bool = True
    sources_shown: bool = False
    theme: str = "system"
    font_scale: float = 1.0
    high_contrast: bool = False
    reduced_motion: bool = False
    language: str = "system"
    locked: bool = False

    @classmethod
    def read(cls, path: Path) -> WindowState:
        """The remembered state; the default for a missing or damaged file, and for every value of a wrong type."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(data, dict):
            return cls()
        default = cls()
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        return cls(**{name: value for name, value in known.items() if _fits(name, value, getattr(default, name))})

    def write(self, path: Path) -> None:
        """Keep it; a home that cannot be written loses only this."""
        draft = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(asdict(self)), encoding="utf-8")
            draft.replace(path)
        except OSError:
            with suppress(OSError):
                draft.unlink()


def _fits(name: str, value: object, default: object) -> bool:
    if name in ("x", "y"):
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 100_000
    if name in ("width", "height"):
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 100_000
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)
