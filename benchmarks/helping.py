"""Plans for every third business that needs help, as many again that are closed and measured, and who waits for one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.copying import refill
from benchmarks.filling import Crowd
from monitoring.plans.effect import Outcome
from monitoring.plans.models import Experience, ExperienceTally, HelpNeed, Plan, PlanAction, PlanCause, Suggestion
from monitoring.progress import Category
from monitoring.reference import Trade

PLANNED = 3  # every so many business in need has a plan
HOLDS = 183
CLOSED_FROM = 100_000_000  # keys of closed plans begin here


def fill_plans(cursor: Any, crowd: Crowd) -> None:
    """After the businesses; triggers are off, so what they keep is written, too."""
    helping = Helping(crowd)
    refill(
        cursor,
        {
            HelpNeed: helping.needs(),
            Plan: helping.plans(),
            PlanCause: helping.causes(),
            PlanAction: helping.actions(),
            Experience: helping.experiences(),
            ExperienceTally: (),
        },
    )
    cursor.execute("select plans_recount_experiences()")


class Helping:
    """By the number of the business, as everything in the crowd."""

    def __init__(self, crowd: Crowd):
        self.crowd = crowd
        self.groups = sorted(set(Trade.objects.values_list("group", flat=True)))
        self.suggestions = list(Suggestion.objects.values_list("pk", "obstacle__pk"))

    def _needing(self) -> Iterator[tuple[int, Any, str]]:
        for number in range(1, self.crowd.number + 1):
            last, state = self.crowd.last_visit(number)
            if last and state in Category.needs_help:
                yield number, last, state

    def needs(self) -> Iterator[dict[str, Any]]:
        for number, last, state in self._needing():
            until = None if state == Category.CLOSED else last + timedelta(days=HOLDS)
            yield {
                "business_id": number,
                "region_id": self.crowd.place(number)[1],
                "since": last,
                "until": until,
                "plan_id": number if number % PLANNED == 0 else None,
                "is_over": until is not None and until < self.crowd.today,
            }

    def plans(self) -> Iterator[dict[str, Any]]:
        for number, last, _ in self._needing():
            given = {
                "business_id": number,
                "region_id": self.crowd.place(number)[1],
                "goal": "Omzet naik lagi",
                "by_id": self.crowd.by,
            }
            if number % PLANNED == 0:
                due_on = self.crowd.today + timedelta(days=number % 90 - 20)
                yield given | {"id": number, "began_on": last, "next_due_on": due_on}
            if number % PLANNED == 1:
                ended = {
                    "status": "done",
                    "version": 1,
                    "ended_on": last,
                    "measured_on": last,
                    "outcome": self._outcome(number),
                }
                yield given | ended | {"id": CLOSED_FROM + number, "began_on": last - timedelta(days=HOLDS)}

    @staticmethod
    def _outcome(number: int) -> str:
        return (Outcome.BETTER, Outcome.SAME, Outcome.WORSE)[number % 3 if number % 5 else 0]

    def _of_plans(self) -> Iterator[tuple[int, int]]:
        for plan in self.plans():
            yield plan["id"], plan["business_id"]

    def causes(self) -> Iterator[dict[str, Any]]:
        for key, (plan, number) in enumerate(self._of_plans(), 1):
            yield {"id": key, "plan_id": plan, "obstacle_id": self._tried(number)[1]}

    def actions(self) -> Iterator[dict[str, Any]]:
        for key, (plan, number) in enumerate(self._of_plans(), 1):
            yield {
                "id": key,
                "plan_id": plan,
                "suggestion_id": self._tried(number)[0],
                "what": "Titip jual di tiga toko",
                "office": "Dinas Koperasi dan UKM",
                "due_on": self.crowd.today + timedelta(days=number % 90 - 20),
                "by_id": self.crowd.by,
                "status": "open" if plan < CLOSED_FROM else "done",
            }

    def _tried(self, number: int) -> tuple[int, int]:
        return self.suggestions[number % len(self.suggestions)]

    def experiences(self) -> Iterator[dict[str, Any]]:
        key = 0
        for plan in self.plans():
            if plan["id"] < CLOSED_FROM:
                continue
            suggestion, obstacle = self._tried(plan["business_id"])
            told = {
                "plan_id": plan["id"],
                "region_id": plan["region_id"],
                "group": self.groups[plan["business_id"] % len(self.groups)],
                "obstacle_id": obstacle,
                "outcome": plan["outcome"],
            }
            for tried in (None, suggestion):
                key += 1
                yield told | {"id": key, "suggestion_id": tried}
