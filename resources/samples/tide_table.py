"""When the lower Elm can be rowed: the tide runs against the stream twice a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TIDAL_PERIOD = timedelta(hours=12, minutes=25)
SLACK = timedelta(minutes=40)
"""How long the water stands still around high tide."""


@dataclass(frozen=True)
class Tide:
    """One high tide at the harbour light."""

    at: datetime
    height_m: float

    def next(self) -> Tide:
        """The high tide after this one, taken as equally high."""
        return Tide(self.at + TIDAL_PERIOD, self.height_m)


def rowable(moment: datetime, tide: Tide) -> bool:
    """Whether novices may go below the weir: only within the slack water around a high tide."""
    distance = abs(moment - tide.at)
    return min(distance % TIDAL_PERIOD, TIDAL_PERIOD - distance % TIDAL_PERIOD) <= SLACK / 2


def windows(first: Tide, days: int) -> list[tuple[datetime, datetime]]:
    """Begin and end of every slack water in so many days."""
    found = []
    tide = first
    while tide.at < first.at + timedelta(days=days):
        found.append((tide.at - SLACK / 2, tide.at + SLACK / 2))
        tide = tide.next()
    return found


if __name__ == "__main__":
    start = Tide(datetime(2026, 6, 20, 10, 5), 4.1)
    for begin, end in windows(start, 2):
        print(f"{begin:%a %H:%M} to {end:%H:%M}")
