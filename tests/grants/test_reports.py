"""The account of a tranche as its officer writes it: receipts that count once, money returned, and who may approve."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.accountability.models import Report
from grants.accountability.workflow import Status as ReportStatus
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.models import BudgetItem, FundReturn, Purchase
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests import granting
from tests.documents.scanned import pdf, stream
from tests.granting import MILLION, brought_to, documented
from tests.grants import crowd
from tests.office import door, refused
from tests.people import TUBAN, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
AMOUNT = 3 * MILLION


@pytest.fixture(scope="module")
def first_report(world) -> int:
    return brought_to(Status.DISBURSED).reports.get().pk


@pytest.fixture
def report(first_report, db):
    return Report.objects.get(pk=first_report)


def text(answer) -> str:
    return answer.content.decode()


def url_of(report) -> str:
    return f"/hibah/{report.application_id}/spj/{report.pk}/"


def photo(content: bytes = b"1"):
    return SimpleUploadedFile("nota.pdf", pdf(stream(content)), "application/pdf")


def receipt(report, content: bytes = b"1", **changes):
    usual = {
        "item": report.application.items.first().pk,
        "description": "Mesin jahit",
        "seller": "Toko Maju",
        "receipt_number": "A-17",
        "bought_on": dates.long(dates.today()),
        "amount": "3.000.000",
        "file": photo(content),
    }
    return usual | changes


def add(browse, officer, report, content: bytes = b"1", **changes):
    return browse(officer).post(f"{url_of(report)}nota/", receipt(report, content, **changes))


def test_an_officer_accounts_for_every_rupiah_and_sends(browse, officer, report):
    added = add(browse, officer, report)
    documented(report.application, "report")
    page = text(browse(officer).get(url_of(report)))
    sent = browse(officer).post(f"{url_of(report)}langkah/submit/")

    report.refresh_from_db()
    assert (added.status_code, sent.status_code) == (302, 302)
    assert "Semua uang sudah jelas" in page
    assert report.status == ReportStatus.SUBMITTED
    assert report.purchases.get().attachment is not None


def test_what_is_unexplained_and_missing_is_said_before_it_can_be_sent(browse, officer, report):
    add(browse, officer, report, amount="1.000.000")

    page = text(browse(officer).get(url_of(report)))
    browse(officer).post(f"{url_of(report)}langkah/submit/")

    report.refresh_from_db()
    assert "Masih ada Rp2.000.000 tanpa nota" in page
    assert "Dokumen SPJ belum ada: Foto barang yang dibeli." in page
    assert report.status == ReportStatus.DRAFT


def test_a_receipt_sent_twice_is_stored_once(browse, officer, report):
    first, second = add(browse, officer, report), add(browse, officer, report)

    assert (first.status_code, second.status_code) == (302, 422)
    assert Purchase.objects.filter(report=report).count() == 1


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        (b"2", {"seller": "TOKO  maju.", "receipt_number": "a17"}),
        (b"1", {"seller": "Toko Lain", "receipt_number": "B-1"}),
    ],
)
def test_a_receipt_of_another_kab_kota_is_known_again_and_only_its_region_is_told(
    browse, officer, report, content, changes
):
    add(browse, officer, report)
    other = report_of_tuban()

    answer = add(browse, member("tuban"), other, content, **changes)

    assert answer.status_code == 422
    assert ("Foto nota ini" if content == b"1" else "Nota dengan nomor, toko, dan tanggal ini") in text(answer)
    assert str(report.region) in text(answer)
    assert report.application.number not in text(answer)
    assert Purchase.objects.filter(report=other).count() == 0


def report_of_tuban():
    opened = granting.call(granting.allocation(region=TUBAN).line)
    (granted,) = crowd.enacted(crowd.drafted(crowd.nominated(opened, 1, [TUBAN])))
    return crowd.paid(granted).report


def report_over_two_lines(officer):
    """Of somebody whose plan names a machine and cloth."""
    application = granting.drafted(granting.call(granting.allocation().line), amount=2 * MILLION)
    with door(officer, write=True):
        BudgetItem.objects.create(application=application, description="Kain", quantity=1, unit="rol", price=MILLION)
        Application.objects.filter(pk=application.pk).update(requested=AMOUNT)
    application = granting.again(application)
    for step in granting.WAY[: granting.STATIONS[Status.DISBURSED]]:
        application = step(application)
    return application.reports.get()


def test_the_database_refuses_a_used_receipt_by_itself(browse, officer, report):
    add(browse, officer, report)
    other = brought_to(Status.DISBURSED).reports.get()
    with refused("Nota dengan nomor, toko, dan tanggal ini sudah dipakai"):
        Purchase.objects.create(
            report=other,
            item=other.application.items.get(),
            description="Lain",
            seller="toko maju",
            receipt_number="A17",
            bought_on=dates.today(),
            amount=5,
            by=officer,
        )


def test_one_receipt_may_cover_two_lines_of_the_budget_and_not_one_line_twice(browse, officer):
    report = report_over_two_lines(officer)
    first, second = report.application.items.order_by("pk")

    answers = [add(browse, officer, report, item=item.pk).status_code for item in (first, second, second)]

    assert answers == [302, 302, 422]


def test_a_receipt_without_number_that_looks_the_same_asks_to_be_looked_at(browse, officer, report):
    add(browse, officer, report, receipt_number="")
    other = brought_to(Status.DISBURSED).reports.get()

    asked = add(browse, officer, other, b"2", receipt_number="")
    taken = add(browse, officer, other, b"2", receipt_number="", is_another="on")

    assert asked.status_code == 422
    assert "sudah ada nota tanpa nomor dari toko ini" in text(asked)
    assert taken.status_code == 302


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "Tanggal nota tidak boleh sesudah hari ini."), (-1, "Tanggal nota tidak boleh sebelum uang diterima")],
)
def test_a_receipt_is_of_a_day_since_the_payment(browse, officer, report, days, said):
    answer = add(browse, officer, report, bought_on=dates.long(dates.today() + timedelta(days)))

    assert answer.status_code == 422
    assert said in text(answer)


@pytest.mark.parametrize(
    "changes",
    [
        {"seller": "Toko\x00"},
        {"seller": "x" * 5_000},
        {"amount": "0"},
        {"amount": "9" * 30},
        {"bought_on": "31/02/2026"},
        {"item": "999999"},
    ],
)
def test_nonsense_gets_a_sentence_and_stores_nothing(browse, officer, report, changes):
    answer = add(browse, officer, report, **changes)

    assert answer.status_code == 422
    assert Purchase.objects.count() == 0


def test_the_line_of_another_application_is_not_to_be_had(browse, officer, report):
    foreign = brought_to(Status.DISBURSED).items.get()

    answer = add(browse, officer, report, item=foreign.pk)

    assert answer.status_code == 422
    assert "Pilih pos RAB dari usulan ini." in text(answer)


def test_a_receipt_is_changed_and_removed_until_the_report_is_sent(browse, officer, report):
    add(browse, officer, report, amount="2.000.000")
    bought, browser = report.purchases.get(), browse(officer)

    changed = browser.post(f"{url_of(report)}nota/{bought.pk}/", receipt(report, b"1", amount="3.000.000"))
    bought.refresh_from_db()
    removed = browser.post(f"{url_of(report)}nota/{bought.pk}/hapus/")

    assert (changed.status_code, removed.status_code) == (302, 302)
    assert bought.amount == AMOUNT
    assert Purchase.objects.count() == 0


def test_what_was_sent_changes_no_more_until_it_is_sent_back(browse, officer, report):
    add(browse, officer, report)
    documented(report.application, "report")
    browser, bought = browse(officer), report.purchases.get()
    browser.post(f"{url_of(report)}langkah/submit/")

    added = browser.post(f"{url_of(report)}nota/", receipt(report, b"9", receipt_number="Z"), follow=True)
    removed = browser.post(f"{url_of(report)}nota/{bought.pk}/hapus/", follow=True)
    browse(member("pptk")).post(f"{url_of(report)}langkah/return/", {"note": "Foto buram."})
    afterwards = browser.get(url_of(report))

    said = "SPJ ini sudah dilaporkan. Minta dikembalikan dulu untuk mengubah isinya."
    assert said in text(added)
    assert said in text(removed)
    assert Purchase.objects.get() == bought
    assert "Foto buram." in text(afterwards)
    assert "Tambah nota" in text(afterwards)


def test_each_step_is_told_to_whoever_is_next(browse, officer, regional_head, pptk, report):
    add(browse, officer, report)
    documented(report.application, "report")
    browse(officer).post(f"{url_of(report)}langkah/submit/")
    browse(pptk).post(f"{url_of(report)}langkah/return/", {"note": "Foto buram."})

    told = Notice.objects.filter(key__startswith=f"spj-langkah:{report.pk}:").order_by("key", "user__username")
    number = f"SPJ tahap 1 {report.application}"
    assert [(one.user.username, one.text) for one in told] == [
        ("pptk", f"{number} menunggu diperiksa."),
        ("bojonegoro", f"{number} dikembalikan untuk diperbaiki. Alasannya ada di halamannya."),
        ("kadinsos.bojonegoro", f"{number} dikembalikan untuk diperbaiki. Alasannya ada di halamannya."),
    ]


def test_what_was_not_spent_goes_back_with_a_slip_that_can_be_taken_out(browse, officer, report):
    browser = browse(officer)
    slip = {"amount": "500.000", "slip_number": "STS-1", "paid_on": dates.long(dates.today())}

    first = browser.post(f"{url_of(report)}setoran/", slip)
    second = browser.post(f"{url_of(report)}setoran/", slip)
    paid = FundReturn.objects.get(report=report)
    browser.post(f"{url_of(report)}setoran/{paid.pk}/hapus/")

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Nomor setoran ini sudah dicatat." in text(second)
    assert FundReturn.objects.count() == 0


def test_the_pptk_approves_and_the_application_is_accounted_for(browse, officer, report):
    add(browse, officer, report)
    documented(report.application, "report")
    browse(officer).post(f"{url_of(report)}langkah/submit/")

    browse(member("pptk")).post(f"{url_of(report)}langkah/approve/")
    again = browse(member("pptk")).post(f"{url_of(report)}langkah/approve/", follow=True)

    application = granting.again(report.application)
    assert (application.status, application.balance.accounted) == (Status.ACCOUNTED, AMOUNT)
    assert "tidak terbuka dari keadaan" in text(again)


def test_an_auditor_sees_amounts_and_neither_seller_nor_name(browse, officer, report):
    add(browse, officer, report)

    page = text(browse(member("auditor")).get(url_of(report)))

    assert "Rp3.000.000" in page
    assert "Toko Maju" not in page
    assert report.application.person.name not in page


def test_the_paper_says_what_the_page_says(browse, officer, report):
    add(browse, officer, report)

    answer = browse(officer).get(f"{url_of(report)}ringkasan.pdf")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_a_report_of_another_application_is_not_found(browse, officer, report):
    other = brought_to(Status.DISBURSED)

    assert browse(officer).get(f"/hibah/{other.pk}/spj/{report.pk}/").status_code == 404


def test_how_late_a_report_is_stands_in_the_list_until_it_is_sent(browse, officer, report):
    due_on = dates.today() - timedelta(days=30)
    Report.objects.filter(pk=report.pk).update(due_on=due_on)
    pages = [text(browse(officer).get(url)) for url in (f"/hibah/{report.application_id}/spj/", url_of(report))]

    assert ["Lewat 30 hari" in pages[0], "lewat 30 hari" in pages[1]] == [True, True]
    assert [Report(status=status, due_on=due_on).days_late for status in ("draft", "returned", "submitted", "approved")] == [
        30, 30, 0, 0,
    ]  # fmt: skip
