"""Former clients of the demo who never had a grant and are proposed for one: each with a small business."""

import random
from datetime import timedelta

from clients.lifecycle import LIFECYCLE
from clients.models import Person
from monitoring.models import Business, Trade
from monitoring.scheduling import schedule_first
from ppks.intake.demo.grant_office import Office
from ppks.intake.demo.residents import FAMILY, GIVEN
from ppks.kit.sealed import Sealed
from ppks.regions.models import District

SEED = 7


def make_applicants(office: Office, region: int, number: int) -> list[Person]:
    """So many people of that kab/kota, the same ones at every start; needs no open door."""
    chance, by = random.Random(SEED), office.user("bojonegoro")
    districts = list(District.objects.filter(region=region).order_by("pk"))
    trades = list(Trade.objects.current().order_by("pk"))
    with office.acting("bojonegoro"):
        people = [_person(office, chance, chance.choice(districts), n) for n in range(1, number + 1)]
        for person in people:
            LIFECYCLE.make("register_former", person, by=by)
        businesses = [Business.objects.create(person=person, trade=chance.choice(trades)) for person in people]
        schedule_first(businesses, on=office.day)
    return people


def _person(office: Office, chance: random.Random, district: District, number: int) -> Person:
    born = office.day - timedelta(days=chance.randint(24 * 365, 55 * 365))
    sex = chance.choice(Person.Sex.values)
    day = born.day + (40 if sex == Person.Sex.FEMALE else 0)
    nik = f"{district.code.replace('.', '')}{day:02}{born:%m%y}{number + 9000:04}"
    return Person.objects.create(
        name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
        sex=sex,
        birth_date=born,
        nik=Sealed(nik),
        nik_status=Person.NikStatus.PRESENT,
        district=district,
        region_id=district.region_id,
        address=f"Jalan Mawar {number}",
    )
