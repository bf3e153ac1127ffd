"""A person's business, what lists and visits tell of it, and what the progress rule makes of that."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.models import Person
from monitoring.drafts import Draft, Upload
from monitoring.due import DueVisit
from monitoring.findings import VisitAid, VisitObstacle, VisitPermit, VisitPhoto
from monitoring.fitting import SkillFit
from monitoring.progress import Category, Trend
from monitoring.reach import ADD, OWN_REGION, THROUGH_BUSINESS
from monitoring.reference import Obstacle, Trade
from monitoring.states import BusinessQuerySet
from monitoring.tallies import COUNTED, Tally, TallyDay
from monitoring.visits import ListedFigure, Visit
from ppks.audit.models import Source
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

__all__ = [
    "Assessment",
    "Business",
    "Category",
    "Draft",
    "DueVisit",
    "ListedFigure",
    "Obstacle",
    "Override",
    "SkillFit",
    "Tally",
    "TallyDay",
    "Trade",
    "Trend",
    "Upload",
    "Visit",
    "VisitAid",
    "VisitObstacle",
    "VisitPermit",
    "VisitPhoto",
]


class Condition(models.TextChoices):
    """The office's own words on a list; never mixed with the computed category."""

    GROWING = "growing", "Berkembang"
    STEADY = "steady", "Biasa saja"
    STAGNANT = "stagnant", "Stagnan"
    DECLINING = "declining", "Tidak berkembang"


class Business(models.Model):
    """Category, trend and the last figures are kept by triggers from assessments and visits; nobody else writes them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="businesses")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+", db_index=False)
    trade = models.ForeignKey(
        Trade, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bidang usaha"
    )
    trade_as_written = models.TextField(blank=True, verbose_name="usaha seperti ditulis")
    reported_condition = models.TextField(choices=Condition.choices, blank=True, verbose_name="keadaan menurut daftar")
    reported_on = models.DateField(null=True, blank=True, verbose_name="tanggal daftar")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    category = models.TextField(choices=Category.choices, default=Category.UNKNOWN, editable=False)
    trend = models.TextField(choices=Trend.choices, blank=True, default="", editable=False)
    valid_until = models.DateField(null=True, editable=False)
    last_visit_on = models.DateField(null=True, editable=False)
    last_turnover = models.BigIntegerField(null=True, editable=False)

    objects = BusinessQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name, verbose_name_plural = "usaha", "usaha"
        indexes = [
            models.Index(
                fields=["region", "category"],
                include=["id", "valid_until", "trend", "last_visit_on"],
                name="business_by_region_and_state",
            ),
            models.Index(fields=["last_visit_on"], name="business_by_last_visit"),
            models.Index(fields=["reported_on"], name="business_by_list_date"),
            models.Index(
                fields=["valid_until"],
                include=["region", "category", "trend"],
                name="business_by_end_of_validity",
                condition=~Q(category=Category.CLOSED),
            ),
        ]
        constraints = [
            Rows(
                name="business_rows",
                see=OWN_REGION,
                may=dict.fromkeys((AUDITOR, CLOCK), "select")
                | dict.fromkeys(
                    (PROVINCE, REGION),
                    "select, insert, update (trade_id, trade_as_written, reported_condition, reported_on, source_id)",
                ),
            ),
            models.CheckConstraint(
                name="business_report_has_its_date", condition=Q(reported_condition="") | Q(reported_on__isnull=False)
            ),
        ]
        triggers = [
            copied("region_id", from_table="clients_person", by="person_id", follows=True),
            pgtrigger.Trigger(
                name="begins_unassessed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    new.category = 'unknown'; new.trend = '';
                    new.valid_until = null; new.last_visit_on = null; new.last_turnover = null;
                    return new;
                """,
            ),
            *COUNTED,
        ]

    def __str__(self) -> str:
        return str(self.trade or self.trade_as_written or "Usaha")

    @property
    def state_label(self) -> str:
        """After `as_of`: the words for the state."""
        return Category(self.state).label

    @property
    def trend_label(self) -> str:
        """After `as_of`: the words for the trend."""
        return f"Trend {Trend(self.state_trend).label.lower()}" if self.state_trend else ""


class Override(models.Model):
    """An officer's own word on a business, with a reason, against what the rule computed. Append-only.

    It holds as an assessment of its day, so that it is counted and listed like any other; the next visit ends it.
    """

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="overrides")
    computed = models.TextField(choices=Category.choices)
    category = models.TextField(choices=Category.choices)
    reason = models.TextField(verbose_name="alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(name="override_rows", see=THROUGH_BUSINESS, may=ADD, hide={AUDITOR: ["reason"]}),
            models.CheckConstraint(name="override_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="override_says_something_known", condition=~Q(category="unknown")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_by_oneself",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                        raise 'Keadaan hanya dapat ditetapkan atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'override_by_oneself';
                    end if;
                    return new;
                """,
            )
        ]


class Assessment(models.Model):
    """What a version of the rule made of a business on a day. Append-only: a new version never rewrites an old result."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="assessments", db_index=False)
    on = models.DateField()
    category = models.TextField(choices=Category.choices)
    trend = models.TextField(choices=Trend.choices, blank=True)
    reasons = ArrayField(models.TextField())
    rule = models.PositiveSmallIntegerField()
    valid_until = models.DateField(null=True)
    last_visit_on = models.DateField(null=True)
    last_turnover = models.BigIntegerField(null=True)
    override = models.OneToOneField(Override, on_delete=models.PROTECT, null=True, related_name="assessment")
    assessed_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["business", "-on", "-id"], name="assessment_by_business")]
        constraints = [Rows(name="assessment_rows", see=THROUGH_BUSINESS, may=ADD)]
        triggers = [
            pgtrigger.Trigger(
                name="is_kept_on_the_business",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="added"),
                func="""
                    update monitoring_business business set category = last.category, trend = last.trend,
                        valid_until = last.valid_until, last_visit_on = last.last_visit_on,
                        last_turnover = last.last_turnover
                    from (select distinct on (business_id) * from added order by business_id, "on" desc, id desc) last
                    where business.id = last.business_id and not exists (
                        select from monitoring_assessment later where later.business_id = last.business_id
                            and (later."on", later.id) > (last."on", last.id));
                    return null;
                """,
            )
        ]
