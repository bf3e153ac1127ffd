"""Applies the rule of effects to plans and keeps what changed: after every visit, list and correction."""

from collections import defaultdict
from collections.abc import Iterable

from monitoring.assessing import assessment, observations_of
from monitoring.models import Business, ListedFigure, Visit
from monitoring.plans.effect import RULES, Effect, Outcome, measure
from monitoring.plans.models import Plan, PlanEffect
from monitoring.progress import Category
from ppks.kit import dates
from ppks.kit.contributions import contributor

CURRENT = RULES[max(RULES)]
TOLD = ("outcome", "before_on", "before_turnover", "after_on", "after_turnover", "reasons", "rule")


def effect_of(plan: Plan) -> Effect:
    """The effect of a plan as of today, from what lists and visits say now."""
    listed = ListedFigure.objects.filter(business=plan.business_id).order_by("pk")
    visits = Visit.objects.filter(business=plan.business_id).standing()
    return measure(list(listed), list(visits), began_on=plan.began_on, on=dates.today(), rule=CURRENT)


def categories(plan: Plan, effect: Effect) -> tuple[str, str]:
    """The words for the state of the business on the two days that were compared; empty for a day that is not there."""
    business = Business(pk=plan.business_id)
    seen = observations_of(business)
    before, after = (
        one and Category(assessment(business, seen, one.on).category).label for one in (effect.before, effect.after)
    )
    return before or "", after or ""


@contributor("assessed")
def measure_plans(businesses: Iterable[Business]) -> None:
    """Measure every plan of these businesses; an effect that is other than the last one stored becomes a row."""
    plans = list(Plan.objects.filter(business__in=businesses).defer("goal").order_by("pk"))
    if not plans:
        return
    held = {plan.business_id for plan in plans}
    listed, visits = defaultdict(list), defaultdict(list)
    for figure in ListedFigure.objects.filter(business__in=held).order_by("pk"):
        listed[figure.business_id].append(figure)
    for visit in Visit.objects.filter(business__in=held).standing():
        visits[visit.business_id].append(visit)
    last = {effect.plan_id: effect for effect in PlanEffect.objects.filter(plan__in=plans).order_by("pk")}
    made = []
    for plan in plans:
        found = _row(
            plan,
            measure(
                listed[plan.business_id],
                visits[plan.business_id],
                began_on=plan.began_on,
                on=dates.today(),
                rule=CURRENT,
            ),
        )
        if _differs(found, last.get(plan.pk)):
            made.append(found)
    PlanEffect.objects.bulk_create(made, batch_size=1_000)


def _row(plan: Plan, effect: Effect) -> PlanEffect:
    before, after = effect.before, effect.after
    return PlanEffect(
        plan=plan,
        outcome=effect.outcome,
        before_on=before and before.on,
        before_turnover=before and before.turnover,
        after_on=after and after.on,
        after_turnover=after and after.turnover,
        reasons=list(effect.reasons),
        rule=effect.rule,
    )


def _differs(found: PlanEffect, last: PlanEffect | None) -> bool:
    if last is None:
        return found.outcome != Outcome.NOT_YET
    return any(getattr(found, name) != getattr(last, name) for name in TOLD)
