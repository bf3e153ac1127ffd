"""People on their way to independence, made as an office makes them, and history that only the owner may load."""

from datetime import date, timedelta
from typing import Any

from clients.models import Category, HouseholdFact, Person, PpksKind
from monitoring.assessing import assess_from
from monitoring.independence.models import Agreement, Graduation, GraduationStep, HomeVisit, Proposal
from monitoring.independence.proposing import decide, propose, verify
from monitoring.models import Business
from ppks.accounts.models import User
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, VisitFactory, moved
from tests.office import door, sql
from tests.people import member

FINDINGS = "Rumah dan usaha sesuai dengan usulan."
ENOUGH = 4_000_000  # profit a month, above every UMK but Surabaya's


def ago(days: int) -> date:
    return dates.today() - timedelta(days=days)


def visits(business: Business, *profits: int | None, apart: int = 60, until: int = 5) -> Business:
    """The business after visits so many days apart, the last one `until` days ago, each with its profit, assessed."""
    first = ago(until + apart * (len(profits) - 1))
    for number, profit in enumerate(profits):
        day = first + timedelta(days=apart * number)
        VisitFactory(business=business, visited_on=day, turnover=9_000_000, profit=profit, workers=1)
    assess_from(business, first)
    return business


def household(person: Person, *, days: int = 10, size: int = 3, other: int = 0, **aid: Any) -> HouseholdFact:
    told = {"aid": "none"} | aid
    return HouseholdFact.objects.create(
        person=person, as_of=ago(days), size=size, other_income=other, by=User.objects.system(), **told
    )


def agreement(person: Person, *, days: int = 10, agrees: bool = True) -> Agreement:
    return Agreement.objects.create(
        person=person, said_on=ago(days), agrees=agrees, way="written", by=User.objects.system()
    )


def make_ready(person: Person | None = None, **fields: Any) -> Person:
    """Somebody who lacks nothing but the home visit; a former client of Bojonegoro with an open kind."""
    person = person or moved(PersonFactory(**fields), "register_former")
    business = Business.objects.filter(person=person).first() or BusinessFactory(person=person)
    visits(business, ENOUGH, ENOUGH)
    household(person)
    agreement(person)
    Category.objects.create(person=person, kind=PpksKind.objects.first(), from_on=date(2008, 1, 1))
    return Person.objects.get(pk=person.pk)


def proposed(person: Person, *, by: str = "bojonegoro") -> Graduation:
    user = member(by)
    with door(user, write=True):
        return propose(person, by=user)


def verified(person: Person, *, by: str = "kadinsos.bojonegoro") -> Graduation:
    graduation, user = proposed(person), member(by)
    with door(user, write=True):
        verify(graduation, by=user, visited_on=dates.today(), met="Orangnya", findings=FINDINGS)
    return Graduation.objects.get(pk=graduation.pk)


def decided(person: Person) -> Graduation:
    graduation, head = verified(person), member("kepala")
    with door(head, write=True):
        decide(graduation, by=head)
    return Graduation.objects.get(pk=graduation.pk)


def decided_ago(person: Person, day: date) -> Graduation:
    """A decision of an earlier day, as the owner loads it: nobody else may date a step back."""
    graduation = Graduation.objects.create(person=person)
    for version, (move, source, target, who) in enumerate(HISTORY, 1):
        user = member(who)
        sql("select set_config('ppks.user', %s, true)", str(user.pk))
        if move == "propose":
            told = {"rule": 1, "inputs": {}, "reasons": [], "evidence_on": day}
            Proposal.objects.create(graduation=graduation, on=day, by=user, **told)
        if move == "verify":
            HomeVisit.objects.create(graduation=graduation, visited_on=day, met="Orangnya", findings=FINDINGS, by=user)
        GraduationStep.objects.create(
            graduation=graduation, version=version, move=move, source=source, target=target, by=user, effective_on=day
        )
    sql("select set_config('ppks.user', '', true)")
    return Graduation.objects.get(pk=graduation.pk)


HISTORY = (
    ("propose", "draft", "proposed", "bojonegoro"),
    ("verify", "proposed", "verified", "kadinsos.bojonegoro"),
    ("decide", "verified", "independent", "kepala"),
)
