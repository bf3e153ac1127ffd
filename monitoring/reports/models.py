"""Closed reports: an edition of a period with its definitions, its figures and the rows behind them, all frozen.

Whoever closes writes all of it in one transaction. Nothing may be added later, changed or deleted by anybody; a revised
edition is a new one with a reason, and both are kept. Rows name people by key and initials only.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monitoring.reports.periods import Period
from monitoring.schedule import add_months
from ppks.kit.roles import AUDITOR, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet
from ppks.regions.models import Region

EVERYWHERE = {PROVINCE: ALL, REGION: ALL, AUDITOR: ALL}
OWN_REGION = EVERYWHERE | {REGION: "region"}
MAY = {PROVINCE: "select, insert", REGION: "select", AUDITOR: "select"}

FROZEN = pgtrigger.Trigger(
    name="is_frozen",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func="""
        raise 'Laporan yang sudah ditutup tidak dapat diubah atau dihapus; buat edisi perbaikan.'
            using errcode = 'check_violation', constraint = 'report_is_frozen';
    """,
)
WRITTEN_AT_ONCE = pgtrigger.Trigger(
    name="is_written_with_its_edition",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="added"),
    func="""
        if exists (select from reports_edition edition where edition.closed_at <> now()
                   and edition.id in (select edition_id from added)) then
            raise 'Laporan ini sudah ditutup; tidak ada yang dapat ditambahkan.'
                using errcode = 'check_violation', constraint = 'report_is_written_at_once';
        end if;
        return null;
    """,
)
ADDS_UP = """
    if exists (
        select from (
            select figure.region_id, figure.measure, figure.value, measure.is_sum from reports_editionfigure figure
            join reports_editionmeasure measure
                on measure.edition_id = figure.edition_id and measure.code = figure.measure
            where figure.edition_id = new.id
        ) told
        full join (
            select region_id, measure, count(*) as n, coalesce(sum(amount), 0) as rupiah
            from reports_editionrow where edition_id = new.id group by 1, 2
        ) counted on counted.region_id = told.region_id and counted.measure = told.measure
        where told.value is distinct from case when told.is_sum then counted.rupiah else counted.n end
    ) then
        raise 'Angka laporan tidak sama dengan barisnya.'
            using errcode = 'check_violation', constraint = 'report_adds_up';
    end if;
    return null;
"""


class EditionQuerySet(ScopedQuerySet):
    def of(self, period: Period) -> "EditionQuerySet":
        """The editions of a period, the latest first."""
        return self.filter(first_on=period.first, last_on=period.last).order_by("-number")

    def latest_each(self) -> "EditionQuerySet":
        """The latest edition of every period."""
        return self.order_by("first_on", "last_on", "-number").distinct("first_on", "last_on")


class Edition(models.Model):
    """A closed report. Number and moment are set by the database; the first edition needs no reason, a revision does."""

    first_on = models.DateField()
    last_on = models.DateField()
    number = models.PositiveSmallIntegerField(editable=False)
    reason = models.TextField(blank=True, default="", verbose_name="alasan perbaikan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-last_on", "-number"]
        verbose_name, verbose_name_plural = "laporan", "laporan"
        constraints = [
            Rows(name="edition_rows", see=EVERYWHERE, may=MAY),
            models.UniqueConstraint(
                fields=["first_on", "last_on", "number"],
                name="edition_once",
                violation_error_message="Periode ini baru saja ditutup orang lain. Buka laporannya.",
            ),
            models.CheckConstraint(
                name="edition_revised_for_a_reason",
                condition=Q(number=1) | ~Q(reason=""),
                violation_error_message="Tulis alasan edisi perbaikan.",
            ),
            models.CheckConstraint(name="edition_is_of_a_period", condition=Q(last_on__gt=F("first_on"))),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closes_what_is_over",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    new.closed_at = now();
                    if new.last_on >= (now() at time zone 'Asia/Jakarta')::date then
                        raise 'Periode ini belum berakhir; laporannya belum dapat ditutup.'
                            using errcode = 'check_violation', constraint = 'edition_of_what_is_over';
                    end if;
                    if extract(day from new.first_on) <> 1 or not exists (
                        select from unnest(array[1, 3, 12]) months
                        where new.last_on = (new.first_on + make_interval(months => months))::date - 1
                            and (extract(month from new.first_on)::int - 1) % months = 0
                    ) then
                        raise 'Laporan hanya untuk bulan, triwulan atau tahun penuh.'
                            using errcode = 'check_violation', constraint = 'edition_of_a_whole_period';
                    end if;
                    if current_setting('ppks.user', true) <> '' and (
                        new.by_id::text <> current_setting('ppks.user', true)
                        or not exists (select from accounts_user where id = new.by_id and role = 'province')
                    ) then
                        raise 'Laporan hanya ditutup staf provinsi, atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'edition_by_oneself';
                    end if;
                    if new.number <> 1 + coalesce((select max(number) from reports_edition other
                            where (other.first_on, other.last_on) = (new.first_on, new.last_on)), 0) then
                        raise 'Periode ini baru saja ditutup orang lain. Buka laporannya.'
                            using errcode = 'check_violation', constraint = 'edition_follows_the_last';
                    end if;
                    return new;
                """,
            ),
            FROZEN,
            pgtrigger.Trigger(
                name="adds_up",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=ADDS_UP,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.label}, edisi {self.number}"

    @property
    def short(self) -> str:
        """Without its period."""
        return f"Edisi {self.number}"

    @property
    def period(self) -> Period:
        months = next(each for each in (1, 3, 12) if add_months(self.first_on, each) > self.last_on)
        return Period(self.first_on, months)


class EditionMeasure(models.Model):
    """A figure as it was defined when the report was closed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="measures")
    code = models.TextField()
    heading = models.TextField()
    label = models.TextField()
    definition = models.TextField()
    permission = models.TextField()
    is_sum = models.BooleanField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="edition_measure_rows", see=EVERYWHERE, may=MAY),
            models.UniqueConstraint(fields=["edition", "code"], name="edition_measure_once"),
        ]
        triggers = [FROZEN, WRITTEN_AT_ONCE]


class EditionFigure(models.Model):
    """A figure of one kab/kota; the province's is the sum of them. Where there is none, it was zero."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="figures")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    measure = models.TextField()
    value = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="edition_figure_rows", see=OWN_REGION, may=MAY),
            models.UniqueConstraint(fields=["edition", "region", "measure"], name="edition_figure_once"),
        ]
        triggers = [FROZEN, WRITTEN_AT_ONCE]


class EditionRow(models.Model):
    """A row behind a figure, in the words of its day. Keys of people and subjects are kept without a constraint."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rows")
    measure = models.TextField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    subject = models.BigIntegerField()
    person = models.BigIntegerField(null=True)
    initials = models.TextField()
    on = models.DateField(null=True)
    about = models.TextField()
    detail = models.TextField()
    amount = models.BigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["edition", "measure", "region", "id"], name="edition_row_by_figure")]
        constraints = [Rows(name="edition_row_rows", see=OWN_REGION, may=MAY)]
        triggers = [FROZEN, WRITTEN_AT_ONCE]
