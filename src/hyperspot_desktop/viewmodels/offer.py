"""Files and folders that were chosen, dropped or pasted, and into which collection they could go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hyperspot_desktop.viewmodels.text import number, tr

TITLE_NAMES = 1
"""One thing is called by its name, more are counted."""
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """What is about to be added; ``folders`` are those of the paths that are folders."""

    paths: tuple[Path, ...]
    folders: tuple[Path, ...]

    @property
    def title(self) -> str:
        if len(self.paths) == TITLE_NAMES:
            sentence = tr("Add the folder %1") if self.folders else tr("Add %1")
            return sentence.replace("%1", self.paths[0].name or str(self.paths[0]))
        if len(self.folders) == len(self.paths):
            return tr("Add %1 folders").replace("%1", number(len(self.paths)))
        if not self.folders:
            return tr("Add %1 files").replace("%1", number(len(self.paths)))
        return tr("Add %1 files and folders").replace("%1", number(len(self.paths)))

    def collection(self, current: str) -> str:
        """A folder brings its name along; files go where the user is, else they are called after their folder."""
        if len(self.folders) == 1 and len(self.paths) == 1 and self.folders[0].name:
            return _fitting(self.folders[0].name)
        return current or _fitting(self.paths[0].parent.name) or tr("My documents")


def make_offer(paths: Sequence[Path]) -> Offer:
    """Looks at the disk: call it on a thread. What is not there any more is left out."""
    there = tuple(dict.fromkeys(path for path in paths if path.exists()))
    return Offer(there, tuple(path for path in there if path.is_dir()))


def _fitting(name: str) -> str:
    return "".join(char if char.isprintable() else " " for char in name).strip()[:LONGEST_NAME]
