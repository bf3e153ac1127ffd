"""Counts by day: whatever happens to people, grants, businesses and visits, they equal a live count, today and on days past."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.lifecycle import LIFECYCLE
from clients.models import Person, PersonStep
from grants.models import PastGrant
from monitoring.counts.dues import ALONE, all_waiting, late_alone, late_by_region, waiting_by_age, waiting_by_officer
from monitoring.counts.models import FirstGrant
from monitoring.counts.reading import Kind, count, count_by_region, states_by
from monitoring.due import DueVisit, in_age
from monitoring.granted import POINTS, first_grant_known_on
from monitoring.models import Assessment, Business, Visit
from monitoring.reports.measures import Span
from monitoring.reports.people import PEOPLE
from monitoring.reports.periods import Period
from monitoring.reports.visiting import BUSINESSES, VISITS
from monitoring.schedule import AGES, LATE
from ppks.accounts.models import User
from ppks.kit import dates
from tests.factories import BusinessFactory, PastGrantFactory, PersonFactory, VisitFactory
from tests.office import door, sql
from tests.people import BOJONEGORO, TUBAN, member

TODAY = dates.today()
YEARS = st.none() | st.integers(TODAY.year - 4, TODAY.year - 1)
AGO = st.integers(0, 900)
WHICH = st.integers(0, 4)
REGIONS = st.sampled_from((BOJONEGORO, TUBAN))
STEPS = st.one_of(
    st.tuples(st.just("person"), REGIONS, AGO),
    st.tuples(st.just("grant"), WHICH, YEARS, st.sampled_from((None, 1_000_000))),
    st.tuples(st.just("take the grant back"), WHICH),
    st.tuples(st.just("business"), WHICH, st.sampled_from(("Permak jahit", "Pijat"))),
    st.tuples(
        st.just("assess"),
        st.integers(1, 2),
        AGO,
        st.tuples(st.sampled_from(("growing", "stagnant", "closed", "unknown")), st.sampled_from(("", "falling"))),
        st.none() | st.integers(-5, 400),
        st.booleans(),
    ),
    st.tuples(st.just("take an assessment back"), WHICH),
    st.tuples(st.just("step"), WHICH, st.sampled_from(("die", "return_as_former", "lose_contact", "readmit")), AGO),
    st.tuples(st.just("move away"), WHICH, REGIONS),
    st.tuples(st.just("remove"), WHICH),
    st.tuples(st.just("visit"), WHICH, AGO, st.sampled_from((None, 500_000)), st.booleans(), st.booleans()),
    st.tuples(st.just("retrade"), WHICH, st.sampled_from(("Permak jahit", ""))),
    st.tuples(st.just("due"), WHICH, st.integers(-120, 60), st.booleans()),
    st.tuples(st.just("compact")),
    st.tuples(st.just("rebuild")),
)


class Office:
    """Does what the system does, and what an import that is undone takes back."""

    def do(self, name: str, *arguments) -> None:
        getattr(self, f"_{name.replace(' ', '_')}")(*arguments)

    @staticmethod
    def _one(rows, which: int):
        return rows.order_by("pk")[which : which + 1].first()

    def _person(self, region: int, ago: int) -> None:
        self._made("register_former", PersonFactory(region_id=region), ago)

    def _grant(self, which: int, year: int | None, amount: int | None) -> None:
        if person := self._one(Person.objects, which):
            told = {"year": year, "amount": amount, "form": "goods", "list_date": date(2020, 8, 26)}
            if not PastGrant.objects.filter(person=person, **told).exists():
                PastGrantFactory(person=person, **told)

    def _take_the_grant_back(self, which: int) -> None:
        if grant := self._one(PastGrant.objects, which):
            PastGrant.objects.filter(pk=grant.pk).delete()

    def _business(self, which: int, trade: str) -> None:
        if person := self._one(Person.objects, which):
            BusinessFactory(person=person, trade_as_written=trade)

    def _assess(self, every: int, ago: int, state: tuple[str, str], days: int | None, is_visited: bool) -> None:
        on = TODAY - timedelta(days=ago)
        Assessment.objects.bulk_create(
            Assessment(
                business=business,
                on=on,
                category=state[0],
                trend=state[1],
                reasons=["Percobaan."],
                rule=1,
                valid_until=None if days is None else on + timedelta(days=days),
                last_visit_on=on if is_visited else None,
            )
            for business in list(Business.objects.order_by("pk"))[::every]
        )

    def _take_an_assessment_back(self, which: int) -> None:
        """As undoing an import does: the business is told by what is left."""
        if not (gone := self._one(Assessment.objects, which)):
            return
        Assessment.objects.filter(pk=gone.pk).delete()
        sql(
            """update monitoring_business set category = coalesce(last.category, 'unknown'), trend = coalesce(last.trend, ''),
                   valid_until = last.valid_until, last_visit_on = last.last_visit_on
               from (select 1) one left join (select * from monitoring_assessment where business_id = %s
                   order by "on" desc, id desc limit 1) last on true
               where monitoring_business.id = %s""",
            gone.business_id,
            gone.business_id,
        )

    def _step(self, which: int, move: str, ago: int) -> None:
        person = self._one(Person.objects, which)
        if person and person.status in LIFECYCLE.moves[move].sources:
            self._made(move, person, ago)

    @staticmethod
    def _made(move: str, person: Person, ago: int) -> None:
        system = User.objects.system()
        with door(system, write=True):
            LIFECYCLE.make(move, person, by=system, note="Surat.", effective_on=TODAY - timedelta(days=ago))

    def _move_away(self, which: int, region: int) -> None:
        if person := self._one(Person.objects, which):
            Person.objects.filter(pk=person.pk).update(region=region)
            Business.objects.filter(person=person).update(region=region)

    def _remove(self, which: int) -> None:
        if person := self._one(Person.objects.filter(businesses=None), which):
            PastGrant.objects.filter(person=person).delete()
            PersonStep.objects.filter(person=person).delete()
            sql("delete from clients_person where id = %s", person.pk)

    def _visit(self, which: int, ago: int, turnover: int | None, operating: bool, is_correction: bool) -> None:
        if not (business := self._one(Business.objects, which)):
            return
        earlier = Visit.objects.filter(business=business, replaced_by=None).first() if is_correction else None
        told = {"turnover": turnover if operating else None, "operating": operating, "replaces": earlier}
        VisitFactory(business=business, visited_on=TODAY - timedelta(days=ago), **told)

    def _retrade(self, which: int, trade: str) -> None:
        if business := self._one(Business.objects, which):
            Business.objects.filter(pk=business.pk).update(trade_as_written=trade)

    def _due(self, which: int, ahead: int, is_given: bool) -> None:
        if not (business := self._one(Business.objects, which)):
            return
        officer = member("bojonegoro") if is_given and business.region_id == BOJONEGORO else None
        day = TODAY + timedelta(days=ahead)
        if not DueVisit.objects.filter(business=business, closed_on=None).update(officer=officer, due_on=day):
            DueVisit.objects.create(
                business=business, due_on=day, officer=officer, opens_on=TODAY - timedelta(days=200)
            )

    def _compact(self) -> None:
        sql("select counts_compact()")

    def _rebuild(self) -> None:
        sql("select counts_rebuild()")


def live_states(day: date, group: str) -> Counter:
    """Businesses by region, what `group` says of them, and state: row by row."""
    rows = Business.objects.as_of(day).annotate(year=first_grant_known_on("person", TODAY))
    found: Counter = Counter()
    for business in rows.select_related("skill_fit"):
        of = {"year": business.year.year if business.year else "tanpa", "fit": business.skill_fit.fit}[group]
        found[business.region_id, str(of), business.state] += 1
    return found


def kept_states(user, kind: str, day: date) -> Counter:
    found: Counter = Counter()
    by_region: dict[int, Counter] = {}
    for (region, code), n in count_by_region(user, kind, day).items():
        by_region.setdefault(region, Counter())[code] = n
    for region, counts in by_region.items():
        for group, states in states_by(counts).items():
            found.update({(region, group, state): n for state, n in states.items()})
    return found


def live_after(user) -> Counter:
    found: Counter = Counter()
    for months in POINTS:
        rows = Business.objects.as_of(TODAY).after_grant(months, TODAY).with_grant_year(TODAY)
        for year, state in rows.values_list("grant_year", "state_then"):
            found[f"{year}:{months}", state] += 1
    return found


KEPT_AGES = {"late": LATE} | {age.code: age for age in AGES}


def live_waiting(region: int) -> dict[str, int]:
    late = in_age(LATE, TODAY)
    dues = DueVisit.objects.filter(region=region).open_on(TODAY)
    ages = {age.code: dues.filter(in_age(age, TODAY)).count() for age in AGES}
    return {"late": dues.filter(late).count()} | ages


def live_by_officer() -> list[tuple]:
    ages = {age.code: Count("pk", filter=in_age(age, TODAY)) for age in (*AGES, LATE)}
    rows = DueVisit.objects.order_by().open_on(TODAY).values_list("region", "officer")
    return list(rows.annotate(Count("pk"), **ages))


def assert_kept_is_live(user) -> None:
    each = [live_waiting(region) for region in (BOJONEGORO, TUBAN)]
    assert [waiting_by_age(user, TODAY, region=region) for region in (BOJONEGORO, TUBAN)] == each
    assert waiting_by_age(user, TODAY) == {code: sum(one[code] for one in each) for code in each[0]}
    waiting = DueVisit.objects.open_on(TODAY)
    assert all_waiting(user) == waiting.count()
    assert all_waiting(user, region=TUBAN, code=ALONE) == waiting.filter(region=TUBAN, officer=None).count()
    alone = {code: waiting.filter(in_age(age, TODAY), officer=None).count() for code, age in KEPT_AGES.items()}
    assert waiting_by_age(user, TODAY, code=ALONE) == alone
    assert late_alone(user, TODAY) == alone["late"]
    assert sorted(waiting_by_officer(user, TODAY, (*AGES, LATE)), key=repr) == sorted(live_by_officer(), key=repr)
    assert late_by_region(user, TODAY) == +Counter(
        {region: one["late"] for region, one in zip((BOJONEGORO, TUBAN), each, strict=True)}
    )
    for day in (TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=200), TODAY - timedelta(days=600)):
        assert kept_states(user, Kind.STATE, day) == live_states(day, "year"), day
        assert kept_states(user, Kind.FIT, day) == live_states(day, "fit"), day
        span = Span(Period(day.replace(day=1), 1), day)
        for source in (PEOPLE, BUSINESSES, VISITS):
            live = {key: n for key, n in source.counted(user, span).items() if n}
            assert {key: n for key, n in source.counts(user, span).items() if n} == live, (source.code, day)
    kept = states_by(count(user, Kind.AFTER, TODAY))
    assert {(group, state): n for group, found in kept.items() for state, n in found.items()} == live_after(user)
    told = PastGrant.objects.order_by().values_list("person", first_grant_known_on("person", TODAY)).distinct()
    assert dict(FirstGrant.objects.values_list("person", "granted_on")) == dict(told)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_kept_counts_equal_live_ones_whatever_happens(province, steps):
    office = Office()
    with transaction.atomic():
        for step in [("person", BOJONEGORO, 700), ("business", 0, "Pijat"), *steps]:
            office.do(*step)
        assert_kept_is_live(province)
        transaction.set_rollback(True)
