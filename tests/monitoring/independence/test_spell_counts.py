"""Counts of spells: whatever happens to graduations, people, grants and visits, they equal a live count."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Person, PpksKind
from monitoring.counts.reading import Kind, count
from monitoring.granted import POINTS
from monitoring.independence.models import Graduation, Relapse
from monitoring.independence.since_grant import after_grant, recipients
from monitoring.independence.spans import MONTHS
from monitoring.independence.spells import NARROW
from monitoring.independence.workflow import GRADUATION
from ppks.accounts.models import User
from tests.monitoring.independence.making import decided_ago
from tests.monitoring.test_day_counts import AGO, REGIONS, TODAY, WHICH, YEARS, Office
from tests.office import door
from tests.people import BOJONEGORO, TUBAN

IS_INDEPENDENT = (
    ("person", BOJONEGORO, 900),
    ("business", 0, "Pijat"),
    ("grant", 0, TODAY.year - 4, 1_000_000),
    ("graduate", 0, 800),
)
ON_THE_WAY = st.one_of(
    st.tuples(st.just("person"), REGIONS, AGO),
    st.tuples(st.just("business"), WHICH, st.just("Pijat")),
    st.tuples(st.just("graduate"), st.integers(0, 1), st.integers(300, 900)),
    st.tuples(st.just("fall back"), st.integers(0, 1), st.integers(0, 800)),
    st.tuples(st.just("assess"), st.integers(1, 2), AGO, st.just(("growing", "")), st.just(100), st.just(True)),
    st.tuples(st.just("take an assessment back"), WHICH),
    st.tuples(st.just("grant"), st.integers(0, 1), YEARS, st.just(1_000_000)),
    st.tuples(st.just("take the grant back"), st.integers(0, 1)),
    st.tuples(st.just("step"), st.just(0), st.sampled_from(("die", "lose_contact", "return_as_independent")), AGO),
    st.tuples(st.just("move away"), st.integers(0, 1), REGIONS),
    st.tuples(st.just("compact")),
    st.tuples(st.just("rebuild")),
)


class Independence(Office):
    """Decides who is independent, too, and takes note of who falls back."""

    def _graduate(self, which: int, ago: int) -> None:
        person = self._one(Person.objects.filter(status="former_client"), which)
        if person and not Graduation.objects.filter(person=person, decided_on=None).exists():
            decided_ago(person, TODAY - timedelta(days=ago))

    def _fall_back(self, which: int, ago: int) -> None:
        """Its day may lie before the decision, as in no office: it is counted as told."""
        if graduation := self._one(Graduation.objects.filter(status="independent"), which):
            system = User.objects.system()
            Relapse.objects.create(graduation=graduation, kind=PpksKind.objects.first(), on=TODAY, by=system)
            with door(system, write=True):
                GRADUATION.make("relapse", graduation, by=system, note="Usaha bangkrut.")
            Graduation.objects.filter(pk=graduation.pk).update(ended_on=TODAY - timedelta(days=ago))


def live_independence() -> Counter:
    """Who was independent so many months after the first grant, by its year."""
    found: Counter = Counter()
    for months in POINTS:
        rows = recipients(after_grant(Person.objects.all(), months, TODAY), TODAY).filter(was_independent=True)
        for year in rows.values_list("grant_year", flat=True):
            found[f"{year}:{months}"] += 1
    return found


def live_spells(region: int) -> Counter:
    found: Counter = Counter()
    for months in MONTHS:
        reached = Graduation.objects.filter(region=region).reached(months, TODAY)
        found.update({f"{months}:{code}": narrow(reached).count() for code, narrow in NARROW.items()})
    return +found


def assert_spells_are_live(user) -> None:
    assert count(user, Kind.INDEPENDENT, TODAY) == live_independence()
    for region in (BOJONEGORO, TUBAN):
        assert count(user, Kind.SPELL, TODAY, region=region) == live_spells(region)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(ON_THE_WAY, min_size=2, max_size=10))
def test_kept_spells_equal_live_ones_whatever_happens(province, steps):
    office = Independence()
    with transaction.atomic():
        for step in (*IS_INDEPENDENT, *steps):
            office.do(*step)
        assert_spells_are_live(province)
        transaction.set_rollback(True)
