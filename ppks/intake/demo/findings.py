"""What the demo's visits found beside figures: obstacles, permits, aid items; and here and there a visit put right."""

import copy
import random
import uuid
from datetime import timedelta

from monitoring.models import Obstacle, Visit, VisitAid, VisitObstacle, VisitPermit

CORRECTED_EVERY = 150  # visits
OBSTACLES = {  # by fate, the likeliest first
    "steady": ("PASAR", "MODAL"),
    "stagnates": ("PASAR", "IZIN", "ALAT"),
    "declines": ("BAHAN_BAKU", "MODAL", "UTANG"),
    "closes": ("KESEHATAN", "KELUARGA"),
    "forgotten": ("LOKASI", "PESAING"),
}
HABITS = {"grows": (1, 3), "steady": (0, 2)}  # bookkeeping, from and to; the others (0, 1)
ITEMS = ("Mesin atau alat utama", "Bahan awal", "Etalase")
ENDS = (-40, 25, 400, 900)  # days from the visit to the end of a permit


def add_answers(visit: Visit, fate: str, chance: random.Random) -> None:
    """What a thorough officer asks too; for a visit not yet stored."""
    if not visit.operating:
        return
    visit.place = chance.choice((Visit.Place.BUSINESS, Visit.Place.HOME))
    visit.costs = visit.turnover - visit.profit if visit.profit is not None else None
    visit.bookkeeping = chance.randint(*HABITS.get(fate, (0, 1)))
    visit.market = chance.choice(Visit.Market.values[: 4 if fate == "grows" else 2])
    visit.has_online_sales = fate == "grows" and chance.random() < 0.5


def put_right(visits: list[Visit]) -> None:
    """Some of these visits, not yet stored, now replace another, stored here, whose turnover had a nought too many."""
    wrong = []
    for visit in visits[CORRECTED_EVERY // 2 :: CORRECTED_EVERY]:
        if visit.turnover:
            mistaken = copy.copy(visit)
            mistaken.key, mistaken.turnover, mistaken.costs = uuid.uuid4(), visit.turnover * 10, None
            wrong.append((mistaken, visit))
    Visit.objects.bulk_create([mistaken for mistaken, _ in wrong])
    for mistaken, visit in wrong:
        visit.replaces = mistaken


def make_findings(last_visits: list[tuple[Visit, Visit, str]], *, seed: int) -> None:
    """For the visit before the last and the last one of each business, stored already, with its fate."""
    chance = random.Random(seed + 2)
    by_code = {obstacle.code: obstacle for obstacle in Obstacle.objects.all()}
    obstacles: list[VisitObstacle] = []
    permits: list[VisitPermit] = []
    aids: list[VisitAid] = []
    for before, last, fate in last_visits:
        for visit in (before, last):
            codes = chance.sample(OBSTACLES.get(fate, ()), min(len(OBSTACLES.get(fate, ())), chance.randint(1, 2)))
            obstacles += [
                VisitObstacle(visit=visit, obstacle=by_code[code], severity=chance.randint(1, 3)) for code in codes
            ]
            permits += _permits(visit, fate, chance)
            aids += [VisitAid(visit=visit, name=name, state=_state(fate, chance)) for name in ITEMS]
    for rows in filter(None, (obstacles, permits, aids)):
        type(rows[0]).objects.bulk_create(rows, batch_size=1_000)


def _permits(visit: Visit, fate: str, chance: random.Random) -> list[VisitPermit]:
    held, pending, none = VisitPermit.State
    nib = chance.choice((held, held, pending, none) if fate == "grows" else (held, pending, none, none))
    pirt = chance.choice((held, pending, none, none))
    until = visit.visited_on + timedelta(days=chance.choice(ENDS)) if pirt == held else None
    return [
        VisitPermit(visit=visit, kind=VisitPermit.Kind.NIB, state=nib),
        VisitPermit(visit=visit, kind=VisitPermit.Kind.PIRT, state=pirt, valid_until=until),
    ]


def _state(fate: str, chance: random.Random) -> str:
    used = [VisitAid.State.USED] * (12 if fate in {"grows", "steady"} else 5)
    return chance.choice([*used, VisitAid.State.STORED, VisitAid.State.BROKEN, VisitAid.State.SOLD])
