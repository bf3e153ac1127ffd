"""Inputs are given before and during a meeting, each gets an answer before the minutes close, and nothing moves after."""

import uuid

import pytest

from monitoring.meetings.models import AgendaItem, Input, Meeting, MeetingStep, Participant
from ppks.kit import dates
from tests.meetings.making import begun, closed, comer, decided, meeting, said, written
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, TUBAN

pytestmark = pytest.mark.django_db


def typed(**changes):
    return {"key": str(uuid.uuid4()), "theme": "market", "region": str(BOJONEGORO), "text": "Pembeli sepi."} | changes


@pytest.fixture
def of():
    return meeting(BOJONEGORO, TUBAN)


def test_an_officer_gives_his_own_and_stands_in_the_list_of_participants(browse, officer, of):
    browser = browse(officer)

    browser.post(f"/rapat/{of.pk}/masukan/", typed())
    browser.post(f"/rapat/{of.pk}/masukan/", typed(text="Alat rusak.", theme="tools"))

    who = Participant.objects.get(meeting=of)
    assert (who.name, who.office, who.user) == ("Wahyu Pratomo", "Dinas Sosial Kab. Bojonegoro", officer)
    assert [(one.participant, one.region_id, one.by) for one in Input.objects.all()] == [(who, BOJONEGORO, officer)] * 2


def test_the_same_form_twice_is_one(browse, officer, of):
    form = typed()

    for _ in range(2):
        assert browse(officer).post(f"/rapat/{of.pk}/masukan/", form).status_code == 302

    assert Input.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"text": ""}, {"text": "x" * 2001}, {"text": "a\x00b"}, {"theme": "sihir"}, {"region": str(TUBAN)}]
)
def test_what_cannot_be_is_refused_with_a_sentence(browse, officer, of, changes):
    answer = browse(officer).post(f"/rapat/{of.pk}/masukan/", typed(**changes))

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()
    assert not Input.objects.exists()


def test_a_participant_of_another_meeting_is_refused(browse, province, of):
    elsewhere = comer(meeting(BOJONEGORO))

    answer = browse(province).post(f"/rapat/{of.pk}/masukan/", typed(participant=str(elsewhere.pk)))

    assert answer.status_code == 422
    with door(province, write=True), refused("dari rapat yang sama"):
        Input.objects.create(
            meeting=of, participant=elsewhere, theme="market", text="Lewat belakang", by=province, key=uuid.uuid4()
        )


def test_an_officer_reads_inputs_about_his_own_and_about_all(browse, officer, of):
    who = comer(of)
    said(of, who, "Tentang Bojonegoro", region_id=BOJONEGORO)
    said(of, who, "Tentang Tuban", region_id=TUBAN)
    said(of, who, "Tentang semua")

    for place in (f"/rapat/{of.pk}/", "/rapat/masukan/", "/rapat/panduan/", "/unduh/masukan.csv"):
        answer = browse(officer).get(place)
        text = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert ["Tentang Bojonegoro" in text, "Tentang Tuban" in text, "Tentang semua" in text] == [True, False, True]


def test_an_officer_settles_nothing(officer, of):
    one = said(of, comer(of), region_id=BOJONEGORO)
    begun(of)

    with door(officer, write=True), refused("permission denied"):
        Input.objects.filter(pk=one.pk).update(outcome="noted")


def test_what_became_of_it_is_a_decision_a_note_or_a_reason(browse, province, of):
    one = said(of, comer(of))
    held = begun(of)
    decision, other = decided(held), decided(begun(meeting(BOJONEGORO)))
    place, browser = f"/rapat/masukan/{one.pk}/", browse(province)

    assert browser.post(place, {"outcome": "decided"}).status_code == 422
    assert browser.post(place, {"outcome": "decided", "decision": str(other.pk)}).status_code == 422
    assert browser.post(place, {"outcome": "declined", "reason": " "}).status_code == 422
    assert browser.post(place, {"outcome": "declined", "reason": "Belum ada anggaran."}).status_code == 302
    assert browser.post(place, {"outcome": "decided", "decision": str(decision.pk)}).status_code == 302

    one.refresh_from_db()
    assert (one.outcome, one.decision, one.outcome_label) == ("decided", decision, "Menjadi keputusan")
    with refused("input_outcome_is_whole"):
        Input.objects.filter(pk=one.pk).update(outcome="declined", decision=None, outcome_reason="")


