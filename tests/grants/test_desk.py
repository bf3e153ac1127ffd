"""The application desk as people use it: proposing, filling in, sending, and what each page says when it cannot."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.applications.models import Application, ApplicationStep, CoverLetter, EligibilityCheck
from grants.applications.plan import BudgetItem, BusinessPlan
from grants.applications.rab import mark_of, stored
from grants.applications.statuses import Status
from grants.models import ApplicationDocument, DocumentType
from ppks.kit import dates
from tests import granting
from tests.documents.scanned import pdf, stream
from tests.factories import moved
from tests.granting import MILLION, again, allocation, applicant, brought_to, call, draft_of, drafted
from tests.people import TUBAN, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

ROW = {"description_1": "Mesin jahit", "quantity_1": "1", "unit_1": "buah", "price_1": "2.500.000"}
PLAN = {"trade": "Menjahit", "product": "Baju anak", "market": "Pasar desa"}


@pytest.fixture
def opened(db):
    """A call that is open, with an allocation of Bojonegoro."""
    return call(allocation().line)


@pytest.fixture
def draft(opened):
    return drafted(opened)


def text(answer) -> str:
    return answer.content.decode()


def items_of(application, **changes) -> dict[str, str]:
    return {"mark": mark_of(stored(application)), **ROW, **changes}


def test_a_person_is_proposed_once_however_often_the_button_is_pressed(browse, officer, opened):
    person, browser = applicant(), browse(officer)
    url = f"/klien/{person.pk}/hibah/usulkan/"

    first = browser.post(url, {"call": opened.pk})
    second = browser.post(url, {"call": opened.pk})

    made = Application.objects.get(person=person)
    assert (first.url, second.url) == (f"/hibah/{made.pk}/", f"/hibah/{made.pk}/")
    assert made.status == Status.DRAFT


def test_a_second_grant_in_the_year_is_refused_with_its_sentence(browse, officer, draft):
    other = call(granting.line())

    answer = browse(officer).post(f"/klien/{draft.person_id}/hibah/usulkan/", {"call": other.pk})

    assert answer.status_code == 422
    assert "sudah punya usulan atau hibah lain pada tahun anggaran yang sama" in text(answer)


def test_what_stands_against_somebody_is_said_before_anything_is_written(browse, officer, opened, ngatini):
    page = text(browse(officer).get(f"/klien/{ngatini.pk}/hibah/usulkan/"))

    assert "Belum ada persetujuan orang ini untuk diusulkan" in page


def test_without_an_open_call_the_page_says_so(browse, officer, ngatini):
    page = text(browse(officer).get(f"/klien/{ngatini.pk}/hibah/usulkan/"))

    assert "Tidak ada pembukaan yang terbuka hari ini" in page


def test_an_officer_fills_in_answers_plan_and_budget(browse, officer, opened):
    application = draft_of(applicant())
    browser, url = browse(officer), f"/hibah/{application.pk}/"

    browser.post(f"{url}syarat/", {"is_civil_servant": "tidak"})
    browser.post(f"{url}rencana/", PLAN | {"target_turnover": "Rp 1.500.000"})
    answer = browser.post(f"{url}rab/", items_of(application))

    application = again(application)
    assert answer.status_code == 302
    assert application.is_civil_servant is False
    assert BusinessPlan.objects.get(application=application).target_turnover == 1_500_000
    assert (application.planned, application.requested) == (2_500_000, 2_500_000)


def test_the_same_budget_sent_twice_is_stored_once(browse, officer):
    application = draft_of(applicant())
    sent, browser = items_of(application), browse(officer)

    browser.post(f"/hibah/{application.pk}/rab/", sent)
    second = browser.post(f"/hibah/{application.pk}/rab/", sent)

    assert second.status_code == 302
    assert BudgetItem.objects.filter(application=application).count() == 1


def test_a_stale_budget_page_changes_nothing_and_keeps_what_was_typed(browse, officer, draft):
    old = items_of(draft, description_1="Bahan kain")
    browser, url = browse(officer), f"/hibah/{draft.pk}/rab/"
    browser.post(url, items_of(draft, price_1="1.000.000"))

    answer = browser.post(url, old)

    assert answer.status_code == 422
    assert "sudah diubah sejak halaman dibuka" in text(answer)
    assert "Bahan kain" in text(answer)
    assert BudgetItem.objects.get(application=draft).price == MILLION


def test_a_budget_above_the_maximum_is_refused_before_it_is_stored(browse, officer, draft):
    answer = browse(officer).post(f"/hibah/{draft.pk}/rab/", items_of(draft, price_1="3.000.001"))

    assert answer.status_code == 422
    assert "melebihi batas program, Rp3.000.000" in text(answer)
    assert again(draft).requested == 3 * MILLION


def test_counting_and_more_rows_store_nothing(browse, officer, draft):
    browser, url = browse(officer), f"/hibah/{draft.pk}/rab/"

    counted = browser.post(url, items_of(draft, price_1="700.000", step="count"))
    more = browser.post(url, items_of(draft, price_1="700.000", step="more"))

    assert "Rp700.000" in text(counted)
    assert 'name="unit_7"' in text(more)
    assert again(draft).planned == 3 * MILLION


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description_1", "Mesin\x00"),
        ("quantity_1", "0"),
        ("quantity_1", "banyak"),
        ("price_1", "gratis"),
        ("unit_1", ""),
    ],
)
def test_nonsense_in_a_budget_row_is_refused_in_words(browse, officer, draft, field, value):
    answer = browse(officer).post(f"/hibah/{draft.pk}/rab/", items_of(draft, **{field: value}))

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in text(answer)


def test_after_submission_the_content_is_told_to_be_closed(browse, officer):
    application = brought_to(Status.SUBMITTED)

    answer = browse(officer).post(f"/hibah/{application.pk}/rencana/", PLAN, follow=True)

    assert "Usulan ini sudah diajukan. Minta dikembalikan dulu untuk mengubah isinya." in text(answer)


def upload(kind: str, content: bytes, **more: str) -> dict:
    known = DocumentType.objects.get(code=kind)
    return {"type": known.pk, "file": SimpleUploadedFile("ktp.pdf", content, "application/pdf"), **more}


def test_a_paper_is_kept_once_and_replaced_by_a_newer_one(browse, officer):
    application = draft_of(applicant())
    browser, url = browse(officer), f"/hibah/{application.pk}/dokumen/"

    for content in (pdf(), pdf(), pdf(stream(b"lain"))):
        assert browser.post(url, upload("IDENTITY_CARD", content)).status_code == 302

    rows = ApplicationDocument.objects.filter(application=application)
    assert rows.count() == 2
    assert rows.current().get() == rows.first()
    assert "Yang diganti" in text(browser.get(url))


def test_papers_come_from_whoever_holds_the_stage(browse, officer, verifier, draft):
    sent = upload("VISIT_PHOTO", pdf())

    early = browse(officer).post(f"/hibah/{draft.pk}/dokumen/", sent)
    not_his = browse(verifier).post(f"/hibah/{draft.pk}/dokumen/", upload("IDENTITY_CARD", pdf()))

    assert (early.status_code, not_his.status_code) == (422, 403)


def letter(*applications, **changes) -> dict:
    return {
        "number": "460/812/2026",
        "dated_on": dates.long(dates.today()),
        "applications": [str(one.pk) for one in applications],
        "step": "store",
        **changes,
    }


def test_several_drafts_go_with_one_letter_and_twice_changes_nothing(browse, regional_head, opened):
    drafts = [drafted(opened) for _ in range(2)]
    browser = browse(regional_head)

    checked = browser.post("/hibah/ajukan/", letter(*drafts, step="check"))
    sent = browser.post("/hibah/ajukan/", letter(*drafts))
    again_sent = browser.post("/hibah/ajukan/", letter(*drafts))

    assert "2 usulan, Rp6.000.000" in text(checked)
    assert (sent.status_code, again_sent.status_code) == (302, 422)
    assert {again(one).status for one in drafts} == {Status.SUBMITTED}
    assert CoverLetter.objects.get().steps.count() == 2
    assert EligibilityCheck.objects.count() == 2


def test_one_that_cannot_go_keeps_all_back(browse, regional_head, opened):
    whole, gone = drafted(opened), drafted(opened)
    moved(gone.person, "lose_contact")

    answer = browse(regional_head).post("/hibah/ajukan/", letter(whole, gone))

    assert answer.status_code == 422
    assert f"{gone.person}: Hanya eks klien yang dapat diusulkan" in text(answer)
    assert {again(one).status for one in (whole, gone)} == {Status.DRAFT}
    assert not CoverLetter.objects.exists()


def test_a_paper_that_became_compulsory_keeps_a_draft_back(browse, regional_head, draft):
    DocumentType.objects.filter(code="POVERTY_LETTER").update(is_required=True)

    answer = browse(regional_head).post(f"/hibah/{draft.pk}/ajukan/", letter(draft))

    assert answer.status_code == 422
    assert "SKTM atau cetakan desil belum diunggah." in text(answer)


def test_a_letter_number_names_one_day(browse, regional_head, opened):
    first, second = drafted(opened), drafted(opened)
    browser = browse(regional_head)
    browser.post(f"/hibah/{first.pk}/ajukan/", letter(first))

    answer = browser.post(f"/hibah/{second.pk}/ajukan/", letter(second, dated_on="1 Januari 2026"))

    assert "sudah dipakai dengan tanggal lain" in text(answer)
    assert again(second).status == Status.DRAFT


def test_a_foreign_application_is_not_sent_by_its_id(browse, regional_head, draft):
    foreign = draft_of(applicant(TUBAN))

    answer = browse(regional_head).post("/hibah/ajukan/", letter(draft, foreign))

    assert answer.status_code == 422
    assert again(draft).status == Status.DRAFT


def test_the_page_says_what_is_missing_and_why_a_move_is_closed(browse, regional_head):
    application = draft_of(applicant())

    page = text(browse(regional_head).get(f"/hibah/{application.pk}/"))

    assert "Masih kurang (3)" in page
    assert "Belum dapat, karena:" in page
    assert page.count("RAB belum diisi.") == 2


def test_a_closed_move_lists_all_its_reasons(browse, verifier):
    application = brought_to(Status.SUBMITTED)

    page = text(browse(verifier).get(f"/hibah/{application.pk}/"))

    assert "Belum dapat, karena:" in page
    assert "Belum ada hasil kunjungan verifikasi." in page


def test_returning_needs_a_reason_and_happens_once(browse, verifier):
    application = brought_to(Status.SUBMITTED)
    browser, url = browse(verifier), f"/hibah/{application.pk}/langkah/return/"

    silent = browser.post(url, {"note": "  "}, follow=True)
    browser.post(url, {"note": "Foto usaha terlalu gelap."})
    late = browser.post(url, {"note": "Foto usaha terlalu gelap."}, follow=True)

    assert "Tulis alasan untuk" in text(silent)
    assert "tidak terbuka dari keadaan" in text(late)
    assert again(application).status == Status.RETURNED
    assert application.steps.filter(move="return").count() == 1


def test_rejecting_asks_for_a_reason_that_can_be_counted(browse, verifier):
    application = brought_to(Status.SUBMITTED)
    browser, url = browse(verifier), f"/hibah/{application.pk}/tolak/"

    half = browser.post(url, {"note": "Usahanya sudah tidak ada."})
    browser.post(url, {"code": "no_business", "note": "Usahanya sudah tidak ada."})

    step = ApplicationStep.objects.get(application=application, move="reject")
    assert half.status_code == 422
    assert (step.code, step.note) == ("no_business", "Usahanya sudah tidak ada.")


@pytest.mark.parametrize("move", ["nominate", "decree", "disburse", "submit", "reject", "nothing"])
def test_a_move_with_a_document_or_a_page_is_not_made_by_a_click(browse, member_of, move):
    application = brought_to(Status.SUBMITTED)

    assert browse(member_of).post(f"/hibah/{application.pk}/langkah/{move}/").status_code == 404


@pytest.fixture
def member_of(db):
    return member("pptk")


def test_an_auditor_reads_initials_and_no_notes(browse, auditor, verifier):
    application = brought_to(Status.SUBMITTED, person=applicant(name="Siti Rahayu"))
    browse(verifier).post(f"/hibah/{application.pk}/langkah/return/", {"note": "Rahasia keluarga."})
    browser, url = browse(auditor), f"/hibah/{application.pk}/"

    pages = [text(browser.get(url + part)) for part in ("", "syarat/", "rencana/", "rab/", "dokumen/", "riwayat/")]

    assert not any("Siti" in page or "Rahasia keluarga" in page for page in pages)
    assert "Kembalikan untuk diperbaiki" in pages[-1]


def test_the_history_names_step_letter_and_person(browse, officer):
    application = brought_to(Status.SUBMITTED)

    page = text(browse(officer).get(f"/hibah/{application.pk}/riwayat/"))

    assert "Arif Rahman Hakim" in page
    assert "Surat pengantar 460/" in page
