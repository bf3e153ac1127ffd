"""People who live in a UPT now, and some who went home lately: what the list of recipients cannot show."""

import random
from datetime import date, timedelta

from clients.lifecycle import LIFECYCLE
from clients.models import Person, Stay
from ppks.accounts.models import User
from ppks.kit.sealed import Sealed
from ppks.regions.models import District, Institution

GIVEN = ("Agus", "Bunga", "Candra", "Dewi", "Eka", "Fajar", "Gita", "Hasan", "Indah", "Joko", "Kartika", "Lukman")
FAMILY = ("Prasetyo", "Lestari", "Nugroho", "Anggraeni", "Setiawan", "Maharani", "Hidayatullah", "Permatasari")
EACH = 3  # residents a unit, and as many again who left within six months in the demo's own unit


def make_residents(by: User, *, day: date, seed: int, own_unit: str) -> int:
    """Needs an open door, since moves are made in `by`'s name; returns how many people."""
    chance = random.Random(seed)
    districts = list(District.objects.order_by("pk"))
    units = Institution.objects.filter(confidence="high").order_by("pk")
    made = 0
    for unit in units:
        for number in range(EACH * 2 if unit.code == own_unit else EACH):
            person = _person(chance, chance.choice(districts), day, made)
            admitted = day - timedelta(days=chance.randint(200, 500))
            left = day - timedelta(days=chance.randint(5, 120)) if number >= EACH else None
            Stay.objects.create(person=person, institution=unit, admitted_on=admitted, left_on=left)
            LIFECYCLE.make("admit", person, by=by, effective_on=admitted)
            if left:
                LIFECYCLE.make("discharge", person, by=by, effective_on=left)
            made += 1
    return made


def _person(chance: random.Random, district: District, day: date, number: int) -> Person:
    sex = chance.choice(Person.Sex.values)
    born = day - timedelta(days=chance.randint(18 * 365, 45 * 365))
    day_of_birth = born.day + (40 if sex == Person.Sex.FEMALE else 0)
    nik = f"{district.pk:06}{day_of_birth:02}{born:%m%y}{9000 + number:04}"
    person = Person.objects.create(
        name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}",
        nik=Sealed(nik),
        nik_status=Person.NikStatus.PRESENT,
        sex=sex,
        birth_date=born,
        district=district,
        region_id=district.region_id,
    )
    person.refresh_from_db()
    return person
