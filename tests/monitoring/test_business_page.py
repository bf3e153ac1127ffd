"""A business's page: the officer's own word beside the rule's, what is different since the last visit, what stands now."""

from datetime import date, timedelta
from html import unescape

import pytest

from monitoring.changes import changes
from monitoring.findings import VisitAid, VisitObstacle, VisitPermit
from monitoring.found import Found
from monitoring.models import Assessment, Business, Override, Visit
from monitoring.reference import Obstacle
from monitoring.standing import aids, obstacles, permits
from ppks.kit import dates
from ppks.regions.models import MinimumWage
from tests.factories import VisitFactory, visited
from tests.monitoring.typing import typed
from tests.office import door, refused

pytestmark = pytest.mark.django_db

REASON = "Pesanan seragam sudah masuk untuk tiga bulan."


def seen(browser, business) -> str:
    return unescape(browser.get(f"/usaha/{business.pk}/").content.decode())


def determine(browser, business, category="growing", reason=REASON):
    return browser.post(f"/usaha/{business.pk}/keadaan/", {"category": category, "reason": reason})


@pytest.fixture
def declining(tailoring):
    return visited(tailoring, 3_000_000, 2_000_000, 2_000_000)


def test_an_officers_word_holds_with_its_reason_beside_the_computed_one(browse, officer, declining):
    assert determine(browse(officer), declining).status_code == 302
    business = Business.objects.as_of(dates.today()).get()
    assert (business.state, business.valid_until) == ("growing", dates.today() + timedelta(days=183))
    page = seen(browse(officer), declining)
    for told in ("berkembang, ditetapkan petugas", "Ditetapkan petugas Wahyu Pratomo", REASON, "Menurut hitungan:"):
        assert told in page
    assert "Tidak berkembang" in page


def test_lists_and_figures_count_it_as_said_and_say_how_many_were_said(browse, officer, province, declining):
    determine(browse(officer), declining)
    assert "Ngatini" in browse(province).get("/usaha/?keadaan=growing").content.decode()
    assert "Ngatini" not in browse(province).get("/usaha/?keadaan=declining").content.decode()
    assert "Ngatini" in browse(province).get("/usaha/?penetapan=petugas").content.decode()
    assert "1 usaha" in browse(province).get("/cara-menghitung/").content.decode()


def test_the_next_visit_ends_it(browse, officer, declining):
    browser = browse(officer)
    determine(browser, declining)
    browser.post(f"/usaha/{declining.pk}/kunjungan/", typed(turnover="1.900.000"))
    assert Business.objects.get().category == "declining"
    assert "ditetapkan petugas" not in seen(browser, declining)
    assert "Ngatini" not in browser.get("/usaha/?penetapan=petugas").content.decode()


def test_a_visit_entered_late_ends_it_too(browse, officer, declining):
    browser = browse(officer)
    determine(browser, declining)
    earlier = dates.long(dates.today() - timedelta(days=10))
    browser.post(f"/usaha/{declining.pk}/kunjungan/", typed(turnover="1.900.000", visited_on=earlier))
    assert Business.objects.get().category == "declining"


def test_it_ends_by_itself_when_a_visit_would(browse, officer, declining):
    determine(browse(officer), declining)
    assert Business.objects.as_of(dates.today() + timedelta(days=184)).get().state == "unknown"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Tulis alasannya."),
        ({"reason": "pokoknya"}, "Tulis alasan yang dapat dipahami orang lain."),
        ({"category": ""}, "Pilih keadaannya."),
        ({"category": "unknown"}, "unknown"),
    ],
)
def test_without_a_reason_nothing_is_set(browse, officer, declining, changed, sentence):
    answer = determine(browse(officer), declining, **changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Override.objects.exists()


def test_who_may_set_a_category(browse, stranger, regional_head, auditor, declining):
    assert determine(browse(stranger), declining).status_code == 404
    assert determine(browse(regional_head), declining).status_code == 403
    assert determine(browse(auditor), declining).status_code == 403


def test_the_auditor_sees_that_it_was_set_and_not_why(browse, officer, auditor, declining):
    determine(browse(officer), declining)
    page = seen(browse(auditor), declining)
    assert "Ditetapkan petugas Wahyu Pratomo" in page
    assert REASON not in page


def test_nobody_changes_an_override_or_makes_one_in_anothers_name(browse, officer, province, declining):
    determine(browse(officer), declining)
    with door(officer, write=True), refused("permission denied"):
        Override.objects.update(reason="lain")
    with door(officer, write=True), refused("atas nama sendiri"):
        Override.objects.create(business=declining, computed="steady", category="growing", reason="x", by=province)
    assert Assessment.objects.filter(override__isnull=False).count() == 1


def test_the_line_is_held_against_the_umk_of_its_own_year(browse, officer, tailoring):
    visited(tailoring, 2_000_000, 2_600_000)
    MinimumWage.objects.filter(region=3522).delete()
    for day, amount in ((dates.today() - timedelta(days=100), 2_100_000), (dates.today(), 2_500_000)):
        MinimumWage.objects.create(code=f"uji {day}", region_id=3522, valid_from=day, amount=amount)
    page = seen(browse(officer), tailoring)
    assert "1 dari 2 kali mencapai UMK tahunnya" in page
    assert page.count('<line class="reference"') == 2


def test_a_draft_is_offered_to_its_writer_alone(browse, officer, province, tailoring):
    browse(officer).post(f"/usaha/{tailoring.pk}/kunjungan/", typed(step="draft"))
    assert "Lanjutkan draf kunjungan" in seen(browse(officer), tailoring)
    assert "Lanjutkan draf kunjungan" not in seen(browse(province), tailoring)


def found(**of) -> Found:
    parts = {name: of.pop(name, []) for name in ("obstacles", "aids", "permits")}
    return Found(Visit(**{"operating": True, "visited_on": date(2026, 11, 12)} | of), **parts)


def obstacle(code: str, severity: int, note: str = "") -> VisitObstacle:
    return VisitObstacle(obstacle=Obstacle.objects.get(code=code), severity=severity, note=note)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            {"turnover": 1_600_000},
            {"turnover": 1_400_000},
            ["Omzet turun Rp200.000 (12%): dari Rp1.600.000 menjadi Rp1.400.000."],
        ),
        ({"turnover": 0}, {"turnover": 50_000}, ["Omzet naik Rp50.000: dari Rp0 menjadi Rp50.000."]),
        (
            {"profit": 100_000},
            {"profit": -50_000},
            ["Laba bersih turun Rp150.000: dari Rp100.000 menjadi rugi Rp50.000."],
        ),
        ({"turnover": None}, {"turnover": 50_000}, []),
        ({"workers": 1}, {"workers": 3}, ["Tenaga kerja bertambah dari 1 menjadi 3 orang."]),
        ({"operating": True}, {"operating": False}, ["Usaha tutup; pada kunjungan sebelumnya masih berjalan."]),
        ({"bookkeeping": 0}, {"bookkeeping": 2}, ["Pembukuan: dari tidak ada catatan menjadi buku kas tiap hari."]),
        ({"has_online_sales": False}, {"has_online_sales": True}, ["Mulai berjualan daring."]),
        ({"has_online_sales": None}, {"has_online_sales": True}, []),
    ],
)
def test_what_changed_is_told_where_both_visits_answered(before, after, told):
    assert changes(found(**before), found(**after)) == told


