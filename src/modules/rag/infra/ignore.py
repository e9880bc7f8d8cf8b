"""Which files of a folder are not wanted: its ``.gitignore`` and ``.ignore`` files say so."""

from __future__ import annotations

from pathlib import Path

from pathspec import GitIgnoreSpec

_RULE_FILES = (".gitignore", ".ignore")
_MAX_BYTES = 1 << 20
"""Nobody writes more rules than that by hand."""
_ALWAYS = GitIgnoreSpec.from_lines(["node_modules/", "__pycache__/", "*~", "~$*", "Thumbs.db", "desktop.ini"])


class IgnoreRules:
    """The rules that hold in a folder: its own before those of the folders around it."""

    def __init__(self, levels: tuple[tuple[str, GitIgnoreSpec], ...] = ()) -> None:
        self._levels = levels

    def within(self, folder: str) -> IgnoreRules:
        """The rules inside ``folder``, which lies where these hold."""
        lines = [line for name in _RULE_FILES for line in _lines(Path(folder, name))]
        if not self._levels:
            return IgnoreRules(((folder, GitIgnoreSpec.from_lines(lines)), (folder, _ALWAYS)))
        return IgnoreRules(((folder, GitIgnoreSpec.from_lines(lines)), *self._levels)) if lines else self

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether the innermost rule that says something about ``path`` says that it is ignored."""
        for folder, spec in self._levels:
            inside = path[len(folder) :].lstrip("/\\") + ("/" if is_folder else "")
            if (verdict := spec.check_file(inside).include) is not None:
                return verdict
        return False


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []  # also a pipe of that name, which nobody may ever write to
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES).decode("utf-8", errors="replace").splitlines()
    except OSError:
        return []
