"""Facts of one business or person written by several connections at once: no kept count is lost or doubled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from monitoring.counts.verifying import drift
from tests.factories import PastGrantFactory, VisitFactory, visited
from tests.faults.test_twice_at_once import at_once
from tests.monitoring.typing import key, typed
from tests.office import OfficeBrowser, sql

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

TIMES = 8


def together(*acts) -> None:
    """Do these in threads of their own that begin together, each in a transaction of its own."""
    ready = Barrier(len(acts))

    def do(act) -> None:
        try:
            ready.wait()
            with transaction.atomic():
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        list(threads.map(do, acts))


def differing() -> dict[str, int]:
    with transaction.atomic():
        return drift()


def added_up() -> None:
    sql("select counts_compact()")


def test_two_visits_of_one_business_at_once(tailoring, officer, province):
    address = f"/usaha/{tailoring.pk}/kunjungan/"
    for number in range(TIMES):
        forms = [typed(key=key(2 * number + n), turnover=f"{number + 1}00.00{n}") for n in range(2)]
        at_once((OfficeBrowser(officer), address, forms[0]), (OfficeBrowser(province), address, forms[1]))
        assert differing() == {}


def test_two_grants_of_one_person_at_once(tailoring):
    person = tailoring.person
    visited(tailoring, 1_000_000, 1_200_000)
    for number in range(TIMES):
        years = (2024 - 2 * number, 2023 - 2 * number)
        together(*(lambda year=year: PastGrantFactory(person=person, year=year, amount=1_000_000) for year in years))
        assert differing() == {}


def test_writers_while_counts_are_added_up(tailoring, fishery, officer):
    for number in range(TIMES):
        writers = [lambda each=each: VisitFactory(business=each, by=officer) for each in (tailoring, fishery)]
        together(*writers, added_up, added_up)
        assert differing() == {}, number
