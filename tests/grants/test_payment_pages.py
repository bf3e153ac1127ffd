"""Payments by their pages: one SP2D for many once or not at all, accounts, transfers that came back, holds."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.applications.statuses import Status
from grants.budget import verifying
from grants.models import Account, Disbursement, Entry, Hold, OrderProof, PaymentOrder
from ppks.documents.models import Batch
from ppks.kit import dates
from ppks.kit.sealed import Sealed
from tests import granting
from tests.crawling import rows_of_csv
from tests.documents.scanned import pdf
from tests.granting import MILLION, again, brought_to
from tests.office import door
from tests.people import member
from tests.test_figures import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
TODAY = dates.long(dates.today())
URL = "/hibah/salur/catat/"


def ready(application, *, holder: str = "", letter: str = ""):
    """With every paper and an account."""
    granting.documented(application, "payment")
    by = member("bendahara")
    with door(by, write=True):
        Account.objects.create(
            application=application,
            bank="Bank Jatim",
            number=Sealed("0012345678"),
            holder=holder or application.person.name,
            guardian_letter=letter,
            by=by,
        )
    return application


@pytest.fixture(scope="module")
def call(world):
    return granting.call(granting.allocation().line)


@pytest.fixture(scope="module")
def two(call):
    return [ready(brought_to(Status.DECREED, call)) for _ in range(2)]


@pytest.fixture
def pair(two, db):
    return [granting.again(one) for one in two]


def sent(*applications, number: str = "00123/SP2D", amount: int = 3 * MILLION, tranche: int = 1) -> dict:
    shown = {f"tahap{one.pk}": f"{tranche}:{amount}" for one in applications}
    return {"number": number, "issued_on": TODAY, "usulan": [one.pk for one in applications]} | shown


def test_one_order_pays_many_once_however_often_it_is_sent(browse, treasurer, pair):
    browser = browse(treasurer)
    assert "0012" in browser.get(URL).content.decode()
    check = browser.post(
        URL, {"number": "00123/SP2D", "issued_on": TODAY, "usulan": [one.pk for one in pair], "step": "check"}
    )
    assert "2 penerima, jumlah <b>Rp6.000.000" in check.content.decode()
    assert not PaymentOrder.objects.exists()
    hidden = re.findall(r'name="(tahap\d+)" value="([\d:]+)"', check.content.decode())
    assert dict(hidden) == {f"tahap{one.pk}": "1:3000000" for one in pair}

    answers = [browser.post(URL, sent(*pair)) for _ in range(2)]

    order = PaymentOrder.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/hibah/salur/sp2d/{order.pk}/"] * 2
    assert order.disbursements.count() == 2
    assert [again(one).status for one in pair] == [Status.DISBURSED] * 2
    assert list(verifying.differences()) == []


def test_the_same_number_for_other_people_is_refused(browse, treasurer, pair):
    browser = browse(treasurer)
    browser.post(URL, sent(pair[0]))

    answer = browser.post(URL, sent(pair[1]))

    assert "Nomor SP2D ini sudah dicatat pada tahun yang sama." in answer.content.decode()
    assert Disbursement.objects.count() == 1


def test_all_transfers_or_none(browse, treasurer, call, pair):
    stuck = brought_to(Status.DECREED, call)

    answer = browse(treasurer).post(URL, sent(*pair, stuck))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{stuck}: Rekening belum dicatat." in page
    assert f"{stuck}: Pakta integritas belum diunggah." in page
    assert not PaymentOrder.objects.exists()


@pytest.mark.parametrize(
    ("bend", "sentence"),
    [
        ({"usulan": [999_999]}, "Belum ada penerima yang dipilih"),
        ({"usulan": []}, "Belum ada penerima yang dipilih"),
        ({"number": " "}, "Bidang ini"),
        ({"issued_on": "1/1/2099"}, "Tanggal tidak boleh sesudah hari ini."),
        ({"number": "1\x00"}, "null"),
    ],
)
def test_a_bent_form_pays_nobody(browse, treasurer, pair, bend, sentence):
    answer = browse(treasurer).post(URL, sent(pair[0]) | bend)

    assert answer.status_code == 422
    assert sentence.lower() in answer.content.decode().lower()
    assert not PaymentOrder.objects.exists()


def test_an_amount_that_was_not_the_one_seen_is_refused(browse, treasurer, pair):
    answer = browse(treasurer).post(URL, sent(pair[0], amount=2 * MILLION))

    assert f"{pair[0]}: nilainya berubah. Periksa sekali lagi." in answer.content.decode()
    assert not Entry.objects.filter(kind="disburse").exists()


def test_an_account_of_somebody_else_needs_a_guardians_letter(browse, treasurer, call):
    application = granting.documented(brought_to(Status.DECREED, call), "payment")
    url, browser = f"/hibah/salur/rekening/{application.pk}/", browse(treasurer)
    typed = {"bank": "Bank Jatim", "number": "001-234-5678", "holder": "Pak Lurah"}

    refused = browser.post(url, typed)
    assert "memerlukan surat kuasa wali" in refused.content.decode()
    assert not Account.objects.filter(application=application).exists()
    for _ in range(2):
        browser.post(url, typed | {"guardian_letter": "SK wali 12/2026"})

    assert Account.objects.get(application=application).number == Sealed("0012345678")
    assert "Belum dapat dibayar" not in browser.get(URL).content.decode()


def test_a_transfer_that_came_back_is_undone_once_and_paid_again(browse, treasurer, pair):
    browser = browse(treasurer)
    browser.post(URL, sent(pair[0]))
    url = f"/hibah/salur/{Disbursement.objects.get().pk}/gagal/"
    for _ in range(2):
        browser.post(url, {"bounced_on": TODAY, "reason": "Rekening tutup"})

    assert Entry.objects.filter(kind="reverse").count() == 1
    assert again(pair[0]).status == Status.DECREED
    browser.post(URL, sent(pair[0], number="00124/SP2D"))
    assert again(pair[0]).status == Status.DISBURSED


def test_money_on_hold_is_not_paid_and_says_why(browse, pptk, treasurer, pair):
    url, browser = f"/hibah/tahan/{pair[0].pk}/", browse(pptk)
    for _ in range(2):
        browser.post(url, {"reason": "Aduan warga"})
    hold = Hold.objects.get()

    page = browse(treasurer).post(URL, sent(*pair)).content.decode()
    assert f"{pair[0]}: Ditahan: Aduan warga" in page
    assert not Disbursement.objects.exists()
    for _ in range(2):
        browser.post(f"/hibah/tahan/lepas/{hold.pk}/", {"reason": "Tidak terbukti"})
    browse(treasurer).post(URL, sent(*pair))

    assert Disbursement.objects.count() == 2
    assert Hold.objects.get().lift_reason == "Tidak terbukti"


def test_goods_are_handed_over_against_signed_minutes(browse, treasurer):
    programme = granting.programme()
    programme.form = "goods"
    programme.save()
    line = granting.line(programme)
    application = brought_to(Status.DECREED, granting.call(granting.allocation(line).line))
    granting.documented(application, "payment")
    url, browser = f"/hibah/salur/barang/{application.pk}/", browse(treasurer)
    typed = {"minutes_number": "BAST/1", "goods": "1 buah mesin jahit", "paid_on": TODAY, "tahap": "1"}

    assert browser.post(url, typed).status_code == 422
    answers = [
        browser.post(
            url, typed | {"photo": SimpleUploadedFile("a.pdf", pdf(b"1")), "signed": SimpleUploadedFile("b.pdf", pdf())}
        )
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 422]
    paid = Disbursement.objects.get()
    assert (paid.form, paid.amount, paid.minutes_number) == ("goods", 3 * MILLION, "BAST/1")


def test_papers_of_one_payment_and_of_a_whole_order(browse, treasurer, pair):
    browser = browse(treasurer)
    browser.post(URL, sent(*pair))
    order = PaymentOrder.objects.get()

    for kind in ("bast", "kwitansi", "sptjm", "pakta"):
        paper = browser.get(f"/hibah/salur/{order.disbursements.first().pk}/surat/{kind}/")
        assert paper.getvalue().startswith(b"%PDF")
    assert browser.get(f"/hibah/salur/{order.disbursements.first().pk}/surat/lain/").status_code == 404
    for _ in range(2):
        browser.post(f"/hibah/salur/sp2d/{order.pk}/cetak/bast/")

    assert Batch.objects.get().count == 2


def test_proof_of_the_bank_is_kept_with_the_order(browse, treasurer, pair):
    browser = browse(treasurer)
    browser.post(URL, sent(*pair))
    order = PaymentOrder.objects.get()

    browser.post(f"/hibah/salur/sp2d/{order.pk}/bukti/", {"proof": SimpleUploadedFile("bukti.pdf", pdf())})

    proof = OrderProof.objects.get()
    assert sorted(proof.attachment.subjects) == sorted(one.identity_id for one in pair)


@pytest.mark.long
@pytest.mark.parametrize("who", ["provinsi", "bendahara", "bojonegoro", "auditor"])
def test_numbers_of_payments_open_their_rows(browse, treasurer, pair, who):
    browse(treasurer).post(URL, sent(*pair))
    walk = Walk(browse(member(who)))

    for url in (
        "/hibah/salur/",
        "/hibah/salur/sp2d/",
        f"/hibah/salur/sp2d/{PaymentOrder.objects.get().pk}/",
        "/hibah/terima/",
    ):
        walk.check(url)
    walk.check_files("csv", rows_of_csv)

    assert walk.wrong == []