def test_minutes_close_only_when_each_has_its_answer(browse, province, of):
    one = said(of, comer(of, attended=True))
    begun(of)
    browser = browse(province)

    page = browser.post(f"/rapat/{of.pk}/tutup/", {"step": "close"}, follow=True).content.decode()
    assert "1 masukan belum diberi tindak lanjut." in page
    with door(province, write=True), refused("belum diberi tindak lanjut"):
        MeetingStep.objects.create(
            meeting=of,
            version=2,
            move="minute",
            source="held",
            target="minuted",
            by=province,
            effective_on=dates.today(),
        )

    browser.post(f"/rapat/masukan/{one.pk}/", {"outcome": "noted"})
    assert browser.post(f"/rapat/{of.pk}/tutup/").status_code == 200
    assert Meeting.objects.get(pk=of.pk).status == "held"
    browser.post(f"/rapat/{of.pk}/tutup/", {"step": "close"})
    assert Meeting.objects.get(pk=of.pk).status == "minuted"


def test_closed_minutes_stand_still(browse, province, officer, of):
    who = comer(of)
    one, item = said(of, who, region_id=BOJONEGORO), written(of)
    held = begun(of)
    decided(held)
    Input.objects.filter(pk=one.pk).update(outcome="noted")
    closed(held)
    before = (
        browse(province).get(f"/rapat/{of.pk}/notulen/").content.decode().partition("<main")[2].partition("<footer")[0]
    )
    changes = (
        lambda: AgendaItem.objects.filter(pk=item.pk).update(discussion="Lain"),
        lambda: Input.objects.filter(pk=one.pk).update(outcome_reason="Lain"),
        lambda: Participant.objects.filter(pk=who.pk).update(attended=False),
        lambda: comer(of, name="Terlambat"),
        lambda: said(of, who, by=province),
        lambda: decided(of, by=province),
        lambda: Meeting.objects.filter(pk=of.pk).update(title="Lain"),
        lambda: sql("delete from meetings_meetingregion where meeting_id = %s", of.pk),
    )
    for change in changes:
        with door(province, write=True), refused("ditutup|tidak lagi disiapkan"):
            change()

    late = browse(officer).post(f"/rapat/{of.pk}/masukan/", typed())
    assert late.status_code == 422
    assert "Notulen sudah ditutup" in late.content.decode()
    after = (
        browse(province).get(f"/rapat/{of.pk}/notulen/").content.decode().partition("<main")[2].partition("<footer")[0]
    )
    assert before == after


def test_the_report_counts_by_theme_and_by_what_became_of_it(browse, province, of):
    who = comer(of)
    for theme in ("market", "market", "tools"):
        said(of, who, theme=theme)
    held = begun(of)
    Input.objects.filter(theme="tools").update(outcome="noted")
    Input.objects.filter(pk=Input.objects.first().pk).update(outcome="decided", decision=decided(held))

    page = browse(province).get("/rapat/panduan/")

    rows = [[cell.text for cell in row] for row in page.context["table"].rows]
    assert rows == [["Pemasaran", "2", "1", "–", "–", "1"], ["Alat dan bahan", "1", "–", "1", "–", "–"]]
    assert page.context["sentence"] == "Dari 3 masukan, 1 menjadi keputusan; 1 belum ditindaklanjuti."


def test_a_cancelled_meeting_takes_no_inputs(browse, province, officer, of):
    browse(province).post(f"/rapat/{of.pk}/langkah/cancel/", {"note": "Bersamaan dengan kegiatan lain."})

    answer = browse(officer).post(f"/rapat/{of.pk}/masukan/", typed())

    assert answer.status_code == 422
    assert not Input.objects.exists()
    assert not Participant.objects.exists()
