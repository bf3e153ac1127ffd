"""The agenda builds itself from what waits, can be written while a meeting is prepared, and stays as it was said."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.meetings.agenda import MOST, agenda, kept
from monitoring.meetings.models import AgendaItem, Meeting
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, visited
from tests.meetings.making import begun, closed, comer, decided, meeting, written
from tests.office import door, refused
from tests.people import BOJONEGORO, LAMONGAN, TUBAN

pytestmark = pytest.mark.django_db


def stuck(region: int = BOJONEGORO, name: str = "Ngatini", **fields):
    """Somebody's business that declines."""
    person = PersonFactory(name=name, region_id=region)
    return visited(BusinessFactory(person=person, **fields), 1_000_000, 800_000, 600_000)


def handles(of: Meeting, user) -> list[str]:
    with door(user):
        return [line.handle for line in kept(agenda(of, user, dates.today()))]


def test_businesses_that_need_help_are_on_it_and_others_are_not(province):
    business = stuck()
    visited(BusinessFactory(), 1_000_000, 1_300_000)

    assert handles(meeting(), province) == [f"usaha-{business.pk}"]


def test_only_those_of_its_own_kab_kota(province):
    ours, theirs = stuck(BOJONEGORO), stuck(TUBAN, "Marsinah")

    assert handles(meeting(BOJONEGORO, LAMONGAN), province) == [f"usaha-{ours.pk}"]
    assert set(handles(meeting(BOJONEGORO, TUBAN), province)) == {f"usaha-{ours.pk}", f"usaha-{theirs.pk}"}


def test_open_decisions_of_earlier_meetings_come_first_until_they_are_done(browse, province):
    business = stuck()
    decision = decided(begun(meeting(BOJONEGORO, title="Rapat lama")), region_id=BOJONEGORO)
    coming = meeting(BOJONEGORO)
    assert handles(coming, province) == [f"keputusan-{decision.pk}", f"usaha-{business.pk}"]

    browse(province).post(f"/rapat/keputusan/{decision.pk}/langkah/finish/", {"note": "Stan sudah dibuka."})

    assert handles(coming, province) == [f"usaha-{business.pk}"]


def test_a_decision_for_all_is_carried_to_the_next_meeting_with_one_of_them(province):
    common = decided(begun(meeting(BOJONEGORO, TUBAN)))

    assert handles(meeting(TUBAN), province) == [f"keputusan-{common.pk}"]
    assert handles(meeting(LAMONGAN), province) == []
    assert handles(meeting(), province) == [f"keputusan-{common.pk}"]


def test_a_decision_is_not_on_the_agenda_of_its_own_meeting(province):
    of = begun(meeting(BOJONEGORO))
    decided(of, region_id=BOJONEGORO)

    assert handles(of, province) == []


def test_what_is_no_longer_waiting_leaves_it_while_the_meeting_is_prepared(province):
    business = stuck()
    of = meeting(BOJONEGORO)
    assert handles(of, province) == [f"usaha-{business.pk}"]

    visited(business, 1_000_000, 2_000_000, 3_000_000)

    assert handles(of, province) == []


def test_a_topic_brings_its_most_pressing_only(province):
    for number in range(MOST + 2):
        stuck(name=f"Orang {number}")

    assert len(handles(meeting(BOJONEGORO), province)) == MOST


def test_dropping_needs_a_reason_and_is_taken_back(browse, province):
    business, of = stuck(), meeting(BOJONEGORO)
    place = f"/rapat/{of.pk}/agenda/usaha-{business.pk}"
    browser = browse(province)

    assert browser.post(f"{place}/lepas/", {"reason": ""}).status_code == 422
    assert browser.post(f"{place}/lepas/", {"reason": "Sudah dibahas minggu lalu."}).status_code == 302
    assert handles(of, province) == []
    assert "Sudah dibahas minggu lalu." in browser.get(f"/rapat/{of.pk}/").content.decode()

    assert browser.post(f"{place}/pulihkan/").status_code == 302
    assert handles(of, province) == [f"usaha-{business.pk}"]


def test_subjects_are_put_in_order_and_new_ones_come_last(browse, province):
    first, second = stuck(name="Ani"), stuck(name="Budi")
    of = meeting(BOJONEGORO)
    before = handles(of, province)

    browse(province).post(f"/rapat/{of.pk}/agenda/usaha-{second.pk}/atas/")
    third = stuck(name="Citra")

    assert before == [f"usaha-{first.pk}", f"usaha-{second.pk}"]
    assert handles(of, province) == [f"usaha-{second.pk}", f"usaha-{first.pk}", f"usaha-{third.pk}"]
    browse(province).post(f"/rapat/{of.pk}/agenda/usaha-{third.pk}/naik/")
    assert handles(of, province) == [f"usaha-{second.pk}", f"usaha-{third.pk}", f"usaha-{first.pk}"]


@pytest.mark.parametrize("handle", ["usaha-999999", "keputusan-1", "sendiri-7", "x-1"])
def test_a_subject_that_is_not_on_it_is_not_found(browse, province, handle):
    of = meeting(BOJONEGORO)

    assert browse(province).post(f"/rapat/{of.pk}/agenda/{handle}/naik/").status_code == 404
    assert browse(province).post(f"/rapat/{of.pk}/agenda/{handle}/lepas/", {"reason": "Tidak perlu"}).status_code == 404


