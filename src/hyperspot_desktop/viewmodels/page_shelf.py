"""The pictures of pages that QML may draw, by name; a few are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict

from PySide6.QtGui import QImage

KEPT = 6
"""Three a viewer: the inspector and the Search page share the shelf."""


class PageShelf:
    """Filled on the window's thread, read on any that draws."""

    def __init__(self) -> None:
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._lock = threading.Lock()
        self._made = 0

    def put(self, image: QImage) -> str:
        """The name under which the picture is found from now on; the oldest one goes."""
        with self._lock:
            self._made += 1
            name = str(self._made)
            self._images[name] = image
            while len(self._images) > KEPT:
                self._images.popitem(last=False)
            return name

    def emptied(self) -> PageShelf:
        """This shelf, with nothing on it; the names that were given are given to no other picture."""
        with self._lock:
            self._images.clear()
        return self

    def get(self, name: str) -> QImage:
        """An empty picture for one that is not there any more."""
        with self._lock:
            return self._images.get(name, QImage())
