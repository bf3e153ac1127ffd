"""What comes of an account in the end: money asked back, a waiver for the overdue, an empty list that says why."""

from datetime import timedelta

import pytest

from grants.applications.statuses import Status
from grants.models import Waiver
from ppks.kit import dates
from tests import granting
from tests.granting import MILLION, applicant, brought_to, draft_of
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
AMOUNT = 3 * MILLION


def test_the_head_asks_money_back_and_the_treasurer_closes_when_it_has_come(browse, head):
    application = brought_to(Status.ACCOUNTED)
    url, treasurer = f"/hibah/{application.pk}/pengembalian/", browse(member("bendahara"))
    asked = {
        "finding": "LHP 7",
        "amount": "1.000.000",
        "due_on": dates.long(dates.today()),
        "reason": "Tidak dibelikan.",
    }
    slip = {"amount": "600.000", "slip_number": "STS-8", "paid_on": dates.long(dates.today()), "step": "take"}

    demanded = browse(head).post(url, asked)
    again = browse(head).post(url, asked)
    treasurer.post(f"{url}setoran/", slip)
    early = treasurer.post(f"{url}setoran/", {"step": "settle", "note": "Sudah lunas semua."})
    treasurer.post(f"{url}setoran/", slip | {"amount": "400.000", "slip_number": "STS-9"})
    done = treasurer.post(f"{url}setoran/", {"step": "settle", "note": "Sudah lunas semua."})

    application = granting.again(application)
    assert (demanded.status_code, again.status_code, early.status_code, done.status_code) == (302, 302, 422, 302)
    assert application.recoveries.count() == 1
    assert (application.status, application.balance.returned) == (Status.CLOSED, MILLION)


def test_more_than_was_accounted_for_cannot_be_asked_back(browse, head):
    application = brought_to(Status.ACCOUNTED)

    answer = browse(head).post(
        f"/hibah/{application.pk}/pengembalian/",
        {"finding": "LHP 7", "amount": "9.000.000", "due_on": dates.long(dates.today()), "reason": "Tidak dibelikan."},
    )

    assert answer.status_code == 422
    assert granting.again(application).status == Status.ACCOUNTED


def test_a_waiver_is_given_once_and_only_for_what_is_overdue(browse, head):
    owing = granting.paid(brought_to(Status.DECREED), on=dates.today() - timedelta(days=91))
    clean = brought_to(Status.DISBURSED)
    browser, note = browse(head), {"note": "Sakit lama, nota menyusul."}

    for application in (owing, owing, clean):
        browser.post(f"/hibah/{application.pk}/pengecualian/", note)

    assert Waiver.objects.get().identity_id == owing.identity_id


def test_the_list_of_reports_says_why_it_is_empty(browse, officer):
    application = draft_of(applicant())

    assert "Belum ada SPJ" in browse(officer).get(f"/hibah/{application.pk}/spj/").content.decode()
