"""Which backups may go, tried on arbitrary collections and on years of hourly ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from modkit.db.rotation import AUTOMATIC, RotationPolicy, expendable

POLICY = RotationPolicy()
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    label: str
    created_at: datetime
    good: bool = True


def hours_after(*hours: float, good: bool = True, label: str = AUTOMATIC) -> list[Made]:
    return [Made(label, START + timedelta(hours=hour), good) for hour in hours]


moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
backups = st.lists(
    st.builds(Made, st.sampled_from((AUTOMATIC, "manual", "before-migration")), moments, st.booleans()),
    max_size=60,
    unique_by=lambda one: one.created_at,
)


def kept_of(made: list[Made], policy: RotationPolicy = POLICY) -> list[Made]:
    gone = set(expendable(made, policy))
    return sorted((one for one in made if one not in gone), key=lambda one: one.created_at)


@settings(max_examples=50)
@given(backups)
def test_the_newest_good_one_and_the_newest_of_all_always_stay(made: list[Made]) -> None:
    kept = kept_of(made)
    good = [one for one in made if one.good]
    assert max(good, key=lambda one: one.created_at, default=None) in [*kept, None]
    assert max(made, key=lambda one: one.created_at, default=None) in [*kept, None]


@settings(max_examples=50)
@given(backups)
def test_a_second_rotation_removes_nothing(made: list[Made]) -> None:
    assert expendable(kept_of(made), POLICY) == []


@settings(max_examples=50)
@given(backups)
def test_what_is_kept_is_bounded(made: list[Made]) -> None:
    kept = kept_of(made)
    assert len([one for one in kept if one.label == AUTOMATIC]) <= 24 + 7 + 4 + 12 + 2
    assert len([one for one in kept if one.label == "manual"]) <= POLICY.others + 2


@settings(max_examples=50)
@given(backups)
def test_each_of_the_last_months_that_has_a_good_backup_keeps_a_good_one(made: list[Made]) -> None:
    kept = kept_of(made)

    def months(of: list[Made]) -> set[tuple[int, int]]:
        return {(one.created_at.year, one.created_at.month) for one in of}

    automatic = [one for one in made if one.label == AUTOMATIC]
    last = set(sorted(months(automatic))[-POLICY.months :])
    good = months([one for one in automatic if one.good]) & last
    assert last <= months([one for one in kept if one.label == AUTOMATIC])
    assert good <= months([one for one in kept if one.good and one.label == AUTOMATIC])


@settings(max_examples=50)
@given(backups)
def test_the_order_of_the_list_does_not_matter(made: list[Made]) -> None:
    assert expendable(made, POLICY) == expendable(made[::-1], POLICY)


@settings(max_examples=20)
@given(st.lists(st.integers(1, 200), min_size=1, max_size=80))
def test_rotating_after_every_backup_keeps_each_last_period_as_rotating_once_would(gaps_h: list[int]) -> None:
    moment, kept, everything = START, list[Made](), list[Made]()
    for gap in gaps_h:
        moment += timedelta(hours=gap)
        everything.append(Made(AUTOMATIC, moment))
        kept = kept_of([*kept, everything[-1]])
    assert kept == kept_of(everything)


def test_a_year_of_hourly_backups_leaves_24_hours_7_days_4_weeks_and_12_months() -> None:
    made = hours_after(*range(400 * 24))
    kept = kept_of(made)
    newest = made[-1].created_at
    assert len([one for one in kept if newest - one.created_at < timedelta(hours=24)]) == 24
    days = {one.created_at.date() for one in kept}
    assert {newest.date() - timedelta(days=back) for back in range(7)} <= days
    weeks = {one.created_at.isocalendar()[:2] for one in kept}
    assert {(newest - timedelta(weeks=back)).isocalendar()[:2] for back in range(4)} <= weeks
    assert len({(one.created_at.year, one.created_at.month) for one in kept}) == 12
    assert len(kept) <= 24 + 7 + 4 + 12


def test_a_damaged_backup_does_not_push_the_good_one_of_its_hour_out() -> None:
    good, damaged = hours_after(0.2), hours_after(0.8, good=False)
    later = hours_after(5, 6)
    assert kept_of([*good, *damaged, *later]) == [*good, *later]


def test_after_a_long_absence_nothing_is_thinned_out() -> None:
    made = hours_after(*range(20))
    back_again = hours_after(3 * 365 * 24)
    assert expendable([*made, *back_again], POLICY) == []


def test_a_backup_from_the_future_makes_none_old() -> None:
    made = hours_after(*range(10))
    future = hours_after(20 * 365 * 24)
    assert expendable([*made, *future], POLICY) == []


def test_only_the_newest_few_of_another_label_stay_but_the_last_good_one_does() -> None:
    good = hours_after(0, label="manual")
    damaged = hours_after(*range(1, 9), good=False, label="manual")
    assert kept_of([*good, *damaged]) == [*good, *damaged[-5:]]
