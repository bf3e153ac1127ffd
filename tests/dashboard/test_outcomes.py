"""Cohort curves, fit of skills and cost per independent person, equal to what was counted by hand, for every reach."""

from datetime import date

import pytest

from monitoring.models import Business
from ppks.dashboard.curves import growth_curves, independence_curves
from ppks.dashboard.figures import Figures
from ppks.kit import dates
from tests.crawling import Page
from tests.dashboard.making import NEXT, YEAR, business_of, declining, growing, recipient, rows_of
from tests.monitoring.independence.making import decided_ago
from tests.office import door, sql
from tests.people import BOJONEGORO, TUBAN, member
from tests.reports.making import seen

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cohort(world):
    """Of one year: four that grew, two that declined, one seen long before, one never; another of an unknown year."""
    for region in (BOJONEGORO, BOJONEGORO, BOJONEGORO, TUBAN):
        growing(region)
    declining(), declining(TUBAN)
    business_of(recipient(), (date(NEXT, 1, 10), 900_000), (date(NEXT, 2, 20), 950_000))
    business_of(recipient(TUBAN))
    business_of(recipient(year=None))


def test_growth_by_months_since_the_grant(cohort, province):
    assert rows_of(province, growth_curves, "growth_table") == {
        "Semua tahun, 6 bulan": ["8", "1", "–", "n < 5"],
        "Semua tahun, 12 bulan": ["8", "6", "4", "67%"],
        f"{YEAR}, 6 bulan": ["8", "1", "–", "n < 5"],
        f"{YEAR}, 12 bulan": ["8", "6", "4", "67%"],
    }


def test_the_sentence_says_of_how_many_something_is_known(cohort, province):
    with door(province):
        shown = growth_curves(Figures(province, dates.today()))
    assert shown["growth_sentence"] == "12 bulan sesudah hibah, 4 dari 6 usaha yang diketahui berkembang (67%)"
    assert [(one.label, one.last) for one in shown["growth_cohorts"]] == [("Semua", "67%"), (f"{YEAR}", "67%")]
    assert [len(one.curve.dots) for one in shown["growth_cohorts"]] == [1, 1]


def test_a_kab_kota_counts_its_own_and_says_no_share_of_fewer_than_five(cohort, stranger):
    assert rows_of(stranger, growth_curves, "growth_table")[f"{YEAR}, 12 bulan"] == ["3", "2", "1", "n < 5"]
    with door(stranger):
        shown = growth_curves(Figures(stranger, dates.today()))
    assert shown["growth_sentence"] == (
        "Belum ada lima usaha yang keadaannya diketahui pada bulan yang sama sesudah hibah"
    )
    assert all(not one.curve.dots for one in shown["growth_cohorts"])


def test_a_month_that_was_not_reached_on_the_day_is_not_told(cohort, province):
    told = rows_of(province, growth_curves, "growth_table", date(NEXT, 12, 30))
    assert set(told) == {"Semua tahun, 6 bulan", f"{YEAR}, 6 bulan"}


def test_what_a_later_visit_tells_of_the_month_counts(cohort, province):
    never = Business.objects.get(last_visit_on=None, person__past_grants__year=YEAR)
    for month, turnover in ((3, 1_000_000), (7, 1_200_000), (12, 1_300_000)):
        seen(never, date(NEXT, month, 1), turnover)
    assert rows_of(province, growth_curves, "growth_table")[f"{YEAR}, 12 bulan"] == ["8", "7", "5", "71%"]


def test_independence_by_months_since_the_grant(cohort, province):
    people = [business.person for business in Business.objects.filter(person__past_grants__year=YEAR).order_by("pk")]
    decided_ago(people[0], date(NEXT, 6, 1))
    decided_ago(people[1], date(NEXT, 9, 1))
    decided_ago(people[2], dates.today())

    assert rows_of(province, independence_curves, "mandiri_table") == {
        "Semua tahun, 6 bulan": ["8", "1", "13%"],
        "Semua tahun, 12 bulan": ["8", "2", "25%"],
        f"{YEAR}, 6 bulan": ["8", "1", "13%"],
        f"{YEAR}, 12 bulan": ["8", "2", "25%"],
    }


def test_the_sentence_also_says_where_the_curve_of_all_years_ends(cohort, province):
    person = Business.objects.filter(person__past_grants__year=YEAR).earliest("pk").person
    decided_ago(person, date(NEXT, 3, 1))
    sql("update independence_graduation set ended_on = %s", date(NEXT, 12, 1))

    with door(province):
        shown = independence_curves(Figures(province, dates.today()))

    assert shown["mandiri_sentence"] == (
        "6 bulan sesudah hibah, 1 dari 8 penerima hibah mandiri (13%); pada bulan ke-12, 0 dari 8 (0%)"
    )
    assert shown["mandiri_cohorts"][0].last == "0%"


def test_who_had_fallen_back_by_the_month_was_not_independent(cohort, province):
    person = Business.objects.filter(person__past_grants__year=YEAR).earliest("pk").person
    decided_ago(person, date(NEXT, 3, 1))
    sql("update independence_graduation set ended_on = %s", date(NEXT, 12, 1))

    assert rows_of(province, independence_curves, "mandiri_table")[f"{YEAR}, 6 bulan"] == ["8", "1", "13%"]
    assert rows_of(province, independence_curves, "mandiri_table")[f"{YEAR}, 12 bulan"] == ["8", "–", "0%"]


@pytest.mark.long
@pytest.mark.parametrize("who", ["provinsi", "kepala", "bojonegoro", "kadinsos.bojonegoro", "auditor"])
def test_every_role_gets_the_page_with_its_files(cohort, browse, who):
    browser = browse(member(who))
    page = browser.get("/dasbor/hasil/")
    assert page.status_code == 200
    files = [anchor.url for anchor in Page(page.content.decode()).anchors if "/gambar/" in anchor.url]
    assert len(files) == 8
    assert {browser.get(url).status_code for url in files} == {200}
