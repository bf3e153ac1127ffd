"""Stores plans and their steps; what the database refuses comes back as a sentence."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from monitoring.models import Business
from monitoring.plans.models import Plan, PlanAction, PlanCause
from monitoring.reference import Obstacle
from ppks.kit import dates

SAID = {
    "plan_one_open": "Usaha ini sudah punya rencana yang berjalan; tidak dibuat dua kali.",
    "plans_planaction_key_key": "Langkah ini sudah tersimpan sebelumnya; tidak dicatat dua kali.",
    "plan_step_one_per_version": "Sudah diubah orang lain. Muat ulang halaman.",
    "action_step_one_per_version": "Sudah diubah orang lain. Muat ulang halaman.",
}
BY_TRIGGER = {
    "plan_is_open",
    "plan_action_is_open",
    "plan_action_owner_is_posted_there",
    "plan_not_in_the_future",
    "step_is_stale",
}


@contextmanager
def said() -> Iterator[None]:
    """What the block may not do becomes a ValidationError, and the transaction around it lives on."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        told = error.__cause__.diag
        words = told.message_primary if told.constraint_name in BY_TRIGGER else SAID.get(told.constraint_name)
        if words is None:
            raise
        raise ValidationError(words) from error


def begin(
    business: Business,
    *,
    goal: str,
    causes: Sequence[Obstacle],
    actions: Sequence[PlanAction],
    by: Any,
    on: date | None = None,
) -> Plan:
    """A new plan that begins today, or `on` an earlier day. Raises ValidationError when the business has an open one."""
    with said():
        plan = Plan.objects.create(business=business, goal=goal.strip(), began_on=on or dates.today(), by=by)
        PlanCause.objects.bulk_create(PlanCause(plan=plan, obstacle=obstacle) for obstacle in causes)
        for action in actions:
            action.plan, action.by = plan, by
            action.save(force_insert=True)
    return plan


def add(plan: Plan, given: dict[str, Any], *, by: Any) -> None:
    """One step more. Raises ValidationError."""
    with said():
        PlanAction.objects.create(plan=plan, by=by, **given)


def change(action: PlanAction, given: dict[str, Any], *, by: Any) -> None:
    """Another text, owner, office or day for an open step; the history keeps the old ones. Raises ValidationError."""
    with said():
        PlanAction.objects.visible_to(by).filter(pk=action.pk).update(
            what=given["what"], owner=given["owner"], office=given["office"], due_on=given["due_on"]
        )


def aim(plan: Plan, goal: str, *, by: Any) -> None:
    """Another goal; the history keeps the old one. Raises ValidationError for a closed plan."""
    with said():
        Plan.objects.visible_to(by).filter(pk=plan.pk).update(goal=goal.strip())
