"""Reports by tranche with their receipts, money returned, money to be recovered, and waivers of overdue reports."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from clients.models import Person
from grants.accountability.workflow import EDITABLE, REPORT, Status
from grants.applications.models import Application
from grants.applications.plan import BudgetItem
from grants.payments.models import Disbursement
from grants.reach import ADD, EVERYWHERE, OWN_REGION, THROUGH_APPLICATION, may
from ppks.documents.models import Attachment
from ppks.kit import dates, workflow
from ppks.kit.roles import AUDITOR, REGION
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

WRITE = "select, insert, update, delete"
THROUGH_REPORT = EVERYWHERE | {REGION: "report__region"}
STATES = ", ".join(f"'{status}'" for status in sorted(EDITABLE))


class ReportQuerySet(ScopedQuerySet):
    def owed(self) -> "ReportQuerySet":
        """Those that nobody has approved yet, of money that really went out."""
        return self.exclude(status=Status.APPROVED).filter(disbursement__bounce=None)

    def overdue_on(self, day) -> "ReportQuerySet":
        """Those that nobody has sent although they were due; one that waits to be looked at is the province's turn."""
        return self.owed().filter(status__in=EDITABLE, due_on__lt=day)

    def waiting_since(self, day) -> "ReportQuerySet":
        """Those that were sent before that day, and not again since, and that nobody has looked at."""
        later = ReportStep.objects.filter(report=OuterRef("pk"), move="submit", effective_on__gte=day)
        return self.owed().filter(~Exists(later), status=Status.SUBMITTED)


class Report(models.Model):
    """What became of one tranche (SPJ). Born with the disbursement, by a trigger."""

    Status = Status

    disbursement = models.OneToOneField(Disbursement, on_delete=models.PROTECT, related_name="report")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reports")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(verbose_name="jatuh tempo")
    status = models.TextField(choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name, verbose_name_plural = "SPJ", "SPJ"
        indexes = [
            models.Index(fields=["due_on"], condition=~Q(status="approved"), name="report_owed_by_day"),
        ]
        constraints = [
            Rows(
                name="report_rows",
                see=OWN_REGION,
                may=may(province="select, update (status, version)", region="select, update (status, version)"),
            ),
        ]
        triggers = [*workflow.status_triggers(initial=REPORT.initial, steps="grants_reportstep", by="report_id")]

    def __str__(self) -> str:
        return f"SPJ tahap {self.disbursement.tranche}"

    @property
    def days_late(self) -> int:
        """Days past due, as long as nobody has sent it; 0 while the province looks at it and afterwards."""
        return max((dates.today() - self.due_on).days, 0) if self.status in EDITABLE else 0


class ReportStep(workflow.Step):
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")

    @property
    def label(self) -> str:
        return REPORT.moves[self.move].label

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(
                name="report_step_rows",
                see=THROUGH_REPORT,
                may=may(province=ADD, region=ADD),
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["report", "version"], name="report_step_one_per_version"),
            *REPORT.constraints("report_step"),
        ]
        triggers = [*workflow.step_triggers(subject="grants_report", by="report_id")]


class PurchaseQuerySet(ScopedQuerySet):
    def used_twice(self) -> "PurchaseQuerySet":
        """Those whose receipt stands elsewhere as well. One receipt may cover several lines of the budget of one report."""
        others = Purchase.objects.exclude(pk=OuterRef("pk")).exclude(
            ~Q(item=OuterRef("item")), report=OuterRef("report")
        )
        same = others.filter(mark=OuterRef("mark"))
        return self.filter(Exists(same) | (~Q(file_hash="") & Exists(others.filter(file_hash=OuterRef("file_hash")))))


