"""A plan to help a business: why it is stuck, what is to be reached, and which steps lead there."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from monitoring.models import Business
from monitoring.plans.actions import ActionStep, PlanAction
from monitoring.plans.effect import Outcome
from monitoring.plans.effects import Experience, ExperienceTally, PlanEffect
from monitoring.plans.lifecycle import PLAN, ActionStatus, PlanStatus
from monitoring.plans.needs import HelpAlert, HelpNeed
from monitoring.plans.suggestions import Suggestion
from monitoring.reach import ADD, OWN_REGION
from monitoring.reference import Obstacle
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

__all__ = [
    "ActionStatus",
    "ActionStep",
    "Experience",
    "ExperienceTally",
    "HelpAlert",
    "HelpNeed",
    "Outcome",
    "Plan",
    "PlanAction",
    "PlanCause",
    "PlanEffect",
    "PlanStatus",
    "PlanStep",
    "Suggestion",
]

THROUGH_PLAN = {PROVINCE: ALL, REGION: "plan__region", AUDITOR: ALL, CLOCK: ALL}
HISTORY = {PROVINCE: ALL, REGION: "pgh_obj__region"}


class PlanQuerySet(ScopedQuerySet):
    def open(self) -> "PlanQuerySet":
        return self.filter(status=PlanStatus.OPEN)

    def closed(self) -> "PlanQuerySet":
        return self.exclude(status=PlanStatus.OPEN)

    def overdue(self, day) -> "PlanQuerySet":
        """Open ones with an action past its day."""
        return self.filter(status=PlanStatus.OPEN, next_due_on__lt=day)


@pghistory.track(
    pghistory.UpdateEvent("before", row=pghistory.Old, condition=pghistory.AnyChange("goal")),
    fields=["goal"],
    model_name="PlanEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events", db_index=True),
    meta={"constraints": [Rows(name="plan_event_rows", see=HISTORY, may=dict.fromkeys(HISTORY, "select"))]},
)
class Plan(models.Model):
    """At most one open a business. The day of its next action, its effect and its end are kept by triggers."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="plans")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    goal = models.TextField(verbose_name="tujuan")
    began_on = models.DateField(verbose_name="mulai")
    status = models.TextField(choices=PlanStatus.choices, default=PlanStatus.OPEN, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    next_due_on = models.DateField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(choices=Outcome.choices, default=Outcome.NOT_YET, editable=False)
    measured_on = models.DateField(null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name, verbose_name_plural = "rencana", "rencana"
        indexes = [
            models.Index(fields=["business", "-id"], name="plan_by_business"),
            models.Index(fields=["region", "id"], name="plan_open_by_region", condition=Q(status="open")),
            models.Index(fields=["id"], name="plan_open", condition=Q(status="open")),
            models.Index(fields=["region", "next_due_on", "id"], name="plan_due_by_region", condition=Q(status="open")),
            models.Index(fields=["next_due_on", "id"], name="plan_due", condition=Q(status="open")),
            models.Index(fields=["region", "id"], name="plan_closed_by_region", condition=~Q(status="open")),
            models.Index(fields=["id"], name="plan_closed", condition=~Q(status="open")),
        ]
        constraints = [
            Rows(
                name="plan_rows",
                see=OWN_REGION,
                may=dict.fromkeys((AUDITOR, CLOCK), "select")
                | dict.fromkeys((PROVINCE, REGION), "select, insert, update (goal)"),
                hide={AUDITOR: ["goal"]},
            ),
            models.UniqueConstraint(
                fields=["business"],
                condition=Q(status="open"),
                name="plan_one_open",
                violation_error_message="Usaha ini sudah punya rencana yang berjalan.",
            ),
            models.CheckConstraint(name="plan_has_a_goal", condition=~Q(goal="")),
        ]
        triggers = [
            copied("region_id", from_table="monitoring_business", by="business_id"),
            pgtrigger.Trigger(
                name="begins_unmeasured",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    new.next_due_on = null; new.ended_on = null; new.outcome = 'not_yet'; new.measured_on = null;
                    if new.began_on > (now() at time zone 'Asia/Jakarta')::date then
                        raise 'Rencana tidak dapat dimulai sesudah hari ini.'
                            using errcode = 'check_violation', constraint = 'plan_not_in_the_future';
                    end if;
                    if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                        raise 'Rencana hanya dapat dibuat atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'plan_by_oneself';
                    end if;
                    return new;
                """,
            ),
            pgtrigger.Trigger(
                name="goal_changes_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("goal"),
                func="""
                    if old.status <> 'open' then
                        raise 'Rencana ini sudah ditutup. Buka lagi rencananya dulu.'
                            using errcode = 'check_violation', constraint = 'plan_is_open';
                    end if;
                    return new;
                """,
            ),
            *workflow.status_triggers(initial=PLAN.initial, steps="plans_planstep", by="plan_id"),
        ]

    def __str__(self) -> str:
        return f"Rencana {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status == PlanStatus.OPEN

    @property
    def is_masked(self) -> bool:
        """Whether its words are hidden from whoever loaded it."""
        return "goal" in self.get_deferred_fields()

    def needs_help_on(self, day) -> bool:
        """Whether the business needs help on that day."""
        return Business.objects.as_of(day).needing_help().filter(pk=self.business_id).exists()

    @classmethod
    def with_cause(cls, code: str) -> Exists:
        """The condition that a plan names this obstacle."""
        return Exists(PlanCause.objects.filter(plan=OuterRef("pk"), obstacle__code=code))


class PlanStep(workflow.Step):
    """A move of a plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(name="plan_step_rows", see=THROUGH_PLAN, may=ADD, hide={AUDITOR: ["note"]}),
            models.UniqueConstraint(fields=["plan", "version"], name="plan_step_one_per_version"),
            *PLAN.constraints("plan_step"),
        ]
        triggers = [
            *workflow.step_triggers(subject="plans_plan", by="plan_id"),
            pgtrigger.Trigger(
                name="says_when_it_ended",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    update plans_plan set ended_on = case when new.target = 'open' then null else new.effective_on end
                        where id = new.plan_id;
                    return null;
                """,
            ),
        ]

    def get_target_display(self) -> str:
        return PlanStatus(self.target).label


class PlanCause(models.Model):
    """An obstacle that the plan is about. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="causes")
    obstacle = models.ForeignKey(Obstacle, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="plan_cause_rows", see=THROUGH_PLAN, may=ADD),
            models.UniqueConstraint(fields=["plan", "obstacle"], name="plan_cause_once"),
        ]
