"""The same form sent twice at the same moment, through two real connections: one visit, and two answers that make sense."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from monitoring.models import Assessment, Business, Visit
from tests.factories import VisitFactory
from tests.monitoring.typing import key, typed
from tests.office import OfficeBrowser

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

TIMES = 8


def at_once(*sendings: tuple[OfficeBrowser, str, dict]) -> list:
    """Send these forms in threads of their own that begin together, each with a connection of its own."""
    ready = Barrier(len(sendings))

    def send(sending):
        browser, address, form = sending
        try:
            ready.wait()
            return browser.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sendings)) as threads:
        return list(threads.map(send, sendings))


def test_the_same_form_twice_at_once_is_one_visit(tailoring, officer):
    for number in range(TIMES):
        sending = (f"/usaha/{tailoring.pk}/kunjungan/", typed(key=key(number)))
        answers = at_once(*((OfficeBrowser(officer), *sending) for _ in range(2)))
        assert [answer.status_code for answer in answers] == [302, 302]
        assert Visit.objects.count() == Assessment.objects.count() == number + 1


def test_two_corrections_of_one_visit_at_once_leave_one(tailoring, officer):
    for number in range(TIMES):
        visit = VisitFactory(business=tailoring, by=officer)
        address = f"/kunjungan/{visit.key}/perbaiki/"
        answers = at_once(*((OfficeBrowser(officer), address, typed(key=key(100 + 2 * number + n))) for n in range(2)))
        assert [answer.status_code for answer in answers] == [302, 302]
        assert Visit.objects.filter(replaces=visit).count() == 1


def test_two_visits_at_once_are_assessed_together(tailoring, officer, province):
    """The later assessment knows both visits, whoever was first."""
    address = f"/usaha/{tailoring.pk}/kunjungan/"
    for number in range(TIMES):
        forms = [typed(key=key(200 + 2 * number + n), turnover=f"{number + 1}00.00{n}") for n in range(2)]
        at_once((OfficeBrowser(officer), address, forms[0]), (OfficeBrowser(province), address, forms[1]))
        newest = Visit.objects.order_by("-visited_on", "-pk").first()
        assert Business.objects.get().last_turnover == newest.turnover