class Purchase(models.Model):
    """One receipt: what was bought for a line of the budget plan. Changes only while the report is being written."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="purchases")
    item = models.ForeignKey(BudgetItem, on_delete=models.PROTECT, related_name="+", verbose_name="pos RAB")
    description = models.TextField(verbose_name="yang dibeli")
    seller = models.TextField(verbose_name="toko atau penjual")
    receipt_number = models.TextField(blank=True, default="", verbose_name="nomor nota")
    bought_on = models.DateField(verbose_name="tanggal nota")
    amount = models.BigIntegerField(verbose_name="nilai (Rp)")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="foto nota"
    )
    mark = models.TextField(editable=False, default="")  # of seller, day, and number or amount: the same receipt
    file_hash = models.TextField(editable=False, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        ordering = ["item", "pk"]
        indexes = [
            models.Index(fields=["mark"], name="purchase_by_mark"),
            models.Index(fields=["file_hash"], condition=~Q(file_hash=""), name="purchase_by_file"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "item", "description", "seller", "receipt_number", "bought_on", "amount"],
                name="purchase_once",
                violation_error_message="Nota yang sama persis sudah dicatat pada SPJ ini.",
            ),
            Rows(name="purchase_rows", see=THROUGH_REPORT, may=may(region=WRITE), hide={AUDITOR: ["seller"]}),
            models.CheckConstraint(
                name="purchase_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Nilai nota harus di atas nol.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="changes_only_while_written",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    perform from grants_report where id in (new.report_id, old.report_id) order by id for share;
                    if exists (select from grants_report
                            where id in (new.report_id, old.report_id) and status not in ({STATES})) then
                        raise 'SPJ ini sudah dilaporkan. Minta dikembalikan dulu untuk mengubah isinya.'
                            using errcode = 'check_violation', constraint = 'report_changes_only_while_written';
                    end if;
                    return case when tg_op = 'DELETE' then old else new end;
                """,
            )
        ]


class Recovery(models.Model):
    """A finding: so much was not rightly used and must come back by a day. Storing it reverses what was accounted."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recoveries")
    finding = models.TextField(verbose_name="nomor temuan")
    amount = models.BigIntegerField(verbose_name="harus dikembalikan (Rp)")
    due_on = models.DateField(verbose_name="batas waktu")
    reason = models.TextField(verbose_name="alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(name="recovery_rows", see=THROUGH_APPLICATION, may=may(province=ADD), hide={AUDITOR: ["reason"]}),
            models.CheckConstraint(
                name="recovery_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Nilai pengembalian harus di atas nol.",
            ),
        ]


class FundReturn(models.Model):
    """Money paid back into the treasury, never changed.

    With a report it counts when that is approved, and can be taken out until that is sent. Otherwise it counts at once.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="fund_returns")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="fund_returns")
    amount = models.BigIntegerField(verbose_name="nilai (Rp)")
    slip_number = models.TextField(verbose_name="nomor STS atau NTPN")
    paid_on = models.DateField(verbose_name="tanggal setor")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="fund_return_rows", see=OWN_REGION, may=may(province=ADD, region=f"{ADD}, delete")),
            models.UniqueConstraint(
                fields=["slip_number"],
                name="fund_return_slip_once",
                violation_error_message="Nomor setoran ini sudah dicatat.",
            ),
            models.CheckConstraint(
                name="fund_return_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Nilai setoran harus di atas nol.",
            ),
            models.CheckConstraint(name="fund_return_has_a_slip", condition=~Q(slip_number="")),
        ]
        triggers = [
            copied("region_id", from_table="grants_application", by="application_id"),
            pgtrigger.Trigger(
                name="moves_only_while_written",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=f"""
                    if tg_op = 'DELETE' and old.report_id is null then
                        raise 'Setoran yang sudah dibukukan tidak dapat dihapus.'
                            using errcode = 'check_violation', constraint = 'fund_return_stays';
                    end if;
                    perform from grants_report where id in (new.report_id, old.report_id) for share;
                    if exists (select from grants_report
                            where id in (new.report_id, old.report_id) and status not in ({STATES})) then
                        raise 'SPJ ini sudah dilaporkan. Minta dikembalikan dulu untuk mengubah isinya.'
                            using errcode = 'check_violation', constraint = 'report_changes_only_while_written';
                    end if;
                    return case when tg_op = 'DELETE' then old else new end;
                """,
            ),
        ]


class Waiver(models.Model):
    """The head lets somebody apply although an earlier report is overdue, with the reason. Append-only."""

    identity = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(verbose_name="tahun anggaran")
    reason = models.TextField(verbose_name="alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(
                name="waiver_rows",
                see=EVERYWHERE | {REGION: "identity__region"},
                may=may(province=ADD),
                hide={AUDITOR: ["reason"]},
            ),
            models.CheckConstraint(name="waiver_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["identity", "year"],
                name="waiver_once_a_year",
                violation_error_message="Pengecualian untuk orang ini pada tahun anggaran itu sudah dicatat.",
            ),
        ]


__all__ = ["FundReturn", "Purchase", "Recovery", "Report", "ReportStep", "Waiver"]
