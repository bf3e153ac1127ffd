"""Businesses that need help, and plans for them, as tests need them."""

from datetime import date, timedelta
from typing import Any

from monitoring.assessing import assess_from
from monitoring.models import Business, Obstacle, VisitObstacle
from monitoring.plans.models import Plan, PlanAction, PlanCause, Suggestion
from ppks.accounts.models import User
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, VisitFactory, visited
from tests.people import BOJONEGORO


def ago(days: int) -> date:
    return dates.today() - timedelta(days=days)


def needy(
    business: Business | None = None, *, since: int = 5, obstacles: tuple[str, ...] = (), **person: Any
) -> Business:
    """A business that has needed help for so many days, with what its last visit found."""
    business = business or BusinessFactory(person=PersonFactory(**{"region_id": BOJONEGORO} | person))
    visited(business, 1_000_000, 600_000, until=ago(since))
    last = business.visits.order_by("-visited_on").first()
    for code in obstacles:
        VisitObstacle.objects.create(visit=last, obstacle=Obstacle.objects.get(code=code), severity=2)
    return Business.objects.as_of(dates.today()).get(pk=business.pk)


def plan_for(business: Business, *causes: str, began: int = 10, by: User | None = None, **fields: Any) -> Plan:
    """An open plan that began so many days ago."""
    given = {"goal": "Omzet kembali seperti semula", "by": by or User.objects.system()} | fields
    plan = Plan.objects.create(business=business, began_on=ago(began), **given)
    for code in causes or ("PASAR",):
        PlanCause.objects.create(plan=plan, obstacle=Obstacle.objects.get(code=code))
    return Plan.objects.get(pk=plan.pk)


def step_of(
    plan: Plan, what: str = "Titip jual di tiga toko", *, due: int = 7, suggestion: str = "", **fields
) -> PlanAction:
    """A step of the plan, due in so many days; below zero for overdue."""
    given = {"office": "Dinas Koperasi dan UKM", "by": User.objects.system(), "due_on": ago(-due)} | fields
    if suggestion:
        given |= {"suggestion": Suggestion.objects.get(code=suggestion)}
    made = PlanAction.objects.create(plan=plan, what=what, **given)
    return PlanAction.objects.get(pk=made.pk)


def seen_again(business: Business, *found: tuple[int, int | None]) -> None:
    """More visits: (days ago, turnover), None for shut; assessed as they come."""
    for days, turnover in found:
        VisitFactory(business=business, visited_on=ago(days), turnover=turnover, operating=turnover is not None)
        assess_from(business, ago(days))
