"""What can be closed, by whom and once: whole periods that are over, by the province, with figures that are their rows."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from grants.models import Entry
from monitoring.reports.closing import close
from monitoring.reports.models import Edition, EditionFigure, EditionMeasure
from monitoring.reports.periods import Period, parse
from monitoring.schedule import add_months
from ppks.kit import dates
from tests import granting
from tests.grants import crowd
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, TUBAN, member
from tests.reports.making import MONTH, closed, declining, growing, kept, shut, told

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
INSERT = """
    insert into reports_edition (first_on, last_on, by_id, number, reason, closed_at) values (%s, %s, %s, %s, %s, now())
"""


def test_what_is_closed_is_what_was_told(province):
    declining(TUBAN), shut(), growing()
    before = told(province)

    edition = closed()

    assert kept(edition, province) == before
    assert (edition.number, str(edition), edition.reason) == (1, f"{MONTH.label}, edisi 1", "")


def test_money_that_comes_later_leaves_the_closed_month_alone(province):
    call = granting.call(granting.allocation(amount=9 * granting.MILLION).line)
    (one,) = crowd.enacted(crowd.drafted(crowd.nominated(call, 1, [BOJONEGORO])))
    crowd.paid(one)
    sql("set constraints all immediate")
    sql("alter table grants_entry disable trigger user")
    sql("update grants_entry set posted_at = posted_at - interval '1 month'")
    sql("alter table grants_entry enable trigger user")
    before = told(province)
    assert (before["uang_ditetapkan"], before["uang_disalurkan"]) == (granting.MILLION, granting.MILLION)
    edition = closed()

    (other,) = crowd.enacted(crowd.drafted(crowd.nominated(call, 1, [BOJONEGORO])))
    crowd.paid(other)

    assert {code: value for code, value in kept(edition, province).items() if code.startswith("uang")} == {
        "uang_ditetapkan": granting.MILLION,
        "uang_disalurkan": granting.MILLION,
    }
    assert Entry.objects.count() == 4


def test_only_what_is_over_is_closed(province):
    running = Period(dates.today().replace(day=1), 1)
    with pytest.raises(ValidationError, match="belum berakhir"):
        closed(running)
    with door(province, write=True), refused("belum berakhir"):
        sql(INSERT, running.first, running.last, province.pk, 1, "")
    assert Edition.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (MONTH.first, MONTH.last - timedelta(days=1)),
        (MONTH.first + timedelta(days=1), MONTH.last),
        (dates.parse("01-02-2026"), dates.parse("30-04-2026")),
        (dates.parse("01-04-2025"), dates.parse("31-03-2026")),
    ],
)
def test_the_database_takes_whole_months_quarters_and_years_alone(province, first, last):
    with door(province, write=True), refused("bulan, triwulan atau tahun penuh"):
        sql(INSERT, first, last, province.pk, 1, "")


@pytest.mark.parametrize("number", [2, 3])
def test_the_database_numbers_editions_one_after_the_other(province, number):
    with door(province, write=True), refused("ditutup orang lain"):
        sql(INSERT, MONTH.first, MONTH.last, province.pk, number, "Ada yang terlambat")


@pytest.mark.parametrize("who", ["verifikator", "kepala", "bendahara"])
def test_the_database_lets_nobody_close_but_the_province(who):
    user = member(who)
    with door(user, write=True), refused("hanya ditutup staf provinsi"):
        sql(INSERT, MONTH.first, MONTH.last, user.pk, 1, "")


def test_nobody_closes_in_another_name(province):
    other = member("kepala")
    with door(province, write=True), refused("atas nama sendiri"):
        sql(INSERT, MONTH.first, MONTH.last, other.pk, 1, "")


def test_figures_that_are_not_their_rows_are_refused(province):
    with door(province, write=True), refused("Angka laporan tidak sama dengan barisnya"):
        sql(INSERT, MONTH.first, MONTH.last, province.pk, 1, "")
        edition = Edition.objects.get()
        told_as = {
            "heading": "Usaha",
            "label": "Semua usaha",
            "definition": "Semua.",
            "permission": "-",
            "is_sum": False,
        }
        EditionMeasure.objects.create(edition=edition, code="usaha_semua", **told_as)
        EditionFigure.objects.create(edition=edition, region_id=TUBAN, measure="usaha_semua", value=3)
        sql("set constraints all immediate")


def test_a_stale_check_page_closes_nothing(province):
    growing()
    with pytest.raises(ValidationError, match="Angkanya berubah"), door(province, write=True):
        close(MONTH, by=province, seen="0" * 64)
    assert Edition.objects.count() == 0


@pytest.mark.parametrize(
    "code", ["2026-13", "2026-tw5", "26-01", "2026-1", "", "laporan", "1999", "2026-tw0", "2026-00"]
)
def test_what_is_no_period_is_none(code):
    assert parse(code) is None


@pytest.mark.parametrize("code", ["2025", "2025-tw1", "2025-tw4", "2025-02", "2024-02", "2025-12"])
def test_a_period_reads_its_own_code(code):
    period = parse(code)
    assert period.code == code
    assert period.last + timedelta(days=1) == add_months(period.first, period.months)
