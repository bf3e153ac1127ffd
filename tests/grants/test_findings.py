"""The board of findings: each number opens its rows, empty is said to be good, and an auditor reads it masked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Person
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.findings.lists import counted
from grants.models import Account, ApplicationDocument, Purchase, ReceiptCheck
from ppks.kit import dates
from tests import granting
from tests.crawling import Page, rows_of_csv
from tests.granting import allocation, brought_to, call, reported
from tests.office import door, sql
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


def numbers(days: int = 0) -> dict[str, int]:
    """Of each finding that is not empty, so many days from now."""
    user, day = member("auditor"), dates.today() + timedelta(days=days)
    with door(user):
        return {finding.code: count for finding, count in counted(user, day) if count}


def known(status: Status):
    """Brought there for somebody who has a NIK."""
    return brought_to(status, person=granting.applicant(nik=f"35220155087{next(granting.numbers):05}"))


def test_a_clean_year_has_no_finding_and_says_that_this_is_good(browse):
    known(Status.ACCOUNTED)

    page = browse(member("auditor")).get("/temuan/").content.decode()

    assert numbers() == {}
    assert "Tidak ada temuan hari ini" in page
    assert "Tidak ada pembayaran di luar SK." in page


def test_what_is_late_and_never_begun_is_found(browse):
    granting.paid(known(Status.DECREED), on=dates.today() - timedelta(days=91))

    assert numbers() == {"tanpa-spj": 1, "spj-lewat": 1}


def test_a_report_that_was_sent_is_the_provinces_turn_and_soon_a_finding():
    reported(granting.paid(known(Status.DECREED), on=dates.today() - timedelta(days=91)))

    assert numbers() == {}
    assert numbers(14) == {}
    assert numbers(15) == {"belum-diperiksa": 1}


@pytest.mark.parametrize("code", ["tanpa-pakta", "luar-sk", "nik", "potongan", "nota-ganda", "rekening"])
def test_each_finding_finds_its_own_and_nothing_else(code):
    application = known(Status.ACCOUNTED)
    paid = application.disbursements.get()
    match code:
        case "tanpa-pakta":
            ApplicationDocument.objects.filter(application=application, type__code="INTEGRITY_PACT").delete()
        case "luar-sk":
            sql("alter table grants_decreeline disable trigger user")
            sql("delete from grants_decreeline where application_id = %s", application.pk)
        case "nik":
            Person.objects.filter(pk=application.person_id).update(
                nik=None, nik_index=None, nik_status=Person.NikStatus.NONE
            )
        case "potongan":
            ReceiptCheck.objects.create(
                disbursement=paid,
                asked_on=dates.today(),
                received=1,
                deducted=5,
                deducted_by="Calo",
                said="Diminta.",
                by=granting.system(),
            )
        case "nota-ganda":
            twin = known(Status.DISBURSED)
            first = Purchase.objects.get()
            copy = {name: getattr(first, name) for name in ("description", "seller", "bought_on", "amount")}
            Purchase.objects.create(report=twin.reports.get(), item=twin.items.get(), by=granting.system(), **copy)
        case "rekening":
            Account.objects.update(holder="Orang Lain")

    assert numbers() == {code: 2 if code == "nota-ganda" else 1}


def test_every_number_opens_exactly_its_rows_and_files(browse):
    granting.paid(brought_to(Status.DECREED), on=dates.today() - timedelta(days=91))
    browser = browse(member("auditor"))

    figures = Page(browser.get("/temuan/").content.decode()).figures

    assert len(figures) >= 3
    for figure in figures:
        opened = Page(browser.get(figure.url).content.decode())
        assert opened.total == figure.figure, figure.url
        assert rows_of_csv(browser.get(opened.files("csv")[0])) == figure.figure


def test_an_auditor_reads_initials(browse):
    application = brought_to(Status.DISBURSED)

    page = browse(member("auditor")).get("/temuan/daftar/?temuan=nik").content.decode()

    assert application.number in page
    assert application.person.name not in page


@pytest.mark.long
def test_fifty_applications_ask_as_many_queries_as_one(browse):
    opened, browser = call(allocation().line), browse(member("pptk"))
    people = [granting.applicant() for _ in range(50)]

    def asked(some) -> list[int]:
        for person in some:
            Application.objects.create(person=person, call=opened, by=granting.system())
        found = []
        for url in ("/temuan/", "/temuan/daftar/"):
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            found.append(len(queries))
        return found

    assert asked(people[:1]) == asked(people[1:])
