"""A person's business, what lists and visits tell of it, and what the progress rule makes of that."""

import uuid
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When

from clients.models import Person
from monitoring.progress import Category, Trend
from monitoring.reference import Obstacle, Trade
from ppks.audit.models import Source
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

__all__ = ["Assessment", "Business", "Category", "ListedFigure", "Obstacle", "Trade", "Trend", "Visit"]

OWN_REGION = {PROVINCE: ALL, REGION: "region", AUDITOR: ALL, CLOCK: ALL}
THROUGH_BUSINESS = {PROVINCE: ALL, REGION: "business__region", AUDITOR: ALL, CLOCK: ALL}
ADD = dict.fromkeys((AUDITOR, CLOCK), "select") | dict.fromkeys((PROVINCE, REGION), "select, insert")


class Condition(models.TextChoices):
    """The office's own words on a list; never mixed with the computed category."""

    GROWING = "growing", "Berkembang"
    STEADY = "steady", "Biasa saja"
    STAGNANT = "stagnant", "Stagnan"
    DECLINING = "declining", "Tidak berkembang"


class BusinessQuerySet(ScopedQuerySet):
    def as_of(self, day) -> "BusinessQuerySet":
        """Each with `state` and `state_trend` on `day` (today or later): unknown once the category is past its date.

        A shut business stays shut until somebody finds it open.
        """
        holds = Q(valid_until__gte=day) | Q(category=Category.CLOSED)
        text = models.TextField()
        return self.annotate(
            state=Case(When(holds, then=F("category")), default=Value(Category.UNKNOWN), output_field=text),
            state_trend=Case(When(holds, then=F("trend")), default=Value(""), output_field=text),
        )

    def in_state(self, state: str) -> "BusinessQuerySet":
        """After `as_of`: those in this category."""
        return self.filter(state=state)

    def known(self) -> "BusinessQuerySet":
        """After `as_of`: those whose category is known."""
        return self.exclude(state=Category.UNKNOWN)

    def needing_help(self) -> "BusinessQuerySet":
        """After `as_of`: stagnant, declining, closed, or falling."""
        return self.filter(Q(state__in=Category.needs_help) | Q(state_trend=Trend.FALLING))

    def reported_as(self, condition: str) -> "BusinessQuerySet":
        return self.filter(reported_condition=condition)

    def never_visited(self) -> "BusinessQuerySet":
        return self.filter(last_visit_on=None)

    def not_visited_for(self, days: int, *, on) -> "BusinessQuerySet":
        """Visited once, but longer than `days` ago."""
        return self.filter(last_visit_on__lt=on - timedelta(days=days))

    def in_order(self) -> "BusinessQuerySet":
        return self.order_by("person__name_key", "pk")


class Business(models.Model):
    """Category, trend and the last figures are kept by triggers from assessments and visits; nobody else writes them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="businesses")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
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
            models.Index(fields=["region", "category"], name="business_by_region_and_state"),
            models.Index(fields=["last_visit_on"], name="business_by_last_visit"),
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


class Observation(models.Model):
    """What was seen of a business on a day: the columns that the progress rule reads, rupiah a month."""

    turnover = models.BigIntegerField(null=True, blank=True, verbose_name="omzet per bulan (Rp)")
    profit = models.BigIntegerField(null=True, blank=True, verbose_name="laba bersih per bulan (Rp)")
    workers = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="tenaga kerja")

    class Meta:
        abstract = True


def _honest_amounts(name: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            name=f"{name}_amounts_not_negative",
            condition=Q(turnover=None) | Q(turnover__gte=0),
            violation_error_message="Omzet tidak boleh kurang dari nol.",
        ),
        models.CheckConstraint(
            name=f"{name}_profit_within_turnover",
            condition=Q(profit=None) | Q(turnover=None) | Q(profit__lte=F("turnover")),
            violation_error_message="Laba bersih tidak boleh lebih besar daripada omzet.",
        ),
    ]


class ListedFigure(Observation):
    """A figure that a list gives for a day: before the aid, and on the list's own date."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="listed_figures")
    observed_on = models.DateField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    cell = models.TextField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["observed_on", "pk"]
        constraints = [
            Rows(name="listed_figure_rows", see=THROUGH_BUSINESS, may=ADD),
            models.UniqueConstraint(fields=["business", "observed_on", "source"], name="listed_figure_once"),
            *_honest_amounts("listed_figure"),
        ]

    operating = True  # a list tells of businesses that run

    @property
    def on(self):
        return self.observed_on


