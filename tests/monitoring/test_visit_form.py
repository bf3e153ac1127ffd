"""What an officer types after a visit: stored once, assessed at once, refused in one clear sentence."""

from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest

from monitoring.models import Assessment, Business, Visit
from ppks.kit import dates
from tests.factories import StayFactory
from tests.monitoring.typing import KEY, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def send_from(browse, officer, tailoring):
    """The business, and what sends a visit to it."""
    return tailoring, lambda **changes: send(browse(officer), tailoring, **changes)


def send(browser, business, **changes):
    return browser.post(f"/usaha/{business.pk}/kunjungan/", typed(**changes))


def test_a_visit_is_stored_with_everything_that_was_typed(browse, officer, tailoring):
    answer = send(
        browse(officer), tailoring, profit="Rp 1.200.000", workers="4", basis="book", note=" seragam sekolah "
    )
    assert (answer.status_code, answer.url) == (302, f"/usaha/{tailoring.pk}/")
    visit = Visit.objects.get()
    assert (visit.key, visit.business, visit.by_id, visit.region_id) == (UUID(KEY), tailoring, officer.pk, 3522)
    assert (visit.turnover, visit.profit, visit.workers, visit.basis) == (3_600_000, 1_200_000, 4, "book")
    assert (visit.visited_on, visit.met, visit.operating, visit.note) == (
        dates.today(),
        "owner",
        True,
        "seragam sekolah",
    )


def test_the_second_figure_makes_the_category_known(browse, officer, tailoring):
    browser, earlier = browse(officer), dates.today() - timedelta(days=90)
    send(browser, tailoring, visited_on=dates.long(earlier), turnover="3.000.000", key=KEY[:-1] + "2")
    assert Business.objects.get().category == "unknown"
    send(browser, tailoring)
    business = Business.objects.get()
    assert (business.category, business.last_turnover, business.last_visit_on) == ("growing", 3_600_000, dates.today())
    assert business.valid_until == dates.today() + timedelta(days=183)


def test_a_visit_entered_late_assesses_the_later_days_anew(browse, officer, tailoring):
    browser, earlier = browse(officer), dates.today() - timedelta(days=90)
    send(browser, tailoring, turnover="1.000.000")
    send(browser, tailoring, visited_on=dates.long(earlier), turnover="2.000.000", key=KEY[:-1] + "2")
    assert Business.objects.get().category == "declining"
    assert list(Assessment.objects.order_by("pk").values_list("on", "category")) == [
        (dates.today(), "unknown"),
        (earlier, "unknown"),
        (dates.today(), "declining"),
    ]


