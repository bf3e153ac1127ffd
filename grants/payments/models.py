"""Accounts, payment orders, disbursements by tranche, failed transfers, holds, and checks that the money arrived."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from grants.applications.models import Application
from grants.programmes.models import Form
from grants.reach import ADD, EVERYWHERE, OWN_REGION, THROUGH_APPLICATION, may
from ppks.kit.roles import AUDITOR
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.kit.sealed import SealedField
from ppks.regions.models import Region


class Account(models.Model):
    """Where cash goes: the person's own account, or a guardian's with a letter. A change is a new row; the newest counts."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="accounts")
    bank = models.TextField(verbose_name="bank")
    number = SealedField(verbose_name="nomor rekening")
    holder = models.TextField(verbose_name="atas nama")
    guardian_letter = models.TextField(blank=True, default="", verbose_name="surat kuasa wali")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(
                name="account_rows",
                see=THROUGH_APPLICATION,
                may=may(province=ADD, region=ADD),
                hide={AUDITOR: ["number", "holder"]},
            )
        ]


class PaymentOrder(models.Model):
    """An SP2D: the treasury's order behind one or many transfers."""

    number = models.TextField(verbose_name="nomor SP2D")
    year = models.PositiveSmallIntegerField(verbose_name="tahun anggaran")
    issued_on = models.DateField(verbose_name="tanggal SP2D")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name, verbose_name_plural = "SP2D", "SP2D"
        constraints = [
            Rows(name="payment_order_rows", see=EVERYWHERE, may=may(province=ADD)),
            models.UniqueConstraint(
                fields=["year", "number"],
                name="payment_order_once_a_year",
                violation_error_message="Nomor SP2D ini sudah dicatat pada tahun yang sama.",
            ),
        ]

    def __str__(self) -> str:
        return f"SP2D {self.number}"


class Disbursement(models.Model):
    """One tranche handed over. Storing it posts to the ledger. Append-only; what failed is undone by a `Bounce`."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="disbursements")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    tranche = models.PositiveSmallIntegerField(verbose_name="tahap")
    form = models.TextField(choices=Form.choices, verbose_name="bentuk")
    amount = models.BigIntegerField(verbose_name="nilai (Rp)")
    paid_on = models.DateField(verbose_name="tanggal")
    order = models.ForeignKey(
        PaymentOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="disbursements", verbose_name="SP2D"
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes_number = models.TextField(blank=True, default="", verbose_name="nomor BAST")
    goods = models.TextField(blank=True, default="", verbose_name="barang yang diserahkan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name, verbose_name_plural = "penyaluran", "penyaluran"
        indexes = [models.Index(fields=["paid_on"], name="disbursement_by_day")]
        constraints = [
            Rows(name="disbursement_rows", see=OWN_REGION, may=may(province=ADD)),
            models.CheckConstraint(
                name="disbursement_is_positive",
                condition=Q(amount__gt=0, tranche__gte=1),
                violation_error_message="Semua tahap sudah disalurkan.",
            ),
            models.CheckConstraint(
                name="disbursement_has_its_proof",
                condition=Q(form="cash", order__isnull=False, account__isnull=False)
                | (Q(form="goods") & ~Q(minutes_number="") & ~Q(goods="")),
                violation_error_message="Uang memerlukan SP2D dan rekening; barang memerlukan BAST dan daftar barangnya.",
            ),
        ]
        triggers = [copied("region_id", from_table="grants_application", by="application_id")]

    def __str__(self) -> str:
        return f"Tahap {self.tranche}"


class Bounce(models.Model):
    """A transfer that came back: undoes its disbursement in the ledger. Append-only."""

    disbursement = models.OneToOneField(Disbursement, on_delete=models.PROTECT, related_name="bounce")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    bounced_on = models.DateField(verbose_name="tanggal")
    reason = models.TextField(verbose_name="alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [Rows(name="bounce_rows", see=OWN_REGION, may=may(province=ADD))]
        triggers = [copied("region_id", from_table="grants_disbursement", by="disbursement_id")]


class Hold(models.Model):
    """A stop on every money move of an application, with its reason, until somebody lifts it with another."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField(verbose_name="alasan ditahan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True, default="", verbose_name="alasan dilepas")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(
                name="hold_rows",
                see=THROUGH_APPLICATION,
                may=may(province="select, insert, update (lifted_by_id, lifted_at, lift_reason)"),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(lifted_at=None),
                name="hold_open_once",
                violation_error_message="Usulan ini sudah ditahan.",
            ),
            models.CheckConstraint(name="hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_is_lifted_with_a_reason",
                condition=Q(lifted_at=None) | (~Q(lift_reason="") & Q(lifted_by__isnull=False)),
                violation_error_message="Tulis alasan melepas penahanan.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_lifted_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False),
                func="""
                    raise 'Penahanan ini sudah dilepas.'
                        using errcode = 'check_violation', constraint = 'hold_is_lifted_once';
                """,
            )
        ]


class ReceiptCheck(models.Model):
    """ "Uang diterima utuh?": what the person says has arrived, asked by somebody else. Append-only."""

    disbursement = models.ForeignKey(Disbursement, on_delete=models.PROTECT, related_name="receipt_checks")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    asked_on = models.DateField(verbose_name="tanggal ditanya")
    received = models.BigIntegerField(verbose_name="yang diterima (Rp)")
    deducted = models.BigIntegerField(default=0, verbose_name="yang dipotong (Rp)")
    deducted_by = models.TextField(blank=True, default="", verbose_name="dipotong oleh")
    said = models.TextField(blank=True, default="", verbose_name="keterangan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(
                name="receipt_check_rows",
                see=OWN_REGION,
                may=may(province=ADD, region=ADD),
                hide={AUDITOR: ["said", "deducted_by"]},
            ),
            models.CheckConstraint(
                name="receipt_check_amounts_are_not_negative",
                condition=Q(received__gte=0, deducted__gte=0),
                violation_error_message="Nilai tidak boleh negatif.",
            ),
            models.UniqueConstraint(
                fields=["disbursement", "by", "asked_on"],
                name="receipt_check_once_a_day",
                violation_error_message="Jawaban hari itu sudah Anda catat untuk penyaluran ini.",
            ),
            models.CheckConstraint(
                name="receipt_check_tells_of_a_deduction",
                condition=Q(deducted=0) | ~Q(said=""),
                violation_error_message="Tulis apa yang terjadi dengan potongannya.",
            ),
        ]
        triggers = [copied("region_id", from_table="grants_disbursement", by="disbursement_id")]
