"""More people than the list has, for trying the system at size: `demo --people N`."""

import random
from datetime import date, timedelta

from clients.models import Person, PersonStep
from monitoring.models import Business, Trade
from monitoring.scheduling import schedule_first
from ppks.accounts.models import User
from ppks.intake.demo.residents import FAMILY, GIVEN
from ppks.regions.models import District

BATCH = 2_000


def make_crowd(number: int, by: User, *, day: date, seed: int) -> None:
    """`number` former clients, each with a business without figures; needs an open door."""
    chance = random.Random(seed + 1)
    places = list(District.objects.values_list("pk", "region_id"))
    trades = list(Trade.objects.values_list("pk", flat=True))
    for start in range(0, number, BATCH):
        size = min(BATCH, number - start)
        people = Person.objects.bulk_create(_person(chance, places, day) for _ in range(size))
        PersonStep.objects.bulk_create(_registered(person, by, day) for person in people)
        businesses = [Business(person=person, trade_id=chance.choice(trades)) for person in people]
        schedule_first(Business.objects.bulk_create(businesses), on=day)


def _person(chance: random.Random, places: list[tuple[int, int]], day: date) -> Person:
    district, region = chance.choice(places)
    return Person(
        name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {chance.choice(FAMILY)}",
        sex=chance.choice(Person.Sex.values),
        birth_date=day - timedelta(days=chance.randint(18 * 365, 60 * 365)),
        district_id=district,
        region_id=region,
    )


def _registered(person: Person, by: User, day: date) -> PersonStep:
    return PersonStep(
        person=person,
        version=1,
        move="register_former",
        source="new",
        target="former_client",
        by=by,
        effective_on=day,
    )