def test_the_same_form_sent_twice_is_one_visit(browse, officer, tailoring):
    browser = browse(officer)
    send(browser, tailoring)
    again = browser.post(f"/usaha/{tailoring.pk}/kunjungan/", typed(), follow=True)
    assert "tidak dicatat dua kali" in again.content.decode()
    assert Visit.objects.count() == Assessment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"visited_on": dates.long(dates.today() + timedelta(days=1))},
            "Tanggal kunjungan tidak boleh sesudah hari ini.",
        ),
        ({"visited_on": "08/26/2020"}, "hari"),
        ({"costs": "-5"}, "Jumlah uang tidak boleh negatif."),
        ({"men": "1", "women": "2", "workers": "4"}, "Laki-laki dan perempuan berjumlah 3 orang."),
        ({"workers": "2", "disabled": "3"}, "Tidak boleh lebih banyak daripada seluruh tenaga kerja (2 orang)."),
        ({"men": "1", "women": "0", "paid": "2"}, "Tidak boleh lebih banyak daripada seluruh tenaga kerja (1 orang)."),
        ({"permit_nib": "none", "permit_nib_until": "1 Mei 2027"}, "Tanggal berlaku hanya untuk izin yang ada."),
        ({"aid_1": "Mesin jahit"}, "Pilih keadaan Mesin jahit."),
        ({"aid_1_state": "used"}, "Tulis nama barangnya."),
        (
            {"aid_1": "Oven", "aid_1_state": "used", "aid_2": "oven", "aid_2_state": "lost"},
            "oven sudah ada di baris lain.",
        ),
        ({"obstacle_1": "MODAL"}, "Pilih ringan, sedang, atau berat."),
        ({"obstacle_1_severity": "3"}, "Pilih hambatannya."),
        (
            {"obstacle_1": "MODAL", "obstacle_1_severity": "3", "obstacle_2": "MODAL", "obstacle_2_severity": "1"},
            "Hambatan ini sudah dipilih di baris lain.",
        ),
        ({"obstacle_1": "PALSU", "obstacle_1_severity": "3"}, "Hambatan 1"),
        ({"position": "Bojonegoro"}, "Letak tidak terbaca"),
        ({"position": "-6.200000, 106.816666"}, "Letak itu bukan di Jawa Timur."),
        ({"profit": "4.000.000"}, "Laba bersih tidak boleh lebih besar daripada omzet (Rp3.600.000)."),
        ({"turnover": None}, "Isi omzet, atau centang “Omzetnya tidak diketahui”."),
        ({"turnover_unknown": "on"}, "Omzet sudah diisi. Hapus centang ini, atau kosongkan omzet."),
        ({"operating": "tidak"}, "Usaha yang tidak berjalan tidak punya omzet."),
        ({"turnover": "tiga juta"}, "angka"),
        ({"met": None}, "Bertemu siapa?"),
        ({"workers": "-1"}, "Tenaga kerja"),
        ({"note": "x" * 2001}, "Catatan"),
        ({"note": "a\x00b"}, "Catatan"),
    ],
)
def test_a_slip_is_refused_in_a_sentence_and_nothing_is_stored(browse, officer, tailoring, changes, sentence):
    answer = send(browse(officer), tailoring, **changes)
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert sentence in page
    assert "Galat: " in page
    assert not Visit.objects.exists()


def test_what_was_typed_is_kept_when_something_else_is_wrong(browse, officer, tailoring):
    page = send(browse(officer), tailoring, met=None, profit="750000").content.decode()
    assert 'value="3.600.000"' in page
    assert 'value="750000"' in page
    assert f'value="{KEY}"' in page


def test_an_honest_do_not_know_is_enough(browse, officer, tailoring):
    assert send(browse(officer), tailoring, turnover=None, turnover_unknown="on").status_code == 302
    assert Visit.objects.get().turnover is None


def test_a_shut_business_is_shut_at_once(browse, officer, tailoring):
    send(browse(officer), tailoring, operating="tidak", turnover=None)
    assert Business.objects.get().category == "closed"


def test_a_foreign_business_is_not_there(browse, officer, fishery):
    assert send(browse(officer), fishery).status_code == 404
    assert not Visit.objects.exists()


@pytest.mark.parametrize("amount", ["999999999999999", "0"])
def test_extreme_amounts_are_stored_as_they_are(browse, officer, tailoring, amount):
    assert send(browse(officer), tailoring, turnover=amount).status_code == 302
    assert Visit.objects.get().turnover == int(amount)


