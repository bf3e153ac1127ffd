"""Uang diterima utuh? Asked by another, samples that nobody bends, and a case for every deduction."""

import pytest

from grants.models import Deduction, Disbursement, ReceiptCheck, ReceiptSample, SampledDisbursement
from grants.payments.asking import drawn
from ppks.kit import dates
from tests import granting
from tests.grants import crowd
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, TUBAN, member
from tests.test_figures import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
TODAY = dates.long(dates.today())
WHOLE = {"asked_on": TODAY, "received": "1.000.000"}
CUT = {"asked_on": TODAY, "received": "900.000", "deducted_by": "Calo", "said": "Diminta seratus ribu."}


@pytest.fixture(scope="module")
def six(world):
    """Payments of Bojonegoro."""
    call = granting.call(granting.allocation().line)
    people = crowd.enacted(crowd.drafted(crowd.nominated(call, 6, [BOJONEGORO])))
    return [crowd.paid(one) for one in people]


@pytest.fixture
def paid(six, db):
    return [Disbursement.objects.get(pk=one.pk) for one in six]


def ask(browser, payment: Disbursement, answer: dict):
    return browser.post(f"/hibah/terima/{payment.pk}/", answer)


def test_money_that_arrived_whole_opens_no_case(browse, province, paid):
    answers = [ask(browse(province), paid[0], WHOLE) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "Jawaban hari itu sudah Anda catat" in answers[1].content.decode()
    assert ReceiptCheck.objects.get().deducted == 0
    assert not Deduction.objects.exists()


def test_a_deduction_is_a_case_until_its_result_is_written(browse, province, pptk, paid):
    answer = ask(browse(province), paid[0], CUT)
    case = Deduction.objects.get()
    assert answer["Location"] == f"/hibah/potongan/{case.pk}/"
    assert case.answer.deducted == 100_000
    page = browse(pptk).get(f"/hibah/potongan/{case.pk}/").content.decode()
    assert "Diminta seratus ribu." in page
    assert f"/hibah/tahan/{paid[0].application_id}/" in page

    url = f"/hibah/potongan/{case.pk}/langkah/handle/"
    browse(pptk).post(url, {"note": ""})
    assert Deduction.objects.get().status == "open"
    for _ in range(2):
        browse(pptk).post(url, {"note": "Uangnya dikembalikan."})

    assert Deduction.objects.get().status == "handled"
    assert case.steps.count() == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (CUT | {"said": ""}, "Tulis apa yang terjadi dengan potongannya."),
        (WHOLE | {"received": "1.000.001"}, "tidak dapat melebihi yang disalurkan"),
        (WHOLE | {"asked_on": "1/1/2020"}, "pada atau sesudah penyaluran"),
        (WHOLE | {"asked_on": "1/1/2099"}, "tidak boleh sesudah hari ini"),
        (WHOLE | {"received": "-1"}, "tidak boleh negatif"),
    ],
)
def test_what_cannot_be_is_said(browse, province, paid, answer, sentence):
    page = ask(browse(province), paid[0], answer)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not ReceiptCheck.objects.exists()


def test_who_proposed_the_person_does_not_ask(browse, officer, paid):
    page = ask(browse(officer), paid[0], WHOLE)

    assert "Yang mengusulkan atau menyalurkan tidak boleh menanyakan penerimaannya." in page.content.decode()


def test_a_sample_is_stored_can_be_computed_again_and_is_not_drawn_twice(browse, province, paid):
    browser = browse(province)
    browser.post("/hibah/terima/sampel/", {"size": "3"})
    sample = ReceiptSample.objects.get()
    rows = list(sample.rows.values_list("disbursement", flat=True))

    assert rows == drawn([one.pk for one in paid], sample.seed, 3)
    assert (sample.population, len(rows)) == (6, 3)
    again = browser.post("/hibah/terima/sampel/", {"size": "3"})
    assert "Sampel sebelumnya belum selesai ditanya" in again.content.decode()

    for pk in rows:
        ask(browser, Disbursement.objects.get(pk=pk), WHOLE)
    too_many = browser.post("/hibah/terima/sampel/", {"size": "4"})
    assert "antara satu dan semua penyaluran" in too_many.content.decode()
    browser.post("/hibah/terima/sampel/", {"size": "3"})

    assert SampledDisbursement.objects.values("disbursement").distinct().count() == 6


def test_a_drawn_sample_cannot_be_taken_back_in_raw_sql(province, browse, paid):
    browse(province).post("/hibah/terima/sampel/", {"size": "2"})

    for statement in ("delete from grants_receiptsample", "delete from grants_sampleddisbursement"):
        with door(province, write=True), refused("permission denied"):
            sql(statement)
    with door(province, write=True), refused("permission denied"):
        sql("update grants_receiptsample set seed = 'x'")


@pytest.mark.long
@pytest.mark.parametrize("who", ["provinsi", "kadinsos.bojonegoro", "auditor"])
def test_shares_by_region_open_their_payments(browse, province, paid, who):
    other = granting.call(granting.allocation(region=TUBAN).line)
    (person,) = crowd.enacted(crowd.drafted(crowd.nominated(other, 1, [TUBAN])))
    crowd.paid(person)
    ask(browse(province), paid[0], CUT)
    ask(browse(province), paid[1], WHOLE)
    walk = Walk(browse(member(who)))

    for url in ("/hibah/terima/", "/hibah/potongan/", "/hibah/salur/"):
        walk.check(url)

    assert walk.wrong == []
    assert ("Tuban" in browse(member(who)).get("/hibah/terima/").content.decode()) == (who != "kadinsos.bojonegoro")


def test_an_auditor_reads_of_a_case_without_names_and_words(browse, province, auditor, paid):
    ask(browse(province), paid[0], CUT)

    page = browse(auditor).get(f"/hibah/potongan/{Deduction.objects.get().pk}/").content.decode()

    assert "Rp100.000" in page
    for word in ("Calon", "Calo<", "Diminta seratus ribu"):
        assert word not in page
