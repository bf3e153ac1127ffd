"""Prepared questions: the answers of the ORM for every key, reader and day, from SQL that was made once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count, Max, Q
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from clients.models import Person, Stay
from monitoring.models import Business
from ppks.kit import dates, prepared
from ppks.kit.prepared import counted, totalled
from tests.factories import PersonFactory, StayFactory
from tests.office import door
from tests.people import CAST, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


@prepared.prepared
def stays(user, person):
    return Stay.objects.visible_to(user).filter(person=person).select_related("institution")


@prepared.prepared
def people(user, keys, since):
    return Person.objects.visible_to(user).filter(pk__in=keys, created_at__date__gte=since).order_by("pk")


@prepared.prepared
def businesses(user, day):
    return Business.objects.visible_to(user).as_of(day).order_by("pk")


@prepared.prepared
def keyless(user, person):
    return Person.objects.visible_to(user)


@counted
def known(user, status):
    everybody = Person.objects.visible_to(user)
    return {"all": everybody, "some": everybody.filter(status=status), "few": everybody.in_order()[:1]}


@totalled
def extent(user, status):
    rows = Person.objects.visible_to(user).filter(status=status)
    return rows, {"number": Count("pk"), "named": Count("pk", filter=Q(name="Ngatini")), "last": Max("pk")}


@pytest.fixture(autouse=True)
def nothing_worded():
    prepared._kept.clear()


@pytest.fixture
def worded(monkeypatch):
    """How often Django made SQL."""
    made, as_sql = [], SQLCompiler.as_sql

    def counts(self, *args, **kwargs):
        made.append(self)
        return as_sql(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", counts)
    return made


@pytest.mark.parametrize("username", CAST)
def test_each_reader_gets_what_he_reaches_whoever_asked_before(ngatini, marsinah, username):
    StayFactory(person=ngatini)
    StayFactory(person=marsinah)
    both = (ngatini.pk, marsinah.pk)
    long_ago = dates.today() - timedelta(days=1)

    for other in (member(username), *map(member, CAST), member(username)):
        if not Person.objects.visible_to(other).query.is_empty():
            with door(other):
                told = [one.pk for one in people(other, both, long_ago)]
                expected = list(Person.objects.filter(pk__in=both).order_by("pk").values_list("pk", flat=True))
            assert told == expected


def test_the_second_question_needs_no_new_sql_and_answers_for_its_own_key(ngatini, marsinah, province, worded):
    of_ngatini, of_marsinah = StayFactory(person=ngatini), StayFactory(person=marsinah)

    with door(province):
        first = stays(province, ngatini.pk)
        worded.clear()
        second = stays(province, marsinah.pk)

    assert (first, second) == ([of_ngatini], [of_marsinah])
    assert worded == []


def test_a_row_is_whole_with_what_was_selected_beside_it(ngatini, officer):
    stay = StayFactory(person=ngatini)

    with door(officer):
        stays(officer, ngatini.pk)
        (told,) = stays(officer, ngatini.pk)
        with CaptureQueriesContext(connection) as asked:
            where = str(told.institution)

    assert (told, where, len(asked)) == (stay, str(stay.institution), 0)


def test_a_masked_reader_gets_no_hidden_column(ngatini, auditor):
    with door(auditor):
        people(auditor, (ngatini.pk,), dates.today())
        (told,) = people(auditor, (ngatini.pk,), dates.today())

    assert told.is_masked
    assert told.shown_name == ngatini.initials


def test_so_many_keys_and_such_a_day_are_part_of_the_question(ngatini, marsinah, province):
    today, tomorrow = dates.today(), dates.today() + timedelta(days=1)

    with door(province):
        assert people(province, (ngatini.pk,), today) == [ngatini]
        assert people(province, (ngatini.pk, marsinah.pk), today) == [ngatini, marsinah]
        assert people(province, (marsinah.pk,), tomorrow) == []
        assert people(province, (), today) == []


def test_tomorrow_a_question_is_put_anew(tailoring, province, monkeypatch):
    """`as_of` tells today from the row and an earlier day from assessments: the same day is another question tomorrow."""
    day = dates.today()
    with door(province):
        businesses(province, day)
        monkeypatch.setattr(dates, "today", lambda: day + timedelta(days=1))
        with CaptureQueriesContext(connection) as asked:
            businesses(province, day)

    assert "monitoring_assessment" in asked[0]["sql"]


def test_a_key_that_is_not_asked_for_is_an_error(ngatini, province):
    with door(province), pytest.raises(LookupError, match="keyless"):
        keyless(province, ngatini.pk)


def test_the_keys_of_a_long_list_are_not_kept(ngatini, province, worded):
    long = (ngatini.pk,) * (prepared.MANY + 1)

    with door(province):
        first = people(province, long, dates.today())
        worded.clear()
        second = people(province, long, dates.today())

    assert first == second == [ngatini]
    assert len(worded) == 1


def test_several_counts_are_one_statement(ngatini, marsinah, officer):
    PersonFactory(region=ngatini.region)
    own = Person.objects.filter(region=ngatini.region)

    with door(officer), CaptureQueriesContext(connection) as asked:
        first = known(officer, ngatini.status)
        second = known(officer, "lost")

    assert first == {"all": 2, "some": own.filter(status=ngatini.status).count(), "few": 1}
    assert second == {"all": 2, "some": 0, "few": 1}
    assert len(asked) == 2


def test_totals_are_of_all_rows_also_of_none(ngatini, marsinah, province):
    with door(province):
        assert extent(province, "lost") == {"number": 0, "named": 0, "last": None}
        everybody = Person.objects.filter(status=ngatini.status)
        expected = {
            "number": everybody.count(),
            "named": everybody.filter(name="Ngatini").count(),
            "last": max(one.pk for one in everybody),
        }
        assert extent(province, ngatini.status) == expected


def test_no_more_wordings_are_kept_than_said(ngatini, province, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 2)
    with door(province):
        for days in range(5):
            people(province, (ngatini.pk,), dates.today() - timedelta(days=days))

    assert len(prepared._kept) <= 2
