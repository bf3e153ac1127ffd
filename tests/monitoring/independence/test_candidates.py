"""Who may be proposed is known at once, whatever changes it: steps, proposals, businesses."""

import pytest

from clients.models import Person, PpksKind
from monitoring.independence.lists import numbers, readiness
from monitoring.independence.models import Graduation, Place, Readiness
from monitoring.independence.proposing import fall_back
from monitoring.independence.workflow import GRADUATION
from ppks.kit import dates
from ppks.kit.listing import Asked
from tests.factories import BusinessFactory, PersonFactory, moved
from tests.monitoring.independence.making import agreement, decided, household, make_ready, proposed
from tests.office import door, sql
from tests.people import member

pytestmark = pytest.mark.django_db
ON_THE_LIST = ("former_client", "independent")


def may_be_proposed(person: Person) -> bool:
    """As it is kept, after a look that where everybody stands is kept, too."""
    kept = {place.person_id: (place.is_independent, place.proposal, place.fell_back) for place in Place.objects.all()}
    assert kept == {
        someone.pk: _place(someone) for someone in Person.objects.filter(status__in=ON_THE_LIST, businesses__gt=0)
    }
    return Readiness.objects.get(person=person).is_candidate


def _place(person: Person) -> tuple[bool, str, bool]:
    spells = Graduation.objects.filter(person=person)
    is_independent = person.status == "independent"
    under_way = spells.open().values_list("status", flat=True).first() or ""
    return is_independent, under_way, not is_independent and spells.filter(status="ended").exists()


@pytest.fixture
def ready(ngatini, tailoring) -> Person:
    return make_ready(ngatini)


@pytest.mark.parametrize("move", ["lose_contact", "move_away", "die"])
def test_who_is_gone_may_not_until_he_is_back(ready, move):
    assert may_be_proposed(ready)
    assert not may_be_proposed(moved(ready, move))
    assert may_be_proposed(moved(Person.objects.get(pk=ready.pk), "return_as_former"))


def test_who_is_back_in_an_institution_may_not(ready):
    assert not may_be_proposed(moved(ready, "readmit"))
    assert may_be_proposed(moved(Person.objects.get(pk=ready.pk), "discharge"))


def test_who_is_proposed_may_not_until_it_is_withdrawn(ready, officer):
    graduation = proposed(ready)
    assert not may_be_proposed(ready)

    with door(officer, write=True):
        GRADUATION.make("withdraw", graduation, by=officer, note="Orangnya berubah pikiran.")
    assert may_be_proposed(ready)


def test_who_is_independent_may_not_until_a_relapse(ready, officer):
    graduation = decided(ready)
    assert not may_be_proposed(ready)

    with door(officer, write=True):
        fall_back(graduation, kind=PpksKind.objects.first(), reason="Usaha bangkrut.", by=officer)
    assert may_be_proposed(ready)


def test_nobody_without_a_business_may():
    person = moved(PersonFactory(), "register_former")
    household(person)
    agreement(person)
    assert not may_be_proposed(person)

    business = BusinessFactory(person=person)
    assert may_be_proposed(person)

    sql("delete from monitoring_duevisit where business_id = %s", business.pk)
    sql("delete from monitoring_skillfit where business_id = %s", business.pk)
    business.delete()
    assert not may_be_proposed(person)


def test_a_business_that_goes_takes_its_evidence_along(ready):
    second = BusinessFactory(person=ready)
    assert Readiness.objects.get(person=ready).business_until.year == 1

    sql("delete from monitoring_duevisit where business_id = %s", second.pk)
    sql("delete from monitoring_skillfit where business_id = %s", second.pk)
    second.delete()
    assert Readiness.objects.get(person=ready).business_until > dates.today()


def test_the_numbers_of_the_tabs_are_those_of_their_lists(ready):
    proposed(make_ready())
    moved(make_ready(), "lose_contact")
    user = member("provinsi")

    def listing(**codes: str):
        return readiness(Asked(user, codes), dates.today())

    with door(user):
        counts = numbers(listing())
        held = {code: listing(bagian=code).rows.count() for code in counts if code}

    assert {code: counts[code] for code in held} == held
    assert counts["siap"] == 1
    assert Graduation.objects.count() == 1
