"""Moves: a status changes only through a step that the table permits, whoever tries and by whatever way."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from clients.lifecycle import LIFECYCLE, Status
from clients.models import Person, PersonStep
from ppks.kit import dates
from tests.factories import PersonFactory, moved
from tests.office import door, refused, sql
from tests.people import BOJONEGORO

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.planted"), pytest.mark.database_sensitive]

TODAY = dates.today()
NOTE = "Menurut surat keterangan desa."


@pytest.fixture
def newcomer(db):
    return PersonFactory(name="Sulastri")


def step(person: Person, by, **fields) -> PersonStep:
    """A step written past the workflow: born → former client unless `fields` say otherwise."""
    usual = {"version": 1, "move": "register_former", "source": "new", "target": "former_client"}
    return PersonStep.objects.create(person=person, by=by, effective_on=dates.today(), **usual | fields)


def test_a_move_changes_the_status_and_leaves_a_step(newcomer, officer):
    day = dates.today() - timedelta(days=10)

    with door(officer, write=True):
        LIFECYCLE.make("admit", newcomer, by=officer, note=f" {NOTE} ", effective_on=day)

    told = PersonStep.objects.get()
    assert (newcomer.status, newcomer.version) == (Status.CLIENT, 1)
    assert (told.version, told.move, told.source, told.target) == (1, "admit", "new", "client")
    assert (told.by, told.note, told.effective_on, told.region_id) == (officer, NOTE, day, BOJONEGORO)


def test_a_move_that_is_not_in_the_table_does_not_exist(newcomer, officer):
    with door(officer, write=True), pytest.raises(KeyError):
        LIFECYCLE.make("promote", newcomer, by=officer)


def test_a_move_needs_its_permission(newcomer, regional_head):
    with door(regional_head, write=True), pytest.raises(PermissionDenied):
        LIFECYCLE.make("admit", newcomer, by=regional_head)


def test_a_person_out_of_reach_cannot_be_moved(newcomer, stranger):
    with door(stranger, write=True), pytest.raises(Person.DoesNotExist):
        LIFECYCLE.make("admit", newcomer, by=stranger)


@pytest.mark.parametrize(
    ("move", "more", "sentence"),
    [
        ("readmit", {"note": NOTE}, "“Kembali ke UPT” tidak terbuka dari keadaan “Baru dicatat”. Muat ulang halaman."),
        ("die", {"note": NOTE}, "“Meninggal” tidak terbuka dari keadaan “Baru dicatat”. Muat ulang halaman."),
        (
            "admit",
            {"effective_on": dates.today() + timedelta(days=2)},
            "Tanggal berlaku tidak boleh sesudah hari ini.",
        ),
    ],
)
def test_a_closed_move_says_why(newcomer, officer, move, more, sentence):
    with door(officer, write=True), pytest.raises(ValidationError) as refusal:
        LIFECYCLE.make(move, newcomer, by=officer, **more)

    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize("note", ["", "   "])
def test_a_move_that_needs_a_note_is_not_made_without_one(newcomer, officer, note):
    person = moved(newcomer, "admit")

    with door(officer, write=True), pytest.raises(ValidationError, match="Tulis alasan untuk “Meninggal”"):
        LIFECYCLE.make("die", person, by=officer, note=note)


def test_offers_are_the_moves_of_the_status_with_the_reasons_against_them(newcomer, officer):
    lost = moved(newcomer, "register_former", "lose_contact")

    with door(officer):
        offers = {offer.move.name: offer.reasons for offer in LIFECYCLE.offers(officer, lost)}

    assert offers == {
        "return_as_client": ["Sebelumnya orang ini bukan klien."],
        "return_as_former": [],
        "return_as_independent": ["Sebelumnya orang ini bukan mandiri."],
    }


def test_who_may_not_move_is_offered_nothing(newcomer, regional_head):
    assert LIFECYCLE.offers(regional_head, newcomer) == []


@pytest.mark.parametrize("trick", [{}, {"ignore": "1"}], ids=["plain", "with pgtrigger.ignore"])
def test_raw_sql_in_the_apps_role_cannot_change_a_status(ngatini, browse, officer, trick):
    with refused("status_needs_a_step|Keadaan berubah hanya melalui langkah"):
        browse(officer).post("/raw_status", trick)

    assert Person.objects.get().status == Status.FORMER_CLIENT


def test_not_even_the_owner_changes_a_status_in_passing(ngatini):
    with refused("Keadaan berubah hanya melalui langkah"):
        Person.objects.update(status=Status.DECEASED, version=2)


@pytest.mark.parametrize("fields", [{"status": "client"}, {"version": 7}, {"status": "client", "version": 2}])
def test_a_status_and_its_version_move_together_with_a_step_or_not_at_all(ngatini, officer, fields):
    with door(officer, write=True), refused("Keadaan berubah hanya melalui langkah"):
        Person.objects.update(**fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"move": "die", "target": "deceased", "note": NOTE}, "person_step_in_table"),
        ({"move": "discharge", "source": "client"}, "step_is_stale"),
        ({"version": 2}, "step_is_stale"),
    ],
    ids=["a move the table lacks", "from a status that does not hold", "with a version that is not the next"],
)
def test_a_forged_step_is_refused(newcomer, officer, fields, constraint):
    with door(officer, write=True), refused() as refusal:
        step(newcomer, officer, **fields)

    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_a_step_without_the_note_it_needs_is_refused(newcomer, officer):
    person = moved(newcomer, "admit")

    with door(officer, write=True), refused("person_step_has_its_note"):
        step(person, officer, version=2, move="die", source="client", target="deceased")


def test_nobody_steps_in_anothers_name(newcomer, officer, province):
    with door(officer, write=True), refused("atas nama sendiri"):
        step(newcomer, province)


def test_outside_every_door_nobody_steps_at_all(newcomer, officer):
    with refused("atas nama sendiri"):
        step(newcomer, officer)


def test_two_steps_cannot_be_the_same_version(ngatini, officer):
    with door(officer, write=True), refused("person_step_one_per_version"):
        step(ngatini, officer)


def steps(*told: tuple[Person, int, str, str, str], by) -> None:
    """So many steps in one statement: person, version, move, source, target."""
    PersonStep.objects.bulk_create(
        PersonStep(person=who, version=version, move=move, source=source, target=target, by=by, effective_on=TODAY)
        for who, version, move, source, target in told
    )


def test_all_steps_of_a_statement_move_their_subjects_in_the_order_of_versions(newcomer, officer):
    other = PersonFactory()
    with door(officer, write=True):
        steps(
            (newcomer, 2, "discharge", "client", "former_client"),
            (other, 1, "register_former", "new", "former_client"),
            (newcomer, 1, "admit", "new", "client"),
            by=officer,
        )

    newcomer.refresh_from_db()
    other.refresh_from_db()
    assert [(who.status, who.version) for who in (newcomer, other)] == [("former_client", 2), ("former_client", 1)]
    kept = (
        "select status, version from clients_personevent where pgh_obj_id = %s and pgh_label = 'update' order by pgh_id"
    )
    assert sql(kept, newcomer.pk) == [("client", 1), ("former_client", 2)]


@pytest.mark.parametrize(("source", "version"), [("client", 1), ("new", 2)])
def test_one_stale_step_stops_all_of_its_statement(newcomer, officer, source, version):
    move = ("register_former", "new") if source == "new" else ("discharge", "client")
    with door(officer, write=True), refused() as refusal:
        steps(
            (PersonFactory(), 1, "register_former", "new", "former_client"),
            (newcomer, version, *move, "former_client"),
            by=officer,
        )

    assert refusal.value.__cause__.diag.constraint_name == "step_is_stale"


def test_everybody_is_born_new_whatever_is_said(officer):
    with door(officer, write=True):
        born = Person.objects.create(name="Siti", region_id=BOJONEGORO, status=Status.DECEASED, version=9)
        born.refresh_from_db()

    assert (born.status, born.version) == (Status.NEW, 0)


def born_by_a_list(status: str, version: int) -> Person:
    sql("select set_config('ppks.source', '1', true)")
    born = Person.objects.create(name="Siti", region_id=BOJONEGORO, status=status, version=version)
    sql("select set_config('ppks.source', '', true)")
    born.refresh_from_db()
    return born


def test_a_list_may_make_somebody_in_the_status_of_the_first_step(officer):
    with door(officer, write=True):
        born = born_by_a_list(Status.FORMER_CLIENT, 1)
        step(born, officer)

    born.refresh_from_db()
    assert (born.status, born.version) == (Status.FORMER_CLIENT, 1)
    assert born.steps.count() == 1


def test_nobody_stays_in_a_status_whose_step_was_never_written(officer):
    with door(officer, write=True), refused("langkah yang tercatat"):
        born_by_a_list(Status.FORMER_CLIENT, 1)
        sql("set constraints all immediate")


def test_nobody_stays_in_another_status_than_that_of_the_first_step(officer):
    with door(officer, write=True), refused("Sudah diubah orang lain"):
        step(born_by_a_list(Status.INDEPENDENT, 1), officer)


def test_also_a_list_makes_nobody_who_has_more_than_his_first_step(officer):
    with door(officer, write=True):
        born = born_by_a_list(Status.FORMER_CLIENT, 2)

    assert (born.status, born.version) == (Status.NEW, 0)


def test_saving_other_fields_leaves_the_status_alone(ngatini, officer):
    ngatini.note = "lengkap"

    with door(officer, write=True):
        ngatini.save()

    assert Person.objects.get().note == "lengkap"


def test_the_steps_tell_the_status_of_any_past_day(newcomer, officer):
    today = dates.today()
    with door(officer, write=True):
        LIFECYCLE.make("admit", newcomer, by=officer, effective_on=today - timedelta(days=100))
        LIFECYCLE.make("discharge", newcomer, by=officer, effective_on=today - timedelta(days=10))

    days_ago = {n: Person.objects.with_status_on(today - timedelta(days=n)).get().status_on for n in (101, 100, 10, 0)}

    assert days_ago == {101: None, 100: "client", 10: "former_client", 0: "former_client"}


def test_history_names_who_changed_the_person_and_on_which_page(newcomer, browse, officer):
    browse(officer).post(f"/klien/{newcomer.pk}/langkah/admit/")

    label, context = sql("select pgh_label, pgh_context from clients_personevent order by pgh_id desc limit 1")[0]
    assert (label, context) == ("update", f'{{"user": {officer.pk}, "view": "person_move"}}')
