"""What an officer types after a visit: stored once, assessed at once, refused in one clear sentence."""

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest

from monitoring.models import Assessment, Business, Visit
from ppks.kit import dates

pytestmark = pytest.mark.django_db

KEY = "0192f0c1-0000-7000-8000-000000000001"


def typed(**changes) -> dict[str, str]:
    honest = {"key": KEY, "visited_on": dates.long(dates.today()), "met": "owner", "operating": "ya", "turnover": "3.600.000"}
    return {name: value for name, value in (honest | changes).items() if value is not None}


def send(browser, business, **changes):
    return browser.post(f"/usaha/{business.pk}/kunjungan/", typed(**changes))


def test_a_visit_is_stored_with_everything_that_was_typed(browse, officer, tailoring):
    answer = send(browse(officer), tailoring, profit="Rp 1.200.000", workers="4", basis="book", note=" seragam sekolah ")
    assert (answer.status_code, answer.url) == (302, f"/usaha/{tailoring.pk}/")
    visit = Visit.objects.get()
    assert (visit.key, visit.business, visit.by_id, visit.region_id) == (UUID(KEY), tailoring, officer.pk, 3522)
    assert (visit.turnover, visit.profit, visit.workers, visit.basis) == (3_600_000, 1_200_000, 4, "book")
    assert (visit.visited_on, visit.met, visit.operating, visit.note) == (dates.today(), "owner", True, "seragam sekolah")


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
        ({"visited_on": dates.long(dates.today() + timedelta(days=1))}, "Tanggal kunjungan tidak boleh sesudah hari ini."),
        ({"visited_on": "08/26/2020"}, "hari"),
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
