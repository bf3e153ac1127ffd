"""On the way to independence: what every third household told, who agrees, and the graduations with their steps."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks import fates
from benchmarks.copying import refill
from benchmarks.filling import Crowd
from clients.models import HouseholdFact
from monitoring.independence.models import Agreement, Graduation, GraduationStep
from monitoring.independence.workflow import Status

ASKED = 3  # every so many households were asked
OLDEST = 400  # days ago
MOVES = {  # which steps a graduation took to its status
    Status.PROPOSED: ("propose",),
    Status.VERIFIED: ("propose", "verify"),
    Status.RETURNED: ("propose", "return"),
    Status.INDEPENDENT: ("propose", "verify", "decide"),
    Status.ENDED: ("propose", "verify", "decide", "relapse"),
}
LEADS_TO = {
    "propose": Status.PROPOSED,
    "verify": Status.VERIFIED,
    "return": Status.RETURNED,
    "decide": Status.INDEPENDENT,
    "relapse": Status.ENDED,
}


def fill_independence(cursor: Any, crowd: Crowd) -> None:
    """After the visits: the database reckons from them until when each condition holds, as its triggers would."""
    facts = Facts(crowd)
    refill(
        cursor,
        {
            HouseholdFact: facts.households(),
            Agreement: facts.agreements(),
            Graduation: facts.graduations(),
            GraduationStep: facts.steps(),
        },
    )
    cursor.execute("truncate independence_readiness, independence_place")
    cursor.execute("analyze")
    cursor.execute("select independence_reconsider(array(select id from clients_person))")
    cursor.execute("select count(independence_refresh(person_id, true)) from clients_householdfact")


class Facts:
    """By the number of the person, as everything in the crowd."""

    def __init__(self, crowd: Crowd):
        self.crowd = crowd

    def _asked(self, table: str) -> Iterator[tuple[int, random.Random]]:
        chance = random.Random(f"{self.crowd.seed} {table}")
        return ((number, chance) for number in range(ASKED, self.crowd.number + 1, ASKED))

    def households(self) -> Iterator[dict[str, Any]]:
        for key, (number, chance) in enumerate(self._asked("households"), 1):
            as_of = self.crowd.today - timedelta(days=chance.randint(0, OLDEST))
            aid = chance.choices(HouseholdFact.Aid.values, (60, 30, 10))[0]
            is_aided = aid == HouseholdFact.Aid.RECEIVED
            yield {
                "id": key,
                "person_id": number,
                "as_of": as_of,
                "size": chance.randint(1, 6),
                "other_income": chance.randrange(0, 5_000_000, 50_000),
                "aid": aid,
                "aid_last_on": as_of - timedelta(days=chance.randint(0, 600)) if is_aided else None,
                "by_id": self.crowd.by,
            }

    def agreements(self) -> Iterator[dict[str, Any]]:
        for key, (number, chance) in enumerate(self._asked("agreements"), 1):
            yield {
                "id": key,
                "person_id": number,
                "said_on": self.crowd.today - timedelta(days=chance.randint(0, OLDEST)),
                "agrees": chance.random() < 0.8,
                "way": Agreement.Way.WRITTEN,
                "by_id": self.crowd.by,
            }

    def graduations(self) -> Iterator[dict[str, Any]]:
        for number, spell in self.crowd.spells():
            yield {
                "id": number,
                "person_id": number,
                "region_id": self.crowd.place(number)[1],
                "status": spell.status,
                "version": len(MOVES[spell.status]),
                "decided_on": spell.decided_on,
                "ended_on": spell.ended_on,
            }

    def steps(self) -> Iterator[dict[str, Any]]:
        key = 0
        for number, spell in self.crowd.spells():
            source = Status.DRAFT
            for version, move in enumerate(MOVES[spell.status], 1):
                key += 1
                target = LEADS_TO[move]
                yield {
                    "id": key,
                    "graduation_id": number,
                    "version": version,
                    "move": move,
                    "source": source,
                    "target": target,
                    "by_id": self.crowd.by,
                    "effective_on": self._day(spell, target),
                    "note": "" if move in ("propose", "verify", "decide") else "Menunggu bukti.",
                }
                source = target

    def _day(self, spell: fates.Spell, target: Status) -> Any:
        if target == Status.ENDED:
            return spell.ended_on
        return spell.decided_on or self.crowd.today - timedelta(days=20)
