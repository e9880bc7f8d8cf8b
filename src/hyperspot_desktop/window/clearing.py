"""Takes what the window shows out of it, and out of memory, behind the lock screen."""

from __future__ import annotations

from collections.abc import Iterable

import shiboken6
from PySide6.QtCore import QMetaObject, QObject
from PySide6.QtQuick import QQuickWindow


def close_and_clear(window: QQuickWindow) -> None:
    """Close every box above the page and empty every field: they may show words that no view-model holds."""
    # In QML: Python would keep a wrapper of every item, and meet it again when another has taken its place.
    QMetaObject.invokeMethod(window, "forget")
    # Pictures of pages that were drawn.
    window.releaseResources()


def destroy(view_models: Iterable[QObject]) -> None:
    """Delete view-models with all that they hold.

    Their attributes are taken away one by one: objects that were made at the start are spared by the collector, and
    those that refer to each other would stay for ever.
    """
    for view_model in view_models:
        held = [view_model, *view_model.findChildren(QObject)]
        shiboken6.delete(view_model)
        for one in held:
            one.__dict__.clear()
