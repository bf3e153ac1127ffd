"""Since when a business needs help: the rule in Python, and the clock that triggers keep, which say the same."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.models import Assessment
from monitoring.plans.clock import level, needs_help_since
from monitoring.plans.models import HelpNeed
from monitoring.progress import Category, Trend
from ppks.kit import dates
from tests.factories import BusinessFactory, moved
from tests.office import sql

DAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Told:
    on: date
    category: str
    trend: str = ""
    valid_until: date | None = None


def told(*found):
    """(day of the month, category, days that it holds), assessed in this order."""
    return [
        Told(DAY + timedelta(days=day), category, "", None if holds is None else DAY + timedelta(days=day + holds))
        for day, category, holds in found
    ]


@pytest.mark.parametrize(
    ("found", "day", "since"),
    [
        ([], 10, None),
        ([(0, "growing", 183)], 10, None),
        ([(0, "declining", 183)], 10, 0),
        ([(0, "declining", 10)], 10, 0),
        ([(0, "declining", 9)], 10, None),
        ([(0, "closed", None)], 3000, 0),
        ([(0, "growing", 183), (5, "stagnant", 183), (9, "declining", 183)], 10, 5),
        ([(0, "stagnant", 183), (5, "steady", 183), (9, "declining", 183)], 10, 9),
        ([(0, "stagnant", 4), (5, "stagnant", 183)], 10, 0),
        ([(0, "stagnant", 3), (5, "stagnant", 183)], 10, 5),
        ([(0, "closed", None), (300, "declining", 183)], 301, 0),
        ([(0, "stagnant", 183), (0, "growing", 183)], 10, None),
        ([(0, "growing", 183), (0, "stagnant", 183)], 10, 0),
        ([(5, "stagnant", 183), (0, "stagnant", 183)], 10, 0),
        ([(5, "stagnant", 183), (0, "growing", 183)], 10, 5),
        ([(0, "stagnant", 183), (20, "growing", 183)], 10, 0),
    ],
)
def test_the_first_day_of_an_unbroken_time_counts(found, day, since):
    expected = None if since is None else DAY + timedelta(days=since)

    assert needs_help_since(told(*found), on=DAY + timedelta(days=day)) == expected


def test_falling_needs_help_whatever_the_category():
    falling = Told(DAY, Category.STEADY, Trend.FALLING, DAY + timedelta(days=183))

    assert needs_help_since([falling], on=DAY) == DAY


@pytest.mark.parametrize(
    ("days", "code"), [(0, None), (13, None), (14, "kadin"), (27, "kadin"), (28, "provinsi"), (400, "provinsi")]
)
def test_the_head_is_told_after_14_days_and_the_province_after_28(days, code):
    reached = level(days)

    assert (reached and reached.code) == code


HISTORY = st.lists(
    st.tuples(
        st.integers(-60, 0),
        st.sampled_from(Category.values),
        st.sampled_from(("", *Trend.values)),
        st.none() | st.integers(0, 40),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORY, ahead=st.integers(0, 40))
def test_the_clock_says_what_the_rule_says(history, ahead):
    """A category in need without an end does not come from the rule of progress; shut has none."""
    Assessment.objects.all().delete()
    business, today = BusinessFactory(), dates.today()
    made = []
    for day, category, trend, holds in history:
        on = today + timedelta(days=day)
        until = None if holds is None or category == "closed" else on + timedelta(days=holds)
        made.append(
            Assessment.objects.create(
                business=business, on=on, category=category, trend=trend, reasons=["Uji."], rule=1, valid_until=until
            )
        )

    day = today + timedelta(days=ahead)
    kept = HelpNeed.objects.on(day).filter(business=business).values_list("since", flat=True).first()
    assert kept == needs_help_since(made, on=day)


def needs() -> list:
    return list(HelpNeed.objects.on(dates.today()).values_list("business", "plan", "since", "region"))


def needy(business, ago: int = 20, category: str = "declining") -> date:
    on = dates.today() - timedelta(days=ago)
    until = None if category == "closed" else on + timedelta(days=183)
    Assessment.objects.create(
        business=business, on=on, category=category, trend="", reasons=["Uji."], rule=1, valid_until=until
    )
    return on


def test_many_at_once_are_reckoned_together(db):
    businesses = [BusinessFactory() for _ in range(4)]
    on = dates.today()
    Assessment.objects.bulk_create(
        Assessment(business=one, on=on, category=category, reasons=["Uji."], rule=1, valid_until=on)
        for one, category in zip(businesses, ("declining", "growing", "stagnant", "closed"), strict=True)
    )

    assert [row[0] for row in needs()] == [businesses[0].pk, businesses[2].pk, businesses[3].pk]


def test_who_has_died_or_moved_away_waits_for_nobody(ngatini, tailoring):
    needy(tailoring, category="closed")
    moved(ngatini, "die")
    assert needs() == []
    moved(ngatini, "return_as_former")
    assert [row[0] for row in needs()] == [tailoring.pk]


def test_the_clock_follows_the_business_and_ends_with_it(tailoring):
    since = needy(tailoring)
    sql("update clients_person set region_id = 3523 where id = %s", tailoring.person_id)
    sql("update monitoring_business set person_id = person_id where id = %s", tailoring.pk)
    assert needs() == [(tailoring.pk, None, since, 3523)]
    Assessment.objects.filter(business=tailoring).delete()
    assert needs() == []