class Visit(Observation):
    """A visit to the business. Append-only: a correction is a new visit that names the one it replaces."""

    class Met(models.TextChoices):
        OWNER = "owner", "Orangnya sendiri"
        FAMILY = "family", "Keluarga"
        WORKER = "worker", "Pekerja"
        NEIGHBOUR = "neighbour", "Tetangga atau perangkat desa"
        NOBODY = "nobody", "Tidak bertemu siapa pun"

    class Basis(models.TextChoices):
        ESTIMATE = "estimate", "Perkiraan"
        BOOK = "book", "Buku kas"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="visits")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    visited_on = models.DateField(verbose_name="tanggal kunjungan")
    met = models.TextField(choices=Met.choices, verbose_name="bertemu siapa")
    operating = models.BooleanField(verbose_name="usaha masih berjalan")
    basis = models.TextField(choices=Basis.choices, blank=True, verbose_name="angka dari mana")
    note = models.TextField(blank=True, verbose_name="catatan")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-pk"]
        verbose_name, verbose_name_plural = "kunjungan", "kunjungan"
        indexes = [models.Index(fields=["business", "-visited_on", "-id"], name="visit_by_business")]
        constraints = [
            Rows(name="visit_rows", see=OWN_REGION, may=ADD, hide={AUDITOR: ["note"]}),
            *_honest_amounts("visit"),
            models.CheckConstraint(
                name="visit_of_a_shut_business_has_no_turnover",
                condition=Q(operating=True) | Q(turnover=None) | Q(turnover=0),
            ),
        ]
        triggers = [
            copied("region_id", from_table="monitoring_business", by="business_id"),
            pgtrigger.Trigger(
                name="is_honest_about_when_and_who",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    if new.visited_on > (now() at time zone 'Asia/Jakarta')::date then
                        raise 'Tanggal kunjungan tidak boleh sesudah hari ini.'
                            using errcode = 'check_violation', constraint = 'visit_not_in_the_future';
                    end if;
                    if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                        raise 'Kunjungan hanya dapat dicatat atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'visit_by_oneself';
                    end if;
                    return new;
                """,
            ),
        ]

    @property
    def on(self):
        return self.visited_on


class Assessment(models.Model):
    """What a version of the rule made of a business on a day. Append-only: a new version never rewrites an old result."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="assessments")
    on = models.DateField()
    category = models.TextField(choices=Category.choices)
    trend = models.TextField(choices=Trend.choices, blank=True)
    reasons = ArrayField(models.TextField())
    rule = models.PositiveSmallIntegerField()
    valid_until = models.DateField(null=True)
    last_visit_on = models.DateField(null=True)
    last_turnover = models.BigIntegerField(null=True)
    assessed_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["business", "-on", "-id"], name="assessment_by_business")]
        constraints = [Rows(name="assessment_rows", see=THROUGH_BUSINESS, may=ADD)]
        triggers = [
            pgtrigger.Trigger(
                name="is_kept_on_the_business",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    update monitoring_business set category = new.category, trend = new.trend,
                        valid_until = new.valid_until, last_visit_on = new.last_visit_on, last_turnover = new.last_turnover
                    where id = new.business_id and not exists (
                        select from monitoring_assessment later where later.business_id = new.business_id
                            and (later.on, later.id) > (new.on, new.id));
                    return null;
                """,
            )
        ]
