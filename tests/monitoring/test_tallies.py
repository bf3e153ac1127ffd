"""Tallies: whatever happens to businesses, in whatever order and on whatever day, they equal a live count."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Person
from monitoring.models import Assessment, Business, Tally, TallyDay
from monitoring.progress import Category, Trend
from monitoring.tallies import Tallies, drift, rebuild
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory
from tests.office import door, sql
from tests.people import BOJONEGORO, TUBAN, member

DAYS = st.integers(-3, 3)
STEPS = st.one_of(
    st.tuples(st.just("add"), st.integers(1, 3), st.sampled_from((BOJONEGORO, TUBAN)), st.booleans()),
    st.tuples(
        st.just("assess"),
        st.integers(1, 3),
        st.sampled_from(Category.values),
        st.sampled_from(("", *Trend.values)),
        st.none() | DAYS,
        st.booleans(),
    ),
    st.tuples(st.just("move"), st.integers(0, 9), st.sampled_from((BOJONEGORO, TUBAN))),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("set back"), st.integers(1, 5)),
    st.tuples(st.just("compact")),
)


class Office:
    """Does to businesses what the system does."""

    def __init__(self):
        self.on = dates.today() - timedelta(days=900)

    def do(self, name: str, *arguments) -> None:
        getattr(self, f"_{name.replace(' ', '_')}")(*arguments)

    def _add(self, number: int, region: int, is_described: bool) -> None:
        person = PersonFactory(region_id=region)
        said = {"reported_condition": "steady", "reported_on": dates.today()} if is_described else {}
        Business.objects.bulk_create(Business(person=person, trade_as_written="Warung", **said) for _ in range(number))

    def _assess(self, every: int, category: str, trend: str, days: int | None, is_visited: bool) -> None:
        self.on += timedelta(days=1)
        today = dates.today()
        Assessment.objects.bulk_create(
            Assessment(
                business=business,
                on=self.on,
                category=category,
                trend=trend,
                reasons=["Percobaan."],
                rule=1,
                valid_until=None if days is None else today + timedelta(days=days),
                last_visit_on=today if is_visited else None,
            )
            for business in list(Business.objects.order_by("pk"))[::every]
        )

    def _move(self, which: int, region: int) -> None:
        if (
            person := Person.objects.filter(businesses__isnull=False)
            .distinct()
            .order_by("pk")[which : which + 1]
            .first()
        ):
            Person.objects.filter(pk=person.pk).update(region=region)
            Business.objects.filter(person=person).update(person=person, region=region)

    def _remove(self, which: int) -> None:
        if business := Business.objects.filter(assessments=None).order_by("pk")[which : which + 1].first():
            Business.objects.filter(pk=business.pk).delete()

    def _set_back(self, days: int) -> None:
        """As if the last writer had come that many days ago."""
        rebuild_for(dates.today() - timedelta(days=days))

    def _compact(self) -> None:
        sql("select monitoring_compact_tallies()")


def rebuild_for(day) -> None:
    """Tallies as they stood when `day` was today."""
    sql("delete from monitoring_tally")
    sql("update monitoring_tallyday set day = %s", day)
    sql(
        """insert into monitoring_tally (region_id, measure, number) select region_id, measure, count(*)
           from monitoring_business cross join lateral unnest(monitoring_measures(category, trend, valid_until,
           last_visit_on, reported_condition, %s)) measure group by 1, 2""",
        day,
    )


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=10), ahead=st.sampled_from((0, 1, 2, 200)))
def test_tallies_equal_a_live_count(province, steps, ahead):
    Tally.objects.all().delete()
    Assessment.objects.all().delete()
    Business.objects.all().delete()
    rebuild()
    office = Office()
    for step in steps:
        office.do(*step)
        assert drift(province, dates.today() + timedelta(days=ahead)) == {}, step


@pytest.fixture
def one_business(db):
    """A growing business in Bojonegoro that lapses after tomorrow."""
    business = BusinessFactory()
    Assessment.objects.create(
        business=business,
        on=dates.today(),
        category="growing",
        trend="rising",
        reasons=["Percobaan."],
        rule=1,
        valid_until=dates.today() + timedelta(days=1),
        last_visit_on=dates.today(),
    )
    return business


def test_each_role_gets_the_counts_of_its_reach(one_business):
    for who, count in (("provinsi", 1), ("auditor", 1), ("bojonegoro", 1), ("tuban", 0), ("upt", 0)):
        user = member(who)
        with door(user):
            tallies = Tallies(user, dates.today())
            assert (tallies.total("all"), tallies.total("growing"), tallies.total("never")) == (count, count, 0), who


def test_a_category_lapses_without_anybody_writing(one_business, province):
    tomorrow, later = (dates.today() + timedelta(days=days) for days in (1, 2))
    assert Tallies(province, tomorrow).by_region("growing") == {BOJONEGORO: 1}
    assert Tallies(province, later).by_region("growing") == {}
    assert Tallies(province, later).by_region("unknown") == {BOJONEGORO: 1}


def test_the_first_writer_of_a_day_moves_the_tallies_there(one_business, province):
    rebuild_for(dates.today() - timedelta(days=3))
    BusinessFactory()
    assert TallyDay.objects.get().day == dates.today()
    assert drift(province, dates.today()) == {}


def test_no_role_may_write_tallies(one_business, province):
    with door(province, write=True), connection.cursor() as cursor:
        for statement in (
            "insert into monitoring_tally (region_id, measure, number) values (3522, 'all', 1)",
            "update monitoring_tally set number = 0",
            "delete from monitoring_tally",
            "select monitoring_rebuild_tallies()",
        ):
            cursor.execute("savepoint before")
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute(statement)
            cursor.execute("rollback to savepoint before")


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_lose_nothing():
    businesses = [BusinessFactory() for _ in range(8)]
    rebuild_for(dates.today() - timedelta(days=1))

    def write(number: int) -> None:
        for back in range(6):
            Assessment.objects.create(
                business=businesses[number],
                on=dates.today() - timedelta(days=10 - back),
                category=Category.values[(number + back) % 6],
                trend="",
                reasons=["Percobaan."],
                rule=1,
                valid_until=dates.today() + timedelta(days=back - 3),
            )
        connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drift(member("provinsi"), dates.today()) == {}