def test_obstacles_aid_and_permits_that_changed():
    before = found(
        obstacles=[obstacle("MODAL", 1), obstacle("PASAR", 2)],
        aids=[VisitAid(name="Oven", state="used")],
        permits=[VisitPermit(kind="nib", state="pending")],
    )
    after = found(
        obstacles=[obstacle("MODAL", 3), obstacle("ALAT", 2)],
        aids=[VisitAid(name="oven", state="broken")],
        permits=[VisitPermit(kind="nib", state="held")],
    )
    assert changes(before, after) == [
        "Hambatan lebih berat: Kekurangan modal (berat).",
        "Hambatan baru: Alat kurang / rusak (sedang).",
        "Hambatan yang tidak disebut lagi: Pemasaran / pesanan sepi.",
        "oven: dari dipakai menjadi rusak.",
        "Izin baru: NIB.",
    ]


@pytest.mark.parametrize(
    ("state", "valid_until", "tag", "tone"),
    [
        ("held", date(2026, 11, 23), "Habis 23 Nov 2026", "error"),
        ("held", date(2026, 11, 24), "Habis hari ini", "warn"),
        ("held", date(2027, 1, 23), "Habis 60 hari lagi", "warn"),
        ("held", date(2027, 1, 24), "Sampai 24 Jan 2027", "ok"),
        ("held", None, "Ada", "ok"),
        ("pending", None, "Sedang diurus", ""),
        ("none", None, "Belum ada", ""),
    ],
)
def test_a_permit_warns_before_it_ends(state, valid_until, tag, tone):
    visit = found(permits=[VisitPermit(kind="pirt", state=state, valid_until=valid_until)])
    assert [(item.tag, item.tone) for item in permits([visit], date(2026, 11, 24))] == [(tag, tone)]


def test_what_an_older_visit_found_stands_until_it_is_asked_again():
    new = found(aids=[VisitAid(name="Oven", state="lost")])
    old = found(
        visited_on=date(2026, 8, 18),
        aids=[VisitAid(name="oven", state="used"), VisitAid(name="Mixer", state="used")],
        permits=[VisitPermit(kind="halal", state="held")],
        obstacles=[obstacle("MODAL", 3)],
    )
    assert [(item.label, item.tag, item.note) for item in aids([new, old])] == [
        ("Mixer", "Dipakai", "Menurut kunjungan 18 Agu 2026"),
        ("Oven", "Hilang", "Menurut kunjungan 12 Nov 2026"),
    ]
    assert [item.note for item in permits([new, old], date(2026, 11, 24))] == ["Menurut kunjungan 18 Agu 2026"]
    assert obstacles([new, old]) == []


def test_the_obstacles_of_the_last_visit_stand_with_who_can_help(browse, officer, tailoring):
    visit = VisitFactory(business=tailoring, by=officer)
    VisitObstacle.objects.create(
        visit=visit, obstacle=Obstacle.objects.get(code="MODAL"), severity=3, note="kain mahal"
    )
    page = seen(browse(officer), tailoring)
    assert "kain mahal. Dapat dibantu Dinas Koperasi dan UKM, Bank Jatim/BRI (KUR), Baznas." in page
    assert "Berat" in page


def test_the_page_asks_the_same_number_of_questions_for_two_visits_and_twelve(
    browse, officer, tailoring, django_assert_max_num_queries
):
    browser = browse(officer)
    visited(tailoring, *[1_000_000] * 2)
    with django_assert_max_num_queries(28) as few:
        seen(browser, tailoring)
    visited(tailoring, *[1_000_000] * 12)
    with django_assert_max_num_queries(len(few)):
        seen(browser, tailoring)
