"""Rows: the policies say who reaches what, `visible_to` says the same, and no write leaves one's reach."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from clients.models import Category, ConsentWithdrawal, Disability, DisabilityKind, Person, PpksKind, Stay
from monitoring.models import Business, Obstacle, Visit, VisitAid, VisitObstacle, VisitPermit, VisitPhoto
from ppks.kit import dates
from ppks.kit.rows import ScopedQuerySet
from ppks.regions.models import Institution
from tests.factories import (
    BusinessFactory,
    ConsentFactory,
    ListedFigureFactory,
    PastGrantFactory,
    PersonFactory,
    StayFactory,
    VisitFactory,
    visited,
)
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, CAST, LAMONGAN, OTHER_UPT, TUBAN, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

SCOPED = [model for model in apps.get_models() if isinstance(model._default_manager.all(), ScopedQuerySet)]
TRIED = {
    "Assessment",
    "Business",
    "Category",
    "Consent",
    "ConsentWithdrawal",
    "Disability",
    "ListedFigure",
    "PastGrant",
    "Person",
    "PersonStep",
    "Source",
    "Stay",
    "Visit",
    "VisitAid",
    "VisitObstacle",
    "VisitPermit",
    "VisitPhoto",
}  # with a row of Bojonegoro and one of Tuban each; the others are compared too, if only with no row


@pytest.fixture
def facts(ngatini, marsinah, tailoring, fishery):
    """Rows of every kind about one person of Bojonegoro and one of Tuban, who each stay in another UPT."""
    other = Institution.objects.get(code=OTHER_UPT)
    StayFactory(person=ngatini)
    StayFactory(person=marsinah, institution=other)
    for business in (tailoring, fishery):
        person = business.person
        visited(business, 1_000_000, 1_200_000)
        ListedFigureFactory(business=business)
        PastGrantFactory(person=person)
        Category.objects.create(person=person, kind=PpksKind.objects.first())
        given = ConsentFactory(person=person)
        ConsentWithdrawal.objects.create(consent=given, withdrawn_on=dates.today(), reason="Diminta", by=given.by)
        Disability.objects.create(person=person, kind=DisabilityKind.objects.first())
        visit = Visit.objects.filter(business=business).first()
        VisitAid.objects.create(visit=visit, name="Mesin jahit", state=VisitAid.State.USED)
        VisitObstacle.objects.create(visit=visit, obstacle=Obstacle.objects.first(), severity=1)
        VisitPermit.objects.create(visit=visit, kind=VisitPermit.Kind.NIB, state=VisitPermit.State.HELD)
        VisitPhoto.objects.create(visit=visit, name=f"{visit.pk}.jpg", width=800, height=600)


def rows_in_reach(user, queryset) -> list[int]:
    """What this user gets from a query, as PostgreSQL answers in his role; nothing where he may not even ask."""
    with door(user):
        try:
            with transaction.atomic():
                return sorted(queryset.order_by("pk").values_list("pk", flat=True))
        except DatabaseError:
            return []


@pytest.mark.parametrize("username", CAST)
def test_visible_to_gives_exactly_the_rows_that_the_policies_let_through(facts, username):
    user = member(username)

    asked = {model.__name__: rows_in_reach(user, model.objects.visible_to(user)) for model in SCOPED}
    let_through = {model.__name__: rows_in_reach(user, model.objects.all()) for model in SCOPED}

    assert asked == let_through


@pytest.mark.parametrize("username", ["bojonegoro", "kadinsos.bojonegoro", "upt"])
def test_visible_to_alone_keeps_the_stranger_out_even_without_policies(facts, marsinah, fishery, username):
    user = member(username)

    assert marsinah not in Person.objects.visible_to(user)
    assert fishery not in Business.objects.visible_to(user)


def test_the_kinds_of_rows_named_above_have_been_tried(facts, province, officer):
    tried = {model.__name__: rows_in_reach(province, model.objects.all()) for model in SCOPED}
    own = {model.__name__: rows_in_reach(officer, model.objects.all()) for model in SCOPED}

    assert {name for name in TRIED if not tried[name]} == set()
    assert {name for name in TRIED - {"Source"} if not 0 < len(own[name]) < len(tried[name])} == set()


def test_the_officer_adds_people_in_his_own_region_only(officer):
    with door(officer, write=True):
        Person.objects.create(name="Siti", region_id=BOJONEGORO)
        with refused("row-level security"):
            Person.objects.create(name="Siti", region_id=TUBAN)


def test_the_officer_cannot_move_a_person_out_of_his_reach(ngatini, officer):
    with door(officer, write=True), refused("row-level security"):
        Person.objects.update(region_id=TUBAN)


def test_an_update_of_everybody_touches_only_ones_own(ngatini, marsinah, officer):
    with door(officer, write=True):
        touched = sql("update clients_person set note = 'diubah'")

    assert touched == 1
    assert Person.objects.get(pk=marsinah.pk).note == ""


@pytest.mark.parametrize("username", ["bojonegoro", "provinsi"])
def test_nobody_deletes_a_person(ngatini, username):
    with door(member(username), write=True), refused("permission denied"):
        sql("delete from clients_person")


def test_a_fact_cannot_be_hung_on_a_person_out_of_reach(marsinah, fishery, officer):
    today = dates.today()

    with door(officer, write=True):
        for hang in (
            lambda: Stay.objects.create(person=marsinah, institution_as_written="UPT lama"),
            lambda: Business.objects.create(person=marsinah, region_id=BOJONEGORO),
            lambda: Visit.objects.create(
                business=fishery, region_id=BOJONEGORO, visited_on=today, met="owner", operating=True, by=officer
            ),
        ):
            with refused("row-level security"):
                hang()


def test_a_business_and_its_visits_carry_the_region_of_the_person(ngatini):
    business = BusinessFactory(person=ngatini, region_id=LAMONGAN)

    assert (business.region_id, VisitFactory(business=business).region_id) == (BOJONEGORO, BOJONEGORO)


def test_a_nik_registered_elsewhere_says_nothing_about_its_person(marsinah, officer):
    with door(officer, write=True), refused("person_nik_once") as refusal:
        Person.objects.create(name="Siti", region_id=BOJONEGORO, nik="3523026304800003", nik_status="ada")

    cause = refusal.value.__cause__.diag
    assert (cause.constraint_name, cause.message_detail) == ("person_nik_once", None)


def test_an_upsert_cannot_reach_the_row_of_another_region(marsinah, officer):
    siti = Person(name="Siti", region_id=BOJONEGORO, nik="3523026304800003", nik_status="ada")

    with door(officer, write=True), refused("row-level security"):
        Person.objects.bulk_create([siti], update_conflicts=True, unique_fields=["nik_index"], update_fields=["name"])


def test_a_unit_sees_its_people_until_six_months_after_they_left(upt_officer):
    today = dates.today()
    last_day, day_after = (PersonFactory(name=name) for name in ("Masih Terlihat", "Sudah Lewat"))
    StayFactory(person=last_day, left_on=today - timedelta(days=183))
    StayFactory(person=day_after, left_on=today - timedelta(days=184))

    assert rows_in_reach(upt_officer, Person.objects.all()) == [last_day.pk]


def test_a_unit_sees_nobody_of_another_unit(ngatini, upt_officer):
    StayFactory(person=ngatini, institution=Institution.objects.get(code=OTHER_UPT))

    assert rows_in_reach(upt_officer, Person.objects.all()) == []


def test_a_role_that_may_not_read_names_gets_people_in_the_order_of_their_keys(ngatini, marsinah, auditor):
    with door(auditor):
        assert list(Person.objects.visible_to(auditor)) == [ngatini, marsinah]
