"""The steps of a plan: what is done, by whom, until when; settled by moves, and changed only while they are open."""

import uuid
from datetime import date

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from monitoring.plans.lifecycle import ACTION, ActionStatus
from monitoring.plans.suggestions import Suggestion
from monitoring.reach import ADD
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet

THROUGH_PLAN = {PROVINCE: ALL, REGION: "plan__region", AUDITOR: ALL, CLOCK: ALL}
THROUGH_ACTION = {PROVINCE: ALL, REGION: "action__plan__region", AUDITOR: ALL, CLOCK: ALL}
HISTORY = {PROVINCE: ALL, REGION: "pgh_obj__plan__region"}
CHANGEABLE = ("what", "owner", "office", "due_on")
PLAN_IS_OPEN = """
    if not exists (select from plans_plan plan where plan.id = {plan} and plan.status = 'open' for no key update) then
        raise 'Rencana ini sudah ditutup. Buka lagi rencananya dulu.'
            using errcode = 'check_violation', constraint = 'plan_is_open';
    end if;
"""


@pghistory.track(
    pghistory.UpdateEvent("before", row=pghistory.Old, condition=pghistory.AnyChange(*CHANGEABLE)),
    fields=list(CHANGEABLE),
    model_name="PlanActionEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events", db_index=True),
    meta={"constraints": [Rows(name="plan_action_event_rows", see=HISTORY, may=dict.fromkeys(HISTORY, "select"))]},
)
class PlanAction(models.Model):
    """`owner` sees to it; `office` is whose help it needs, or who does it where no owner is named."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="actions")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.TextField(verbose_name="langkah")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="penanggung jawab",
    )
    office = models.TextField(blank=True, default="", verbose_name="kantor")
    due_on = models.DateField(verbose_name="paling lambat")
    status = models.TextField(choices=ActionStatus.choices, default=ActionStatus.OPEN, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name, verbose_name_plural = "langkah", "langkah"
        constraints = [
            Rows(
                name="plan_action_rows",
                see=THROUGH_PLAN,
                may=dict.fromkeys((AUDITOR, CLOCK), "select")
                | dict.fromkeys((PROVINCE, REGION), "select, insert, update (what, owner_id, office, due_on)"),
                hide={AUDITOR: ["what"]},
            ),
            models.CheckConstraint(name="plan_action_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="plan_action_has_an_owner",
                condition=Q(owner__isnull=False) | ~Q(office=""),
                violation_error_message="Setiap langkah perlu penanggung jawab atau kantor.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_added_to_an_open_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=PLAN_IS_OPEN.format(plan="new.plan_id") + "return new;",
            ),
            pgtrigger.Trigger(
                name="is_changed_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("what", "owner_id", "office", "due_on"),
                func=PLAN_IS_OPEN.format(plan="new.plan_id")
                + """
                    if old.status <> 'open' then
                        raise 'Langkah yang sudah selesai tidak dapat diubah. Buka lagi langkahnya dulu.'
                            using errcode = 'check_violation', constraint = 'plan_action_is_open';
                    end if;
                    return new;
                """,
            ),
            pgtrigger.Trigger(
                name="is_for_somebody_posted_there",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("owner_id"),
                condition=pgtrigger.Q(new__owner__isnull=False),
                func="""
                    if not exists (
                        select from accounts_posting posting join plans_plan plan on plan.region_id = posting.region_id
                        where plan.id = new.plan_id and posting.user_id = new.owner_id
                    ) then
                        raise 'Penanggung jawab itu tidak bertugas di kab/kota usaha ini.'
                            using errcode = 'check_violation', constraint = 'plan_action_owner_is_posted_there';
                    end if;
                    return new;
                """,
            ),
            *workflow.status_triggers(initial=ACTION.initial, steps="plans_actionstep", by="action_id"),
            pgtrigger.Trigger(
                name="tells_the_plan_what_is_next",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("due_on", "status"),
                func="""
                    update plans_plan plan set next_due_on = (
                        select min(due_on) from plans_planaction action
                        where action.plan_id = plan.id and action.status = 'open') where plan.id = new.plan_id;
                    return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Langkah {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status == ActionStatus.OPEN

    @property
    def shown_what(self) -> str:
        """The words, or the usual ones for a role that may not read what was typed."""
        if "what" not in self.get_deferred_fields():
            return self.what
        return str(self.suggestion) if self.suggestion else "Langkah dengan kata sendiri"

    def days_late(self, on: date) -> int:
        """Days past its day while it is open; zero or less otherwise."""
        return (on - self.due_on).days if self.is_open else 0


class ActionStep(workflow.Step):
    """A move of an action; the note says how it was done, or why not."""

    action = models.ForeignKey(PlanAction, on_delete=models.PROTECT, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(name="action_step_rows", see=THROUGH_ACTION, may=ADD, hide={AUDITOR: ["note"]}),
            models.UniqueConstraint(fields=["action", "version"], name="action_step_one_per_version"),
            *ACTION.constraints("action_step"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_made_in_an_open_plan",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=PLAN_IS_OPEN.format(plan="(select plan_id from plans_planaction where id = new.action_id)")
                + "return new;",
            ),
            *workflow.step_triggers(subject="plans_planaction", by="action_id"),
        ]

    def get_target_display(self) -> str:
        return ActionStatus(self.target).label
