"""What applications show outside their own pages: the front page, a person's tab and timeline, the dossier, other roles."""

import zipfile
from io import BytesIO

import pytest

from grants.applications.statuses import Status
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests.crawling import Page, body
from tests.factories import StayFactory
from tests.granting import allocation, applicant, brought_to, call, draft_of, drafted
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize(
    ("username", "status", "label"),
    [
        ("bojonegoro", Status.DRAFT, "Draf"),
        ("kadinsos.bojonegoro", Status.DRAFT, "Siap diajukan"),
        ("verifikator", Status.SUBMITTED, "Menunggu verifikasi"),
        ("pptk", Status.VERIFIED, "Menunggu peringkat"),
        ("kepala", Status.NOMINATED, "Menunggu SK"),
        ("bendahara", Status.DECREED, "Menunggu penyaluran"),
    ],
)
def test_the_front_page_says_what_waits_for_the_role(browse, username, status, label):
    brought_to(status)

    page = Page(text(browse(member(username)).get("/")))

    assert next((one.text, one.figure) for one in page.figures if one.url.startswith("/hibah/")) == (label, 1)


def test_a_persons_tab_shows_and_counts_his_applications(browse, officer):
    application = drafted(call(allocation().line))

    page = text(browse(officer).get(f"/klien/{application.person_id}/hibah/"))

    assert str(application) in page
    assert Page(page).total == 1
    assert f'href="/klien/{application.person_id}/hibah/usulkan/"' in page


def test_steps_stand_in_the_timeline(browse, officer):
    application = brought_to(Status.SUBMITTED)

    page = text(browse(officer).get(f"/klien/{application.person_id}/riwayat/"))

    assert "Usulan hibah: diajukan" in page


def test_a_upt_sees_its_person_and_nothing_of_the_application(browse, upt_officer):
    application = brought_to(Status.SUBMITTED)
    StayFactory(person=application.person)
    browser = browse(upt_officer)

    pages = [text(browser.get(f"/klien/{application.person_id}/{part}")) for part in ("hibah/", "riwayat/")]

    assert not any("Usulan hibah" in page for page in pages)
    assert browser.get(f"/hibah/{application.pk}/").status_code == 403


def test_training_in_a_upt_is_held_against_the_plan(browse, officer):
    application = drafted(call(allocation().line))
    StayFactory(person=application.person, training="Menjahit tingkat dasar")

    page = text(browse(officer).get(f"/hibah/{application.pk}/"))

    assert "Sesuai keterampilan, karena dilatih di UPT: Menjahit tingkat dasar (menjahit)." in page


def test_the_dossier_holds_the_newest_paper_of_each_type(browse, officer):
    application = drafted(call(allocation().line))

    answer = browse(officer).get(f"/hibah/{application.pk}/dokumen/berkas.zip")

    names = zipfile.ZipFile(BytesIO(body(answer))).namelist()
    assert "Usulan/Kartu keluarga.jpg" in names
    assert len(names) == application.documents.count() + 2


def test_the_kab_kota_hears_of_what_came_back_and_verifiers_of_what_was_sent(browse, verifier, regional_head):
    application = drafted(call(allocation().line))
    member("bojonegoro"), member("tuban")
    sent = {"number": "460/1", "dated_on": dates.long(dates.today()), "applications": [application.pk], "step": "store"}

    browse(regional_head).post(f"/hibah/{application.pk}/ajukan/", sent)
    browse(verifier).post(f"/hibah/{application.pk}/langkah/return/", {"note": "Foto terlalu gelap."})

    heard = Notice.objects.values_list("user__username", "text").order_by("pk")
    back = f"{application} dikembalikan untuk diperbaiki. Alasannya ada di riwayatnya."
    assert set(heard) == {
        ("verifikator", "1 usulan dari Kab. Bojonegoro menunggu verifikasi, dengan surat 460/1."),
        ("bojonegoro", back),
        ("kadinsos.bojonegoro", back),
    }


def test_an_empty_dossier_is_a_list_of_nothing(browse, officer):
    application = draft_of(applicant())

    answer = browse(officer).get(f"/hibah/{application.pk}/dokumen/berkas.zip")

    assert zipfile.ZipFile(BytesIO(body(answer))).namelist() == ["DAFTAR-ISI.csv", "SHA256SUMS"]
