"""A closed report is frozen: figures and rows stay whatever is edited later, and nobody adds, changes or deletes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from clients.models import Person
from grants.models import Entry
from monitoring.models import Business, DueVisit, Trade, Visit
from monitoring.reports.closing import close
from monitoring.reports.models import Edition, EditionFigure, EditionMeasure, EditionRow
from monitoring.reports.periods import Period, parse
from monitoring.schedule import add_months
from ppks.kit import dates
from tests import granting
from tests.factories import VisitFactory
from tests.grants import crowd
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, TUBAN, member
from tests.plans.helping import plan_for
from tests.reports.making import MONTH, closed, declining, former, growing, kept, on, seen, shut, stepped, told

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
TABLES = ("reports_edition", "reports_editionmeasure", "reports_editionfigure", "reports_editionrow")


@pytest.fixture
def month(province):
    """Three businesses in two kab/kota, and a report of their month, closed."""
    declining(TUBAN), shut(), growing()
    return closed()


def rows(edition: Edition) -> list[tuple]:
    return list(EditionRow.objects.filter(edition=edition).order_by("pk").values_list())


def late_visit() -> None:
    """Recorded after the report was closed, of a day of the month."""
    seen(Business.objects.get(region=TUBAN), on(25), 1_900_000)


def corrected_visit() -> None:
    wrong = Visit.objects.filter(visited_on=on(10)).get()
    VisitFactory(business=wrong.business, visited_on=on(10), turnover=100_000, replaces=wrong)


def moved_to_another_kab_kota() -> None:
    person = Business.objects.get(region=TUBAN).person
    Person.objects.filter(pk=person.pk).update(region=BOJONEGORO)
    Business.objects.filter(person=person).update(person=person)


def died_before_the_end() -> None:
    stepped(Business.objects.get(region=TUBAN).person, "die", on(2))


def renamed() -> None:
    Person.objects.filter(region=TUBAN).update(name="Nama Yang Dibetulkan", initials="NYD")


def merged() -> None:
    one, other = Person.objects.filter(region=BOJONEGORO).order_by("pk")[:2]
    Person.objects.filter(pk=other.pk).update(identity=one)


def another_trade() -> None:
    Business.objects.filter(region=TUBAN).update(trade=Trade.objects.get(code="JAHIT"))


def a_late_plan() -> None:
    plan_for(Business.objects.get(region=TUBAN), began=(dates.today() - on(5)).days)


def a_schedule_edited() -> None:
    DueVisit.objects.create(business=growing(TUBAN), due_on=on(9), opens_on=on(1), closed_on=None)


def new_people() -> None:
    former(TUBAN, since=on(8))


EDITS = (
    late_visit,
    corrected_visit,
    moved_to_another_kab_kota,
    died_before_the_end,
    renamed,
    merged,
    another_trade,
    a_late_plan,
    new_people,
)


def test_what_is_closed_is_what_was_told(province):
    declining(TUBAN), shut(), growing()
    before = told(province)

    edition = closed()

    assert kept(edition, province) == before
    assert (edition.number, str(edition), edition.reason) == (1, f"{MONTH.label}, edisi 1", "")


def test_every_frozen_figure_is_the_number_of_its_frozen_rows(month):
    figures = {(f.region_id, f.measure): f.value for f in EditionFigure.objects.filter(edition=month)}
    counted = {}
    for row in EditionRow.objects.filter(edition=month):
        counted[row.region_id, row.measure] = counted.get((row.region_id, row.measure), 0) + 1

    assert figures == counted
    assert len(figures) == 12


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_no_later_edit_alters_a_closed_report(month, province, officer, edit):
    figures, behind = kept(month, province), rows(month)
    of_officer = kept(month, officer)

    edit()

    assert kept(month, province) == figures
    assert kept(month, officer) == of_officer
    assert rows(month) == behind


@pytest.mark.parametrize(
    ("edit", "code", "values"),
    [
        (late_visit, "kunjungan_semua", (3, 4)),
        (died_before_the_end, "orang_eks", (3, 2)),
        (a_late_plan, "rencana_mulai", (0, 1)),
        (new_people, "langkah_catat", (0, 1)),
    ],
)
def test_the_live_figure_follows_the_edit(month, province, edit, code, values):
    edit()

    assert (kept(month, province).get(code, 0), told(province).get(code, 0)) == values


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


INSERT = """
    insert into reports_edition (first_on, last_on, by_id, number, reason, closed_at) values (%s, %s, %s, %s, %s, now())
"""


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


def test_a_revision_needs_a_reason_and_keeps_both(month, province):
    before = kept(month, province)
    late_visit()
    with door(province, write=True), refused("edition_revised_for_a_reason"):
        sql(INSERT, MONTH.first, MONTH.last, province.pk, 2, "")

    second = closed(reason="Kunjungan Tuban terlambat dikirim.")

    assert (second.number, second.reason) == (2, "Kunjungan Tuban terlambat dikirim.")
    assert kept(month, province) == before
    assert kept(second, province)["kunjungan_semua"] == before["kunjungan_semua"] + 1


@pytest.mark.parametrize("who", ["verifikator", "kepala", "bendahara"])
def test_the_database_lets_nobody_close_but_the_province(who):
    user = member(who)
    with door(user, write=True), refused("hanya ditutup staf provinsi"):
        sql(INSERT, MONTH.first, MONTH.last, user.pk, 1, "")


def test_nobody_closes_in_another_name(province):
    other = member("kepala")
    with door(province, write=True), refused("atas nama sendiri"):
        sql(INSERT, MONTH.first, MONTH.last, other.pk, 1, "")


@pytest.mark.parametrize("who", ["bojonegoro", "kadinsos.bojonegoro", "auditor", "upt", "mitra"])
def test_other_database_roles_add_nothing(month, who):
    user = member(who)
    for table in TABLES:
        with door(user, write=True), refused("permission denied"):
            sql(f"insert into {table} default values")


@pytest.mark.parametrize("who", ["provinsi", "kepala", "bojonegoro", "auditor"])
@pytest.mark.parametrize("table", TABLES)
def test_no_role_changes_or_deletes_by_sql(month, who, table):
    user = member(who)
    for statement in (f"update {table} set edition_id = 1", f"delete from {table}"):
        changed = statement.replace("edition_id = 1", "number = 9") if table == "reports_edition" else statement
        with door(user, write=True), refused("permission denied"):
            sql(changed)


@pytest.mark.parametrize("table", TABLES)
def test_not_even_the_owner_changes_or_deletes(month, table):
    column = "reason = 'x'" if table == "reports_edition" else "id = id"
    for statement in (f"update {table} set {column}", f"delete from {table}"):
        with refused("tidak dapat diubah atau dihapus"):
            sql(statement)


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
