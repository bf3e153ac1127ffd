"""What plans add to a business's page, to a person's page and to the timeline."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from clients.models import Person
from clients.pages import BY_NAME, Event, once
from monitoring.contributions import of_person
from monitoring.models import Business
from monitoring.plans.helped import CAUTION
from monitoring.plans.lifecycle import MAY
from monitoring.plans.models import Plan, PlanStep
from monitoring.plans.pages import found_obstacles, items, similar, waiting
from ppks.kit import dates
from ppks.kit.contributions import contributor
from ppks.kit.prepared import prepared

SEE = "monitoring.view_business"
SHOWN = 3  # kinds of what helped, beside a business


@contributor("business_panel")
def panel(business: Business, user: Any) -> tuple[str, dict[str, Any]]:
    """Its open plan or who waits for one, what became of the last one, and what helped others."""
    plans = _plans(user, (business.pk,))
    running = next((plan for plan in plans if plan.is_open), None)
    shown = items(running, user) if running else []
    alone = None if running else waiting([business], user, dates.today()).get(business.pk)
    return "plans/business_panel.html", {
        "business": business,
        "plan": running,
        "items": shown,
        "done": sum(item.action.status == "done" for item in shown),
        "number": sum(item.action.status != "dropped" for item in shown),
        "earlier": [plan for plan in plans if not plan.is_open],
        "waiting": alone,
        "may_plan": user.has_perm(MAY),
        "helped": similar(business, found_obstacles(business, user), user)[:SHOWN] if alone else [],
        "caution": CAUTION,
    }


@prepared
def _plans(user, businesses):
    return Plan.objects.visible_to(user).filter(business__in=businesses).order_by("-pk")


@prepared
def _steps(user, plans):
    return PlanStep.objects.visible_to(user).filter(plan__in=plans).annotate(by_name=BY_NAME)


@once
def _of_person(person: Person, user: Any) -> list[Plan]:
    return _plans(user, tuple(business.pk for business in of_person(person, user)))


@contributor("person_now")
def now(person: Person, user: Any) -> tuple[str, dict[str, Any]] | None:
    """The plans that run, and the businesses that wait for one."""
    if not user.has_perm(SEE):
        return None
    day, businesses = dates.today(), {business.pk: business for business in of_person(person, user)}
    running = [(plan, businesses[plan.business_id]) for plan in _of_person(person, user) if plan.is_open]
    alone = [(found, businesses[key]) for key, found in waiting(businesses.values(), user, day).items()]
    if not (running or alone):
        return None
    return "plans/person_now.html", {"running": running, "alone": alone, "day": day, "may_plan": user.has_perm(MAY)}


@contributor("timeline")
def plans(person: Person, user: Any) -> Iterator[Event]:
    if not user.has_perm(SEE):
        return
    found = {plan.pk: plan for plan in _of_person(person, user)}
    for plan in found.values():
        text = "" if plan.is_masked else plan.goal
        yield Event(plan.began_on, "Rencana bantuan dimulai", text, url=reverse("plan_detail", args=[plan.pk]))
    for step in _steps(user, tuple(found)):
        yield Event(
            step.effective_on,
            f"Rencana bantuan: {step.get_target_display().lower()}",
            "" if "note" in step.get_deferred_fields() else step.note,
            step.by_name,
            reverse("plan_detail", args=[step.plan_id]),
        )
