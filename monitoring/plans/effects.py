"""What came after plans, as measured: the effect of each, and what the plans of similar businesses say together.

An effect is a row, like an assessment; triggers keep the last one on the plan and count it for the table of what helped.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from monitoring.plans.effect import Outcome
from monitoring.plans.suggestions import Suggestion
from monitoring.reach import ADD, OWN_REGION
from monitoring.reference import Obstacle
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet
from ppks.regions.models import Region

READERS = {role: OWN_REGION[role] for role in (PROVINCE, REGION, AUDITOR)}
THROUGH_PLAN = {PROVINCE: ALL, REGION: "plan__region", AUDITOR: ALL, CLOCK: ALL}


class PlanEffect(models.Model):
    """What a version of the rule made of a plan. Append-only: a correction measures anew, the last one counts."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="effects")
    outcome = models.TextField(choices=Outcome.choices)
    before_on = models.DateField(null=True)
    before_turnover = models.BigIntegerField(null=True)
    after_on = models.DateField(null=True)
    after_turnover = models.BigIntegerField(null=True)
    reasons = ArrayField(models.TextField())
    rule = models.PositiveSmallIntegerField()
    measured_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["plan", "-id"], name="plan_effect_by_plan")]
        constraints = [Rows(name="plan_effect_rows", see=THROUGH_PLAN, may=ADD)]
        triggers = [
            pgtrigger.Trigger(
                name="is_kept_on_the_plan",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    update plans_plan set outcome = new.outcome,
                        measured_on = case when new.outcome <> 'not_yet' then new.after_on end where id = new.plan_id;
                    delete from plans_experience where plan_id = new.plan_id;
                    insert into plans_experience (plan_id, region_id, "group", obstacle_id, suggestion_id, outcome)
                    select plan.id, plan.region_id, trade."group", cause.obstacle_id, tried.suggestion_id, new.outcome
                    from plans_plan plan
                    join monitoring_business business on business.id = plan.business_id
                    join monitoring_trade trade on trade.id = business.trade_id
                    join plans_plancause cause on cause.plan_id = plan.id
                    join monitoring_obstacle obstacle on obstacle.id = cause.obstacle_id
                    cross join lateral (
                        select null::bigint as suggestion_id
                        union select action.suggestion_id from plans_planaction action
                        join plans_suggestion suggestion on suggestion.id = action.suggestion_id
                        join plans_actionstep step on step.action_id = action.id and step.version = action.version
                        where action.plan_id = plan.id and action.status = 'done'
                            and suggestion.obstacle_id = obstacle.code and step.effective_on <= new.after_on
                    ) tried
                    where plan.id = new.plan_id and new.outcome <> 'not_yet';
                    return null;
                """,
            )
        ]


class Experience(models.Model):
    """What a measured plan says of a cause in its group of trades, and of each suggestion against it that was carried out.

    One row without a suggestion a cause; written by the trigger of the effect, as things stood then.
    """

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="experiences")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.TextField()
    obstacle = models.ForeignKey(Obstacle, on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(choices=Outcome.choices)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["group", "obstacle", "suggestion", "outcome", "plan"], name="experience_by_kind"),
            models.Index(fields=["region", "group", "obstacle", "suggestion"], name="experience_by_region"),
        ]
        constraints = [
            Rows(name="experience_rows", see=READERS, may=dict.fromkeys(READERS, "select")),
            models.UniqueConstraint(
                fields=["plan", "obstacle", "suggestion"], nulls_distinct=False, name="experience_once"
            ),
        ]


class ExperienceTally(models.Model):
    """A change of the count of experiences of one kind; a count is the sum of its rows. Read through a function only."""

    group = models.TextField()
    obstacle = models.TextField()
    suggestion = models.TextField()
    outcome = models.TextField()
    number = models.IntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "obstacle"], name="experience_tally_by_kind")]
        constraints = [Rows(name="experience_tally_rows", see={}, may={})]
