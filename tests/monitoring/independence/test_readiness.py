"""The days that the database keeps say what the rule says, whatever was recorded and however much time goes by."""

import random
from datetime import timedelta

import pytest

from clients.models import Person
from grants.models import OtherAid
from monitoring.assessing import assess_from
from monitoring.independence.gathering import known_of
from monitoring.independence.lists import in_tab
from monitoring.independence.models import Readiness
from monitoring.independence.rule import Condition, findings
from monitoring.models import Business
from ppks.kit import dates
from ppks.regions.models import MinimumWage
from tests.factories import BusinessFactory, PersonFactory, SourceFactory, VisitFactory, moved
from tests.monitoring.independence.making import ago, agreement, household, make_ready, verified, visits
from tests.people import TUBAN

pytestmark = pytest.mark.django_db
AHEAD = (0, 1, 5, 30, 60, 100, 120, 150, 170, 180, 184, 190, 250, 400)


def by_the_rule(person: Person, day) -> set[str]:
    """The conditions that lack on a day, the home visit aside."""
    found = findings(known_of([person], on=day)[person.pk].evidence, on=day)
    return {one.condition.value for one in found if not one.holds} - {Condition.HOME_VISIT.value}


def by_the_days(person: Person, day) -> set[str]:
    kept = Readiness.objects.get(person=person)
    holds = {
        "business": kept.business_until >= day,
        "income": kept.income_until >= day,
        "aid": kept.aid_from <= day <= kept.aid_until,
        "agreement": kept.agreed_until >= day,
    }
    return {name for name, is_held in holds.items() if not is_held}


PROFITS = (None, 0, 900_000, 2_685_982, 2_685_983, 3_000_000)
OTHERS = (0, 743_253, 2_000_000)


def somebody(chance: random.Random) -> Person:
    """A former client about whom this and that was recorded, in any order."""
    person = moved(PersonFactory(), "register_former")
    business = BusinessFactory(person=person) if chance.random() < 0.95 else None
    acts = [_visited] * chance.randint(0, 5) + [_asked] * chance.randint(0, 2) + [_agreed] * chance.randint(0, 2)
    acts += [_aided] * (chance.random() < 0.3)
    chance.shuffle(acts)
    for act in acts:
        act(business or person, chance) if act == _visited else act(person, chance)
    return person


def _asked(person: Person, chance: random.Random) -> None:
    received = {"aid": "received", "aid_last_on": ago(chance.randint(200, 420))}
    aid = chance.choice(({"aid": "none"}, {"aid": "unknown"}, received))
    household(person, days=chance.randint(0, 200), size=chance.randint(1, 4), other=chance.choice(OTHERS), **aid)


def _agreed(person: Person, chance: random.Random) -> None:
    agreement(person, days=chance.randint(0, 200), agrees=chance.random() < 0.8)


def _aided(person: Person, chance: random.Random) -> None:
    day, year = {"given_on": ago(chance.randint(0, 500))}, {"year": chance.choice((2024, 2025, 2026))}
    when = chance.choice((day, year, {}))
    OtherAid.objects.create(person=person, programme="PKH", source=SourceFactory(list_date=ago(3)), cell="A1", **when)


def _visited(business: Business | Person, chance: random.Random) -> None:
    if isinstance(business, Person):
        return
    day, is_open = ago(chance.randint(0, 200)), chance.random() < 0.95
    told = {"profit": chance.choice(PROFITS), "turnover": chance.choice((4_000_000, 4_100_000, 5_000_000))}
    VisitFactory(business=business, visited_on=day, operating=is_open, **(told if is_open else {"turnover": None}))
    assess_from(business, day)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
def test_the_kept_days_mean_what_the_rule_says_today_and_later(seed):
    chance = random.Random(seed)
    people = [
        person for person in (somebody(chance) for _ in range(8)) if Readiness.objects.filter(person=person).exists()
    ]
    assert people

    for person in people:
        for ahead in AHEAD:
            day = dates.today() + timedelta(days=ahead)
            assert by_the_days(person, day) == by_the_rule(person, day), (person.name, ahead)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_tabs_hold_whom_the_rule_puts_there(seed):
    chance = random.Random(100 + seed)
    people = [somebody(chance) for _ in range(10)] + [make_ready()]
    for ahead in (0, 90, 179):
        day = dates.today() + timedelta(days=ahead)
        lacking = {person.pk: len(by_the_rule(person, day)) for person in people}
        for code, fits in (("siap", {0}), ("kurang-satu", {1}), ("belum", {2, 3, 4})):
            found = set(Person.objects.filter(in_tab(code, day)).values_list("pk", flat=True))
            assert found == {pk for pk, number in lacking.items() if number in fits}, (code, ahead)


def test_a_page_of_people_tells_of_each_what_it_tells_of_him_alone():
    people = [somebody(random.Random(seed)) for seed in range(6)] + [make_ready(), make_ready(region_id=TUBAN)]
    verified(people[-2])
    alone = {person.pk: known_of([person], on=dates.today())[person.pk] for person in people}

    assert known_of(people, on=dates.today()) == alone
    assert len({repr(known.evidence) for known in alone.values()}) == len(people)


def test_what_was_recorded_since_is_known_at_once(ngatini, tailoring):
    make_ready(ngatini)
    before = known_of([ngatini], on=dates.today())[ngatini.pk].evidence
    agreement(ngatini, days=0, agrees=False)
    household(ngatini, days=0, size=7)

    after = known_of([ngatini], on=dates.today())[ngatini.pk].evidence

    assert (before.agreement.agrees, after.agreement.agrees) == (True, False)
    assert (before.household.size, after.household.size) == (3, 7)


def test_whoever_is_not_asked_has_no_row_and_lacks_two_things_at_least():
    person = moved(PersonFactory(), "register_former")
    visits(BusinessFactory(person=person), 4_000_000, 4_000_000)

    assert not Readiness.objects.filter(person=person).exists()
    assert by_the_rule(person, dates.today()) == {"aid", "agreement"}


def test_a_new_minimum_wage_is_asked_for_at_once(ngatini, tailoring):
    make_ready(ngatini)
    assert by_the_days(ngatini, dates.today()) == set()

    MinimumWage.objects.filter(region=ngatini.region_id).update(amount=9_000_000)
    household(ngatini, days=9, size=9)

    assert by_the_days(ngatini, dates.today()) == by_the_rule(ngatini, dates.today()) == {"income"}


def test_a_person_who_moves_takes_readiness_along(ngatini, tailoring):
    make_ready(ngatini)

    Person.objects.filter(pk=ngatini.pk).update(region_id=3523)

    assert Readiness.objects.get(person=ngatini).region_id == 3523
