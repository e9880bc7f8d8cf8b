"""How full a conversation's context is, as the page says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperspot_desktop.viewmodels.text import number, tr

if TYPE_CHECKING:
    from modules.chat.contract import ContextMeter


def meter_text(meter: ContextMeter | None) -> str:
    """context ~1,204 / 8,192; "" while nothing is known."""
    if meter is None or not meter.window:
        return ""
    about = "" if meter.exact else "~"
    text = tr("context %1 / %2").replace("%1", about + number(meter.used))
    return text.replace("%2", number(meter.window))


def meter_level(meter: ContextMeter | None) -> float:
    """How full the context will be, from 0 to 1, with room for the answer."""
    if meter is None or not meter.window:
        return 0.0
    return min(1.0, (meter.used + meter.reserved_for_answer) / meter.window)


def meter_notice(meter: ContextMeter | None) -> str:
    """What will be left out of the next answer, or ""."""
    if meter is None or not meter.dropped_messages:
        return ""
    text = tr("The %1 oldest messages no longer fit and will be left out.")
    return text.replace("%1", number(meter.dropped_messages))
