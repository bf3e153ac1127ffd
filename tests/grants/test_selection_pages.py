"""The pages of choosing: a visit with its photo, scores with reasons, a ranking as it was seen, a letter that says why not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.applications.models import ChainLink
from grants.applications.statuses import Status
from grants.models import Criterion, FlagResolution, Score, Verification
from grants.selection import ranking
from ppks.accounts.models import User
from ppks.documents.models import Paper
from ppks.kit import dates
from tests import granting
from tests.documents.scanned import pdf
from tests.factories import PastGrantFactory
from tests.granting import MILLION, again, brought_to
from tests.people import loaded

pytestmark = pytest.mark.django_db

VISIT = {
    "visited_on": "",
    "place": "Rumah di Dander",
    "met": "Yang bersangkutan",
    "is_same_person": "ya",
    "has_business": "ya",
    "can_use_it": "ya",
    "findings": "Mesin lama rusak, pesanan ada.",
    "recommended": "2.500.000",
}


@pytest.fixture
def call(db):
    return granting.call(granting.allocation(amount=7 * MILLION).line)


def visit(**changes) -> dict:
    photo = SimpleUploadedFile("foto.pdf", pdf(), content_type="application/pdf")
    return VISIT | {"visited_on": dates.long(dates.today()), "photo": photo, "step": "pass"} | changes


def test_a_visit_with_its_photo_verifies_in_one_go(browse, verifier, call):
    application = brought_to(Status.SUBMITTED, call)

    answer = browse(verifier).post(f"/hibah/{application.pk}/verifikasi/", visit())

    assert answer.url == f"/hibah/{application.pk}/"
    assert (again(application).status, again(application).recommended) == (Status.VERIFIED, 2_500_000)
    assert Verification.objects.get().findings == "Mesin lama rusak, pesanan ada."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"photo": ""}, "Berkas belum dipilih"),
        ({"recommended": "4.000.000"}, "tidak boleh melebihi yang diusulkan"),
        ({"visited_on": "1 Januari 2020"}, "lebih lama daripada usulannya"),
        ({"visited_on": "31/12/2099"}, "tidak boleh sesudah hari ini"),
        ({"findings": "ok"}, "dapat dipahami orang lain"),
        ({"has_business": "tidak"}, "usahanya tidak ada"),
    ],
)
def test_a_visit_that_does_not_do_says_why_and_stores_nothing(browse, verifier, call, changes, sentence):
    application = brought_to(Status.SUBMITTED, call)

    answer = browse(verifier).post(f"/hibah/{application.pk}/verifikasi/", visit(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Verification.objects.exists()
    assert again(application).status == Status.SUBMITTED


def test_a_flag_is_set_aside_on_the_page(browse, verifier, call):
    person = granting.applicant()
    PastGrantFactory(person=person)
    application = brought_to(Status.SUBMITTED, call, person=person)
    browser, page = browse(verifier), f"/hibah/{application.pk}/verifikasi/"
    key = f"daftar:{person.past_grants.get().pk}"

    refused = browser.post(page, visit())
    browser.post(f"/hibah/{application.pk}/tanda/{key}/", {"reason": "Bantuan 2009, alatnya sudah rusak."})
    again_sent = browser.post(f"/hibah/{application.pk}/tanda/{key}/", {"reason": "Dikirim dua kali, tetap satu."})

    assert "Tanda ganda belum diselesaikan" in refused.content.decode()
    assert again_sent.status_code == 302
    assert FlagResolution.objects.get().reason == "Bantuan 2009, alatnya sudah rusak."


def scores(value: int) -> dict[str, str]:
    return {
        f"{name}_{criterion.pk}": said
        for criterion in Criterion.objects.current()
        for name, said in (("value", str(value)), ("reason", "Sudah dilihat di tempat."))
    }


def test_scores_are_added_once_and_the_others_are_hidden_until_both_are_there(browse, verifier, province, call):
    application = brought_to(Status.SUBMITTED, call)
    application = granting.verified(application)
    first, second, page = browse(verifier), browse(province), f"/hibah/{application.pk}/nilai/"

    first.post(page, scores(4))
    first.post(page, scores(4))
    hidden = second.get(page).content.decode()
    second.post(page, scores(5))
    shown = second.get(page).content.decode()

    assert Score.objects.count() == 2 * Criterion.objects.current().count()
    assert "Nilai penilai lain</h2>" not in hidden
    assert "Nilai penilai lain</h2>" in shown


def _ranked(browse, pptk, call):
    """Three applications, ranked by the page; the last one waits."""
    made = []
    for value in (5, 4, 3):
        application = granting.verified(granting.submitted(granting.drafted(call)))
        made.append(granting.scored(application, value, value))
    allocation = made[0].allocation
    seen = ranking.fingerprint(ranking.order(allocation))
    return made, browse(pptk).post(f"/hibah/seleksi/{made[0].year}/{allocation.pk}/", {"seen": seen})


def test_the_page_freezes_what_it_showed(browse, pptk, call):
    made, answer = _ranked(browse, pptk, call)

    assert answer.status_code == 302
    assert [again(one).status for one in made] == [Status.NOMINATED, Status.NOMINATED, Status.WAITLISTED]


@pytest.mark.long
def test_pages_of_choosing_ask_the_same_for_few_and_many(browse, pptk, call):
    made, _ = _ranked(browse, pptk, call)
    allocation, browser = made[0].allocation, browse(pptk)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/hibah/seleksi/{made[0].year}/{allocation.pk}/").status_code == 200
        return len(asked)

    few = questions()
    for _ in range(4):
        granting.scored(granting.verified(granting.submitted(granting.drafted(call))), 3, 3)

    assert questions() == few


def test_everybody_not_chosen_gets_a_reason_on_paper(browse, pptk, verifier, call):
    made, _ = _ranked(browse, pptk, call)
    refused = brought_to(Status.SUBMITTED, call)
    browse(verifier).post(f"/hibah/{refused.pk}/tolak/", {"code": "no_business", "note": "Usahanya tidak ditemukan."})

    for one in (made[2], refused):
        paper = browse(pptk).get(f"/hibah/{one.pk}/alasan/")
        assert b"".join(paper.streaming_content)[:5] == b"%PDF-"
    browse(pptk).post(f"/hibah/{refused.pk}/alasan/terbit/")

    assert Paper.objects.get(kind="rejection_letter").subjects == [refused.identity_id]
    assert browse(pptk).get(f"/hibah/{made[0].pk}/alasan/").status_code == 404


def test_whoever_proposed_does_not_verify_even_after_a_change_of_office(browse, call):
    application = brought_to(Status.SUBMITTED, call)
    proposer = ChainLink.objects.get(application=application, link="submit").actor
    proposer.postings.all().delete()
    User.objects.filter(pk=proposer.pk).update(role="verifier")

    answer = browse(loaded(proposer)).post(f"/hibah/{application.pk}/verifikasi/", visit())

    assert answer.status_code == 422
    assert "Yang mengajukan usulan tidak boleh memverifikasi atau menilainya." in answer.content.decode()
    assert not Verification.objects.exists()
    assert again(application).status == Status.SUBMITTED