def test_once_begun_it_stays_as_it_was_whatever_happens_afterwards(browse, province):
    business, of = stuck(), meeting(BOJONEGORO)
    own = written(of)
    begun(of)
    before = handles(of, province)
    words = AgendaItem.objects.get(kind="usaha").text

    visited(business, 1_000_000, 2_000_000, 3_000_000)
    stuck(name="Budi")

    assert before == handles(of, province) == [f"usaha-{business.pk}", f"sendiri-{own.pk}"]
    assert AgendaItem.objects.get(kind="usaha").text == words
    page = browse(province).get(f"/rapat/{of.pk}/").content.decode()
    assert words in page
    assert "Seperti saat rapat dimulai" in page


@pytest.mark.parametrize(
    "change",
    [
        lambda of: written(of, "Hal baru"),
        lambda of: AgendaItem.objects.filter(meeting=of).update(title="Lain"),
        lambda of: AgendaItem.objects.filter(meeting=of).update(position=999),
        lambda of: AgendaItem.objects.filter(meeting=of).update(is_dropped=True, dropped_reason="Tidak perlu."),
        lambda of: AgendaItem.objects.filter(meeting=of).delete(),
    ],
)
def test_the_database_lets_nobody_touch_an_agenda_that_was_begun(province, change):
    of = meeting(BOJONEGORO)
    written(of)
    begun(of)

    with door(province, write=True), refused("agendanya tidak dapat diubah"):
        change(of)


def test_a_page_that_is_stale_gets_a_sentence(browse, province):
    of = meeting(BOJONEGORO)
    item = written(of)
    begun(of)
    place = f"/rapat/{of.pk}/agenda"
    browser = browse(province)

    added = browser.post(f"{place}/", {"title": "Hal baru"})
    dropped = browser.post(f"{place}/sendiri-{item.pk}/lepas/", {"reason": "Tidak perlu."})
    moved = browser.post(f"{place}/sendiri-{item.pk}/naik/", follow=True)

    for answer in (added, dropped, moved):
        assert "Rapat sudah dimulai; agendanya tidak dapat diubah lagi." in answer.content.decode()
    assert (added.status_code, dropped.status_code) == (422, 422)


def test_it_goes_back_to_be_prepared_until_something_was_said(browse, province):
    business, of = stuck(), meeting(BOJONEGORO)
    begun(of)
    browser = browse(province)

    browser.post(f"/rapat/{of.pk}/langkah/back_to_prepared/", {"note": "Peserta belum lengkap."})
    visited(business, 1_000_000, 2_000_000, 3_000_000)
    assert handles(Meeting.objects.get(pk=of.pk), province) == []

    decided(begun(Meeting.objects.get(pk=of.pk)))
    answer = browser.post(f"/rapat/{of.pk}/langkah/back_to_prepared/", {"note": "Salah tekan."}, follow=True)
    assert "Sudah ada pembahasan atau keputusan yang dicatat." in answer.content.decode()
    assert not AgendaItem.objects.filter(meeting=of).exists()


def test_a_meeting_of_another_day_does_not_begin(browse, province):
    of = meeting(BOJONEGORO, on=dates.today() + timedelta(days=3))

    answer = browse(province).post(f"/rapat/{of.pk}/langkah/hold/", follow=True)

    assert "Ubah tanggalnya bila diadakan lebih awal." in answer.content.decode()
    assert Meeting.objects.get(pk=of.pk).status == "prepared"


def test_an_officer_reads_of_his_own_people_only(browse, officer, province):
    stuck(BOJONEGORO, "Ngatini", trade_as_written="Penjahit")
    stuck(TUBAN, "Marsinah Rengel", trade_as_written="Ikan asap")
    of = meeting(BOJONEGORO, TUBAN)
    written(of, "Khusus Tuban", region_id=TUBAN)
    written(of, "Untuk semua")
    for _ in ("live", "frozen"):
        page = browse(officer).get(f"/rapat/{of.pk}/").content.decode()

        assert "Ngatini" in page
        assert "Untuk semua" in page
        assert [word for word in ("Marsinah", "Ikan asap", "Khusus Tuban") if word in page] == []
        if Meeting.objects.get(pk=of.pk).status == "prepared":
            begun(of)
    with door(officer):
        assert set(AgendaItem.objects.values_list("region", flat=True)) == {BOJONEGORO, None}


def test_the_auditor_reads_initials_and_no_notes(browse, auditor):
    stuck(name="Ngatini Permak")
    of = meeting(BOJONEGORO)
    comer(of, name="Suyatno Hadi")
    held = begun(of)
    AgendaItem.objects.filter(meeting=of).update(discussion="Ngatini akan dibantu.")
    closed(held)

    for page in (f"/rapat/{of.pk}/", f"/rapat/{of.pk}/notulen/"):
        html = browse(auditor).get(page).content.decode()
        assert "N.P." in html.replace(" ", "") or "N. P." in html
        assert [word for word in ("Ngatini", "Suyatno") if word in html] == []


def test_the_page_asks_as_much_for_one_subject_as_for_many(browse, province):
    of, browser, counts = meeting(BOJONEGORO), browse(province), []
    browser.get(f"/rapat/{of.pk}/")
    for number in range(10):
        stuck(name=f"Orang {number}")
        if number in (0, 9):
            with CaptureQueriesContext(connection) as asked:
                browser.get(f"/rapat/{of.pk}/")
            counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_briefing_asks_as_much_for_one_kab_kota_as_for_three(browse, province):
    browser, counts = browse(province), []
    browser.get("/rapat/")
    for region in (BOJONEGORO, TUBAN, LAMONGAN):
        stuck(region)
    for regions in ((BOJONEGORO,), (BOJONEGORO, TUBAN, LAMONGAN)):
        of = meeting(*regions)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(f"/rapat/{of.pk}/bahan/cetak/").content.decode()
        assert page.count("<article") == len(regions)
        counts.append(len(asked))

    assert counts[0] == counts[1]
