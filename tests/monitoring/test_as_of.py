"""Every page, list and file tells of one day: today without any tick, or an earlier one that the address asks for."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from monitoring.models import Business
from ppks.kit import dates
from tests.factories import visited


def ago(days: int) -> str:
    return (dates.today() - timedelta(days=days)).isoformat()


def states(day) -> list[str]:
    return list(Business.objects.as_of(day).values_list("state", flat=True))


@pytest.fixture
def declining(tailoring):
    """Three visits, the last one 20 days ago: known to be declining since the second, 60 days ago."""
    return visited(tailoring, 1_000_000, 800_000, 700_000, until=dates.today() - timedelta(days=20))


@pytest.fixture
def later(monkeypatch):
    """`later(days)` moves the clock of the application; nothing else runs."""
    real = timezone.now

    def move(days: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(days=days))

    return move


def rows_of(browser, path: str) -> list[list[str]]:
    answer = browser.get(path)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_an_earlier_day_is_read_from_what_had_been_assessed_until_then(declining):
    assert {days: states(dates.today() - timedelta(days=days)) for days in (0, 20, 59, 60, 61, 101)} == {
        0: ["declining"],
        20: ["declining"],
        59: ["declining"],
        60: ["declining"],
        61: ["unknown"],
        101: ["unknown"],
    }


def test_an_earlier_day_knows_only_the_visits_up_to_then(declining):
    seen = Business.objects.as_of(dates.today() - timedelta(days=30)).values_list("seen_on", "seen_turnover").get()
    assert seen == (dates.today() - timedelta(days=60), 800_000)
    assert Business.objects.as_of(dates.today() - timedelta(days=101)).never_visited().count() == 1


def test_a_list_of_an_earlier_day_says_so_and_so_does_its_file(declining, browse, province):
    browser = browse(province)
    path = f"/usaha/?keadaan=declining&per={ago(30)}"
    page = browser.get(path).content.decode()
    then = dates.long(dates.today() - timedelta(days=30))
    assert f"Keadaan per: {then}" in page
    assert "1–1 dari 1" in page
    assert "0 usaha cocok" in browser.get(f"/usaha/?keadaan=declining&per={ago(61)}").content.decode()
    assert len(rows_of(browser, f"/unduh/usaha.csv?keadaan=declining&per={ago(30)}")) == 1
    assert rows_of(browser, f"/unduh/usaha.csv?keadaan=declining&per={ago(61)}") == []
    assert f"per={ago(30)}" in page.split('class="pager"')[1]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ((dates.today() + timedelta(days=2)).isoformat(), "belum tiba"),
        ("kemarin", "tidak terbaca"),
        ("2026-02-30", "tidak ada di kalender"),
        ("1999-12-31", "Tidak ada catatan"),
    ],
)
@pytest.mark.parametrize("path", ["/usaha/", "/klien/", "/unduh/usaha.csv"])
def test_a_day_to_come_is_refused_with_a_sentence(browse, province, path, typed, sentence):
    answer = browse(province).get(path, {"per": typed})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_after_184_days_a_category_has_lapsed_on_page_list_and_file_without_any_tick(
    declining, browse, province, later
):
    browser = browse(province)
    assert "Tidak berkembang" in browser.get(f"/usaha/{declining.pk}/").content.decode()
    later(184 - 20)
    browser = browse(province)
    page = browser.get(f"/usaha/{declining.pk}/").content.decode()
    assert "status-unknown" in page
    assert "1–1 dari 1" in browser.get("/usaha/?keadaan=unknown").content.decode()
    assert "0 usaha cocok" in browser.get("/usaha/?keadaan=declining").content.decode()
    assert [row[6] for row in rows_of(browser, "/unduh/usaha.csv")] == ["Belum diketahui"]
    front = browser.get("/").content.decode()
    assert "Keadaan 1 usaha belum diketahui" in front
    assert "/usaha/?keadaan=declining" not in front


def test_a_businesss_page_tells_of_an_earlier_day_by_the_visits_until_then(browse, officer, declining):
    page = browse(officer).get(f"/usaha/{declining.pk}/?per={ago(61)}").content.decode()
    assert f"Keadaan per {dates.long(dates.today() - timedelta(days=61))}" in page
    assert "belum diketahui" in page
    assert "700.000" not in page  # the last visit, 20 days ago
    assert "Catat kunjungan" not in page


def test_a_businesss_page_of_an_earlier_day_says_what_the_list_of_that_day_says(browse, officer, declining):
    browser = browse(officer)
    listed = browser.get(f"/usaha/?per={ago(30)}").content.decode()
    assert f'href="/usaha/{declining.pk}/?per={ago(30)}"' in listed
    page = browser.get(f"/usaha/{declining.pk}/?per={ago(30)}").content.decode()
    assert "tidak berkembang" in page.partition("<h2")[0] + page.partition("h-keadaan")[2][:600]
    assert "800.000" in page
    assert "700.000" not in page


def test_a_businesss_page_knows_no_day_to_come(browse, officer, declining):
    assert browse(officer).get(f"/usaha/{declining.pk}/?per={ago(-1)}").status_code == 400
