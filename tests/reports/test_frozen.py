"""A closed report is frozen: figures and rows stay whatever is edited later, and nobody adds, changes or deletes."""

import pytest

from clients.models import Person
from monitoring.models import Business, Trade, Visit
from monitoring.reports.models import Edition, EditionFigure, EditionRow
from ppks.kit import dates
from tests.factories import VisitFactory
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, TUBAN, member
from tests.plans.helping import plan_for
from tests.reports.making import MONTH, closed, declining, former, growing, kept, on, seen, shut, stepped, told

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
INSERT = """
    insert into reports_edition (first_on, last_on, by_id, number, reason, closed_at) values (%s, %s, %s, %s, %s, now())
"""
TABLES = ("reports_edition", "reports_editionmeasure", "reports_editionfigure", "reports_editionrow")


@pytest.fixture(scope="module")
def closed_month(world) -> int:
    """Three businesses in two kab/kota, and a report of their month, closed."""
    declining(TUBAN), shut(), growing()
    return closed().pk


@pytest.fixture
def month(closed_month, db):
    return Edition.objects.get(pk=closed_month)


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


def test_a_revision_needs_a_reason_and_keeps_both(month, province):
    before = kept(month, province)
    late_visit()
    with door(province, write=True), refused("edition_revised_for_a_reason"):
        sql(INSERT, MONTH.first, MONTH.last, province.pk, 2, "")

    second = closed(reason="Kunjungan Tuban terlambat dikirim.")

    assert (second.number, second.reason) == (2, "Kunjungan Tuban terlambat dikirim.")
    assert kept(month, province) == before
    assert kept(second, province)["kunjungan_semua"] == before["kunjungan_semua"] + 1


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