def test_every_answer_of_the_form_is_stored(browse, officer, tailoring):
    send(
        browse(officer),
        tailoring,
        place="business",
        costs="2.400.000",
        profit="1.200.000",
        men="1",
        women="3",
        disabled="2",
        paid="4",
        wage_bill="800.000",
        assets="9.000.000",
        savings="0",
        debt="1.500.000",
        lender="bank",
        bookkeeping="2",
        market="region",
        has_online_sales="ya",
        help_wanted=" mesin obras ",
        position="-7.150400, 111.881700",
        permit_nib="held",
        permit_pirt="pending",
        permit_halal="held",
        permit_halal_until="1 Mei 2027",
        aid_1="Mesin jahit",
        aid_1_state="used",
        aid_2="Setrika",
        aid_2_state="broken",
        obstacle_1="PASAR",
        obstacle_1_severity="2",
        obstacle_2="MODAL",
        obstacle_2_severity="3",
        obstacle_2_note="untuk membeli kain",
    )
    visit = Visit.objects.get()
    assert (visit.workers, visit.men, visit.women, visit.disabled, visit.paid) == (4, 1, 3, 2, 4)
    assert (visit.costs, visit.wage_bill, visit.assets, visit.savings, visit.debt) == (
        2_400_000,
        800_000,
        9_000_000,
        0,
        1_500_000,
    )
    assert (visit.place, visit.lender, visit.bookkeeping, visit.market) == ("business", "bank", 2, "region")
    assert (visit.has_online_sales, visit.help_wanted) == (True, "mesin obras")
    assert (str(visit.latitude), str(visit.longitude)) == ("-7.150400", "111.881700")
    assert list(visit.permits.values_list("kind", "state", "valid_until")) == [
        ("nib", "held", None),
        ("pirt", "pending", None),
        ("halal", "held", date(2027, 5, 1)),
    ]
    assert list(visit.aids.values_list("name", "state")) == [("Mesin jahit", "used"), ("Setrika", "broken")]
    assert list(visit.obstacles.values_list("obstacle__code", "severity", "note")) == [
        ("MODAL", 3, "untuk membeli kain"),
        ("PASAR", 2, ""),
    ]


@pytest.mark.parametrize("loss", [{"profit": "-50.000"}, {"profit": "50.000", "is_loss": "on"}, {"profit": "(50.000)"}])
def test_a_loss_is_a_profit_below_zero(browse, officer, tailoring, loss):
    assert send(browse(officer), tailoring, **loss).status_code == 302
    assert Visit.objects.get().profit == -50_000


def test_the_last_values_stand_beside_todays_and_known_items_are_asked_about_again(browse, officer, tailoring):
    browser, earlier = browse(officer), dates.today() - timedelta(days=90)
    send(
        browser,
        tailoring,
        visited_on=dates.long(earlier),
        turnover="1.600.000",
        bookkeeping="1",
        aid_1="Oven",
        aid_1_state="used",
    )
    page = unescape(browser.get(f"/usaha/{tailoring.pk}/kunjungan/").content.decode())
    assert f"Kunjungan lalu, {dates.short(earlier)}" in page
    assert "<b>Rp1.600.000</b>" in page
    assert "<b>Dicatat kadang-kadang</b>" in page
    assert 'name="aid_1" value="Oven"' in page


@pytest.mark.parametrize(
    ("left", "day", "is_refused"),
    [
        ({"left_on": date(2024, 5, 3)}, "2 Mei 2024", True),
        ({"left_on": date(2024, 5, 3)}, "3 Mei 2024", False),
        ({"left_on": date(2024, 12, 31), "left_precision": "year"}, "31 Desember 2023", True),
        ({"left_on": date(2024, 12, 31), "left_precision": "year"}, "1 Januari 2024", False),
    ],
)
def test_nobody_is_visited_before_going_home(send_from, left, day, is_refused):
    business, sent = send_from
    StayFactory(person=business.person, admitted_on=date(2022, 1, 1), **left)
    answer = sent(visited_on=day)
    assert answer.status_code == (422 if is_refused else 302)
    assert ("baru keluar dari UPT RSBD Pasuruan" in answer.content.decode()) is is_refused


def test_a_second_stay_is_no_time_for_visits_either(browse, officer, tailoring):
    StayFactory(person=tailoring.person, admitted_on=date(2018, 1, 1), left_on=date(2019, 1, 1))
    StayFactory(person=tailoring.person, admitted_on=date(2021, 1, 1), left_on=date(2022, 1, 1))
    assert send(browse(officer), tailoring, visited_on="1 Juni 2021").status_code == 422
    assert send(browse(officer), tailoring, visited_on="1 Juni 2020").status_code == 302
