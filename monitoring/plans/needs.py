"""Who needs help, since when, and whether anybody has a plan: one row a business, kept by triggers; and the alerts.

A row whose category has lapsed is no need any more, whoever reads it on that day; `is_over` only marks rows that lapsed
long ago, so that lists do not walk through them.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import DO_NOTHING, F, Q

from monitoring.models import Business
from monitoring.plans.clock import GRACE, LEVELS
from monitoring.reach import OWN_REGION
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

READ = dict.fromkeys((PROVINCE, REGION, AUDITOR), "select")
WAITS = Q(plan=None, is_absent=False, is_over=False)


class NeedQuerySet(ScopedQuerySet):
    def on(self, day: date) -> "NeedQuerySet":
        """Those that need help on `day`, today or later, by what is known now."""
        holds = Q(until=None) | Q(until__gte=day)
        return self.filter(holds, is_absent=False, is_over=False, since__lte=day)

    def without_plan(self) -> "NeedQuerySet":
        return self.filter(WAITS)

    def waiting(self, day: date, *, days: int = GRACE) -> "NeedQuerySet":
        """After `on`: without a plan for that many days or longer."""
        return self.without_plan().filter(since__lte=day - timedelta(days=days))


class HelpNeed(models.Model):
    """`until` is the last day on which the category holds, None for a business that is shut."""

    business = models.OneToOneField(
        Business, on_delete=DO_NOTHING, primary_key=True, db_constraint=False, related_name="help_need"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    plan = models.ForeignKey("plans.Plan", on_delete=DO_NOTHING, null=True, db_constraint=False, related_name="+")
    is_absent = models.BooleanField(default=False)  # the owner has moved away, died or cannot be found
    is_over = models.BooleanField(default=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["since", "business"], include=["until"], name="help_need_by_day", condition=WAITS),
            models.Index(
                fields=["region", "since", "business"], include=["until"], name="help_need_by_region", condition=WAITS
            ),
            models.Index(fields=["until"], name="help_need_by_end", condition=Q(is_over=False)),
        ]
        constraints = [
            Rows(name="help_need_rows", see=OWN_REGION, may=READ | {CLOCK: "select, update (is_over)"}),
            models.CheckConstraint(
                name="help_need_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def days(self, on: date) -> int:
        """Whole days since the business needs help."""
        return (on - self.since).days


class HelpAlert(models.Model):
    """Somebody was told that a business has needed help for too long without a plan. Append-only, once a level and time."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="help_alerts")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    since = models.DateField()
    level = models.PositiveSmallIntegerField(choices=[(level.number, level.label) for level in LEVELS])
    raised_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_on", "-pk"]
        indexes = [models.Index(fields=["business", "level", "-raised_on"], name="help_alert_by_business")]
        constraints = [
            Rows(name="help_alert_rows", see=OWN_REGION, may=READ | {CLOCK: "select, insert"}),
            models.UniqueConstraint(fields=["business", "since", "level"], name="help_alert_once"),
            models.CheckConstraint(name="help_alert_after_its_time", condition=Q(raised_on__gte=F("since") + GRACE)),
        ]
        triggers = [copied("region_id", from_table="monitoring_business", by="business_id")]
