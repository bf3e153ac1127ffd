"""What became of everybody in the benchmark, told by the person's number alone, so that every table says the same."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from monitoring.independence.workflow import Status
from monitoring.progress import Category

STATES = (Category.GROWING, Category.STEADY, Category.STAGNANT, Category.DECLINING, Category.CLOSED)
SHARES = (30, 34, 18, 12, 6)
FORGOTTEN = 0.15  # share of businesses whose last visit is too long ago to say how they are
NEVER_VISITED = 20  # every so many
OUT_OF = 200  # people, of whom six are independent, two proposed, and one fell back
INDEPENDENT = frozenset(range(7, 200, 33))
UNDER_WAY = frozenset({13, 113})
FELL_BACK = 29
STAGES = (Status.PROPOSED, Status.VERIFIED, Status.RETURNED)


@dataclass(frozen=True, slots=True)
class Spell:
    status: Status
    decided_on: date | None = None
    ended_on: date | None = None


def last_visit(number: int, today: date) -> tuple[date | None, Category]:
    """Its day and the state it left."""
    if number % NEVER_VISITED == 0:
        return None, Category.UNKNOWN
    chance = random.Random(number)
    ago = chance.randint(200, 400) if chance.random() < FORGOTTEN else chance.randint(0, 150)
    return today - timedelta(days=ago), chance.choices(STATES, SHARES)[0]


def spell(number: int, today: date) -> Spell | None:
    """The graduation of those who have one."""
    place, chance = number % OUT_OF, random.Random(-number)
    if place in INDEPENDENT:
        return Spell(Status.INDEPENDENT, today - timedelta(days=chance.randint(0, 1_000)))
    if place in UNDER_WAY:
        return Spell(chance.choice(STAGES))
    if place == FELL_BACK:
        ended_on = today - timedelta(days=chance.randint(0, 400))
        return Spell(Status.ENDED, ended_on - timedelta(days=chance.randint(30, 700)), ended_on)
    return None
