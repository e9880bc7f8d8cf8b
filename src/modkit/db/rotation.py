"""Which backups may go: a pure decision, so that it can be tried on years of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, TypeVar

AUTOMATIC = "automatic"
"""The label of the backups that time thins out; of every other label the newest few are kept."""


class Rotated(Protocol):
    """What the decision rests on. ``good``: it was checked and found whole."""

    @property
    def label(self) -> str: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def good(self) -> bool: ...


B = TypeVar("B", bound=Rotated)


@dataclass(frozen=True, slots=True)
class RotationPolicy:
    """One automatic backup is kept of each of the last so many hours, days, ISO weeks and months that have one.

    Periods without a backup do not count: after a year of absence nothing is thinned out, and a clock that jumps
    makes no backup old. ``others`` is how many are kept of every other label.
    """

    hours: int = 24
    days: int = 7
    weeks: int = 4
    months: int = 12
    others: int = 5


def expendable(backups: Iterable[B], policy: RotationPolicy | None = None) -> list[B]:
    """The backups of one database that may be removed, oldest first.

    Never among them: the newest good one, and the newest of all. A period keeps its newest good backup, and its
    newest one only when none is good.

    Source: the grandfather-father-son scheme, counted as restic's ``forget --keep-hourly`` does.
    """
    policy = policy or RotationPolicy()
    newest_first = sorted(backups, key=lambda one: one.created_at, reverse=True)
    kept = {id(one) for one in _last_resorts(newest_first)}
    automatic = [one for one in newest_first if one.label == AUTOMATIC]
    for period_of, count in _tiers(policy):
        kept |= {id(one) for one in _one_of_each(automatic, period_of, count)}
    for label in {one.label for one in newest_first} - {AUTOMATIC}:
        kept |= {id(one) for one in _newest_of(newest_first, label, policy.others)}
    return [one for one in reversed(newest_first) if id(one) not in kept]


def _last_resorts(newest_first: Sequence[B]) -> list[B]:
    newest_good = next((one for one in newest_first if one.good), None)
    return [*newest_first[:1], *([newest_good] if newest_good is not None else [])]


def _tiers(policy: RotationPolicy) -> tuple[tuple[Callable[[datetime], Hashable], int], ...]:
    return (
        (lambda moment: (moment.date(), moment.hour), policy.hours),
        (lambda moment: moment.date(), policy.days),
        (lambda moment: moment.isocalendar()[:2], policy.weeks),
        (lambda moment: (moment.year, moment.month), policy.months),
    )


def _one_of_each(newest_first: Sequence[B], period_of: Callable[[datetime], Hashable], count: int) -> list[B]:
    """The best backup of each of the last ``count`` periods that have one."""
    best: dict[Hashable, B] = {}
    for one in newest_first:
        period = period_of(one.created_at.astimezone(UTC))
        if period not in best and len(best) == count:
            break
        if period not in best or (one.good and not best[period].good):
            best[period] = one
    return list(best.values())


def _newest_of(newest_first: Sequence[B], label: str, count: int) -> list[B]:
    return [one for one in newest_first if one.label == label][:count]
