"""What the page of a plan tells, and what a business's page tells of its plan and of who waits for one."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from clients.pages import BY_NAME
from monitoring.models import Business
from monitoring.plans.clock import Level, level
from monitoring.plans.helped import Helped, what_helped
from monitoring.plans.lifecycle import ACTION, MAY, PLAN
from monitoring.plans.lists import said_by
from monitoring.plans.making import said
from monitoring.plans.measuring import categories, effect_of
from monitoring.plans.models import ActionStatus, ActionStep, HelpAlert, HelpNeed, Plan, PlanAction, PlanCause, PlanStep
from monitoring.plans.need_lists import last_obstacles
from monitoring.reference import Obstacle
from ppks.kit import dates
from ppks.kit.prepared import prepared

BULLETS = {ActionStatus.DONE: "ok", ActionStatus.OPEN: "need", ActionStatus.DROPPED: "later"}


def get_plan(request: Any, pk: int) -> Plan:
    """The plan within the user's reach; 404 otherwise."""
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("region"), pk=pk)


def get_action(request: Any, pk: int) -> PlanAction:
    """The step within the user's reach; 404 otherwise."""
    rows = PlanAction.objects.visible_to(request.user).select_related("suggestion", "plan")
    return get_object_or_404(rows, pk=pk)


def send_back(request: Any, plan: Plan, action: PlanAction | None = None) -> Any:
    """Leads whoever cannot change this plan or step any more back to it, with the reason; None when it is open."""
    if plan.is_open and (action is None or action.is_open):
        return None
    which = "Langkah ini sudah selesai" if plan.is_open else "Rencana ini sudah ditutup"
    messages.info(request, f"{which}; buka lagi dulu.")
    return redirect("plan_detail", plan.pk)


def told(request: Any, do: Callable[[], Any], success: str) -> None:
    """Do it and say so, or say why not."""
    try:
        with said():
            do()
    except ValidationError as error:
        for words in error.messages:
            messages.error(request, words)
    else:
        messages.success(request, success)


@dataclass(frozen=True, slots=True)
class Item:
    """A step as the page shows it."""

    action: PlanAction
    by: str
    step: ActionStep | None  # the one that ended it
    changes: list[str]
    moves: list[Any]
    day: date

    @property
    def bullet(self) -> str:
        return BULLETS[self.action.status]

    @property
    def days_late(self) -> int:
        return self.action.days_late(self.day)

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def note(self) -> str:
        """How it was done or why not; empty for a role that may not read it."""
        return self.step.note if self.step and "note" not in self.step.get_deferred_fields() else ""


def items(plan: Plan, user: Any) -> list[Item]:
    """The steps of a plan, each with how it ended and what it was before: four queries."""
    actions = list(PlanAction.objects.visible_to(user).filter(plan=plan).select_related("suggestion"))
    steps = ActionStep.objects.visible_to(user).filter(action__in=actions).annotate(by_name=BY_NAME).order_by("version")
    last = {step.action_id: step for step in steps}
    names = get_user_model().names.in_bulk({action.owner_id for action in actions if action.owner_id})
    changes = _changes(actions, user)
    for action in actions:
        action.plan = plan
    return [
        Item(
            action=action,
            by=said_by(action, names),
            step=None if action.is_open else last.get(action.pk),
            changes=changes[action.pk],
            moves=ACTION.offers(user, action) if plan.is_open else [],
            day=dates.today(),
        )
        for action in actions
    ]


def _changes(actions: list[PlanAction], user: Any) -> dict[int, list[str]]:
    """What each step said before it was changed, oldest first."""
    events = PlanAction.pgh_event_model
    told = defaultdict(list)
    if not user.has_perm(MAY):
        return told
    rows = list(events.objects.filter(pgh_obj__in=actions).order_by("pgh_id"))
    who = {row.pk: (row.pgh_context or {}).get("user") for row in rows}
    names = get_user_model().names.in_bulk({*(row.owner_id for row in rows), *who.values()} - {None})
    for row in rows:
        changed = f"Diubah {dates.moment(row.pgh_created_at)}" + (f" oleh {names[who[row.pk]]}" if who[row.pk] else "")
        former = f"“{row.what}”, {said_by(row, names)}, paling lambat {dates.long(row.due_on)}"
        told[row.pgh_obj_id].append(f"{changed}; sebelumnya {former}.")
    return told


def plan_context(plan: Plan, user: Any) -> dict[str, Any]:
    """Everything about one plan but the person."""
    effect = effect_of(plan)
    shown = items(plan, user)
    before, after = categories(plan, effect)
    return {
        "plan": plan,
        "causes": PlanCause.objects.visible_to(user).filter(plan=plan).select_related("obstacle"),
        "items": shown,
        "done": sum(item.action.status == ActionStatus.DONE for item in shown),
        "number": sum(item.action.status != ActionStatus.DROPPED for item in shown),
        "effect": effect,
        "category_before": before,
        "category_after": after,
        "steps": PlanStep.objects.visible_to(user).filter(plan=plan).annotate(by_name=BY_NAME).order_by("version"),
        "moves": [_button(plan, offer) for offer in PLAN.offers(user, plan)],
        "may_plan": user.has_perm(MAY),
    }


def _button(plan: Plan, offer: Any) -> dict[str, Any]:
    return {
        "label": offer.move.label,
        "url": reverse("plan_move", args=[plan.pk, offer.move.name]),
        "open": offer.open,
        "reasons": offer.reasons,
        "needs_note": offer.move.needs_note,
    }


def similar(business: Business, obstacles: list[Obstacle], user: Any) -> list[Helped]:
    """What helped businesses of the same group of trades with these causes; nothing without a trade or a cause."""
    if business.trade is None or not obstacles:
        return []
    return what_helped(user, group=business.trade.group, obstacles=[one.code for one in obstacles])


def found_obstacles(business: Business, user: Any) -> list[Obstacle]:
    """Those of the last visit, the heaviest first."""
    return [one.obstacle for one in last_obstacles((business.pk,), user)[business.pk]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A business that needs help and has no plan: since when, and who was or is to be told."""

    since: date
    days: int
    level: Level | None
    alerts: list[HelpAlert]


def waiting(businesses: Iterable[Business], user: Any, day: date) -> dict[int, Waiting]:
    """How long each business has been waiting for a plan on `day`; without those that do not wait."""
    needs = _needs(user, tuple(business.pk for business in businesses), day)
    alerts = _alerts(user, tuple(need.pk for need in needs))
    return {
        need.pk: Waiting(
            need.since,
            need.days(day),
            level(need.days(day)),
            [alert for alert in alerts if alert.business_id == need.pk and alert.raised_on >= need.since],
        )
        for need in needs
    }


@prepared
def _needs(user, businesses, day):
    return HelpNeed.objects.visible_to(user).on(day).without_plan().filter(pk__in=businesses)


@prepared
def _alerts(user, businesses):
    return HelpAlert.objects.visible_to(user).filter(business__in=businesses).order_by("level")
