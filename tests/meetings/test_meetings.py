"""Announcing a meeting: whom it concerns, when and where, once."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command

from monitoring.meetings.models import Decision, Meeting, MeetingRegion, Participant
from monitoring.meetings.reminders import remind_of_overdue
from ppks.documents.models import Paper
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests.meetings.making import begun, closed, comer, decided, meeting, said
from tests.office import door, refused
from tests.people import BOJONEGORO, LAMONGAN, TUBAN, member

pytestmark = pytest.mark.django_db


def typed(**changes):
    day = dates.long(dates.today() + timedelta(days=7))
    words = {"title": "Rapat konsolidasi", "held_on": day, "begins_at": "09.30", "place": "Aula", "scope": "province"}
    return words | {"key": str(uuid.uuid4())} | changes


def test_one_for_the_province_concerns_all_38(browse, province):
    browse(province).post("/rapat/baru/", typed())

    made = Meeting.objects.get()
    assert (made.by, made.status, f"{made.begins_at:%H:%M}", made.invited.count()) == (
        province,
        "prepared",
        "09:30",
        38,
    )


def test_one_for_some_concerns_those(browse, province):
    browse(province).post("/rapat/baru/", typed(scope="regions", regions=[str(BOJONEGORO), str(TUBAN)]))

    assert set(MeetingRegion.objects.values_list("region", flat=True)) == {BOJONEGORO, TUBAN}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scope": "regions"}, "Pilih sedikitnya satu kab/kota."),
        ({"scope": "regions", "regions": ["9999"]}, "bukan salah satu dari pilihan"),
        ({"held_on": "besok"}, "Tanggal tidak terbaca"),
        ({"held_on": "1 Januari 2050"}, "dalam setahun"),
        ({"begins_at": "25.99"}, "Tulis jam seperti 09.00."),
        ({"title": "  "}, "tidak boleh kosong"),
        ({"title": "Rapat\x00"}, "nul"),
        ({"place": "x" * 201}, "200"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_kept(browse, province, changes, sentence):
    answer = browse(province).post("/rapat/baru/", typed(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Meeting.objects.exists()


def test_the_same_form_twice_is_one_meeting(browse, province):
    form = typed()

    for _ in range(2):
        assert browse(province).post("/rapat/baru/", form).status_code == 302

    assert (Meeting.objects.count(), MeetingRegion.objects.count()) == (1, 38)


def test_a_meeting_that_does_not_concern_him_is_not_found(browse, officer, regional_head):
    of = meeting(TUBAN, title="Rapat Tuban")

    for user in (officer, regional_head):
        assert browse(user).get(f"/rapat/{of.pk}/").status_code == 404
        assert "Rapat Tuban" not in browse(user).get("/rapat/").content.decode()


def test_it_is_changed_while_prepared_and_not_later(browse, province):
    of, browser = meeting(BOJONEGORO), browse(province)

    browser.post(f"/rapat/{of.pk}/ubah/", typed(title="Nama baru", scope="regions", regions=[str(LAMONGAN)]))

    of.refresh_from_db()
    assert (of.title, [one.region_id for one in of.invited.all()]) == ("Nama baru", [LAMONGAN])
    Meeting.objects.filter(pk=of.pk).update(held_on=dates.today())
    begun(Meeting.objects.get(pk=of.pk))
    page = browser.post(f"/rapat/{of.pk}/ubah/", typed(title="Lain"), follow=True).content.decode()
    assert "tidak lagi disiapkan" in page
    assert Meeting.objects.get(pk=of.pk).title == "Nama baru"


def test_nobody_is_on_the_list_twice_and_who_spoke_stays_on_it(browse, province):
    of, browser = meeting(BOJONEGORO), browse(province)
    place = f"/rapat/{of.pk}/peserta/"
    first = browser.post(place, {"name": "Suyatno", "office": "Dinas Koperasi"})
    again = browser.post(place, {"name": "Suyatno", "office": "Dinas Koperasi"})
    silent, spoke = Participant.objects.get(), comer(of, name="Lilik")
    said(of, spoke)

    assert (first.status_code, again.status_code) == (302, 422)
    assert "Peserta ini sudah ada dalam daftar." in again.content.decode()
    browser.post(f"/rapat/peserta/{silent.pk}/hadir/")
    assert Participant.objects.get(pk=silent.pk).attended
    browser.post(f"/rapat/peserta/{silent.pk}/hapus/")
    page = browser.post(f"/rapat/peserta/{spoke.pk}/hapus/", follow=True).content.decode()
    assert "sudah menyampaikan masukan" in page
    assert list(Participant.objects.all()) == [spoke]


def test_tabs_count_by_status(browse, province):
    meeting(BOJONEGORO)
    begun(meeting(BOJONEGORO))

    tabs = {tab["label"]: tab["count"] for tab in browse(province).get("/rapat/").context["tabs"]}

    assert tabs == {"Semua": 2, "Disiapkan": 1, "Berlangsung": 1, "Notulen ditutup": 0, "Batal": 0}


def test_a_briefing_of_a_kab_kota_that_is_not_invited_is_not_found(browse, province, officer):
    of = meeting(BOJONEGORO, TUBAN)

    assert browse(province).get(f"/rapat/{of.pk}/bahan/cetak/?kab=35.24").status_code == 404
    assert browse(officer).get(f"/rapat/{of.pk}/bahan/cetak/?kab=35.23").status_code == 404
    assert browse(officer).get(f"/rapat/{of.pk}/bahan/cetak/").content.decode().count("<article") == 1


def test_closing_the_minutes_issues_their_paper_once(browse, province, officer, auditor):
    of = meeting(BOJONEGORO)
    comer(of)
    held = begun(of)
    decision = decided(held, region_id=BOJONEGORO)

    closed(held)

    paper = Paper.objects.get()
    link = f"/surat/{paper.pk}/"
    assert (Meeting.objects.get(pk=of.pk).paper, paper.kind, paper.region_id) == (paper, "meeting_minutes", None)
    assert browse(province).get(link).status_code == 200
    assert browse(officer).get(link).status_code == 404
    found = {who: link in browse(who).get(f"/rapat/{of.pk}/").content.decode() for who in (province, officer, auditor)}
    assert found == {province: True, officer: False, auditor: False}
    browse(province).post(f"/rapat/keputusan/{decision.pk}/langkah/finish/", {"note": "Stan sudah dibuka."})
    assert [one.sha256 for one in Paper.objects.all()] == [paper.sha256]
    with door(province, write=True), refused("Notulen terbit sekali"):
        Meeting.objects.filter(pk=of.pk).update(paper=None)


def test_who_is_invited_and_who_owns_a_decision_is_told_once(browse, province, officer, stranger):
    form = typed(scope="regions", regions=[str(BOJONEGORO)], held_on=dates.long(dates.today()))
    for _ in range(2):
        browse(province).post("/rapat/baru/", form)
    of = begun(Meeting.objects.get())
    due = dates.long(dates.today() + timedelta(days=7))
    words = {"key": str(uuid.uuid4()), "what": "Membuka stan", "owner": str(officer.pk), "due_on": due}
    for _ in range(2):
        browse(province).post(f"/rapat/{of.pk}/keputusan/", words)
    decision = Decision.objects.get()

    for ago in (0, 8, 9):
        remind_of_overdue(dates.today() + timedelta(days=ago))

    assert [notice.key for notice in Notice.objects.filter(user=officer).order_by("pk")] == [
        f"rapat-{of.pk}",
        f"keputusan-{decision.pk}-tugas",
        f"keputusan-{decision.pk}-terlambat",
    ]
    assert not Notice.objects.filter(user=stranger).exists()


def test_the_clock_finds_what_is_overdue_in_its_own_role():
    of = begun(meeting(BOJONEGORO, on=dates.today() - timedelta(days=30)))
    owner = member("bojonegoro")
    decided(of, owner=owner, owner_office="", due_on=dates.today() - timedelta(days=1))

    call_command("tick")

    assert Notice.objects.filter(user=owner).count() == 1
