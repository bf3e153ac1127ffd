"""Samples of payments whose receivers are asked, and the cases that reported deductions open."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grants.payments.deductions import DEDUCTION, Status
from grants.payments.models import Disbursement, ReceiptCheck
from grants.reach import ADD, EVERYWHERE, OWN_REGION, may
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR, REGION
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.regions.models import Region


class ReceiptSample(models.Model):
    """Payments drawn at random to be asked about. The seed comes from the ledger, so that nobody draws until it suits."""

    year = models.PositiveSmallIntegerField(verbose_name="tahun")
    size = models.PositiveIntegerField(verbose_name="banyaknya")
    population = models.PositiveIntegerField()
    seed = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(name="receipt_sample_rows", see=EVERYWHERE, may=may(province=ADD)),
            models.CheckConstraint(
                name="receipt_sample_within_population",
                condition=Q(size__gt=0) & Q(size__lte=models.F("population")),
                violation_error_message="Banyaknya sampel harus antara satu dan semua penyaluran yang belum ditanya.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sampel {self.pk}"


class SampledDisbursement(models.Model):
    """One payment of a sample. Append-only; once drawn it stays drawn."""

    sample = models.ForeignKey(ReceiptSample, on_delete=models.PROTECT, related_name="rows")
    disbursement = models.OneToOneField(Disbursement, on_delete=models.PROTECT, related_name="sampled")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [Rows(name="sampled_disbursement_rows", see=OWN_REGION, may=may(province=ADD))]
        triggers = [copied("region_id", from_table="grants_disbursement", by="disbursement_id")]


class Deduction(models.Model):
    """The case of money that did not arrive whole; opened by a trigger with the answer that tells of it."""

    Status = Status

    answer = models.OneToOneField(ReceiptCheck, on_delete=models.PROTECT, related_name="deduction")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    status = models.TextField(choices=Status.choices, default=Status.OPEN, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "potongan", "potongan"
        constraints = [
            Rows(name="deduction_rows", see=OWN_REGION, may=may(province="select, update (status, version)")),
        ]
        triggers = [
            *workflow.status_triggers(initial=DEDUCTION.initial, steps="grants_deductionstep", by="deduction_id")
        ]

    def __str__(self) -> str:
        return f"Potongan {self.pk}"


class DeductionStep(workflow.Step):
    deduction = models.ForeignKey(Deduction, on_delete=models.PROTECT, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(
                name="deduction_step_rows",
                see=EVERYWHERE | {REGION: "deduction__region"},
                may=may(province=ADD),
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["deduction", "version"], name="deduction_step_one_per_version"),
            *DEDUCTION.constraints("deduction_step"),
        ]
        triggers = [*workflow.step_triggers(subject="grants_deduction", by="deduction_id")]
