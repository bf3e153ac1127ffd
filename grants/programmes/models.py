"""Programmes with their versioned rules, criteria and compulsory papers, and the calls of a year."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from grants.reach import ADD, EVERYWHERE, may
from ppks.kit import dates
from ppks.kit.reference import Reference, read_by_all
from ppks.kit.rows import Rows, ScopedQuerySet


class Form(models.TextChoices):
    """What is handed over."""

    GOODS = "goods", "Barang"
    CASH = "cash", "Uang"


class Programme(Reference):
    """What may be granted: at most how much, in which tranches, and by when each must be accounted for."""

    name = models.TextField(verbose_name="nama")
    form = models.TextField(choices=Form.choices, default=Form.CASH, verbose_name="bentuk")
    maximum = models.BigIntegerField(verbose_name="nilai paling banyak (Rp)")
    tranches = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name="persen tiap tahap")
    report_days = models.PositiveSmallIntegerField(default=90, verbose_name="hari sampai SPJ jatuh tempo")
    next_needs_report = models.BooleanField(default=True, verbose_name="tahap berikut menunggu SPJ")

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = "program", "program"
        constraints = [
            read_by_all("programme_rows"),
            models.CheckConstraint(
                name="programme_maximum_is_positive",
                condition=Q(maximum__gt=0),
                violation_error_message="Nilai paling banyak harus di atas nol.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleSet(models.Model):
    """One version of who is eligible. Append-only: an old result keeps the version it was judged by."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rule_sets")
    version = models.PositiveSmallIntegerField(verbose_name="versi")
    youngest = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="umur paling muda")
    oldest = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="umur paling tua")
    highest_decile = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="desil paling tinggi")
    months_at_home = models.PositiveSmallIntegerField(default=0, verbose_name="bulan sejak keluar dari UPT")
    kinds = ArrayField(models.TextField(), default=list, blank=True, verbose_name="jenis PPKS; kosong berarti semua")
    needs_business = models.BooleanField(default=True, verbose_name="usaha harus sudah ada")
    excludes_civil_servants = models.BooleanField(default=True, verbose_name="bukan ASN, TNI, atau Polri")
    excluded_trades = ArrayField(models.TextField(), default=list, blank=True, verbose_name="bidang yang dikecualikan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-version"]
        constraints = [
            Rows(name="rule_set_rows", see=EVERYWHERE, may=may(province=ADD)),
            models.UniqueConstraint(
                fields=["programme", "version"],
                name="rule_set_once",
                violation_error_message="Versi aturan ini sudah dibuat. Muat ulang halaman.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, aturan versi {self.version}"


class Criterion(Reference):
    """What scorers judge, on a scale of 1 to 5, with its weight in percent."""

    label = models.TextField(verbose_name="kriteria")
    guide = models.TextField(blank=True, verbose_name="petunjuk")
    weight = models.PositiveSmallIntegerField(verbose_name="bobot (%)")

    class Meta:
        ordering = ["-weight", "code"]
        verbose_name, verbose_name_plural = "kriteria", "kriteria"
        constraints = [read_by_all("criterion_rows")]

    def __str__(self) -> str:
        return self.label


class DocumentType(Reference):
    """A paper that must lie with an application before it may take a step."""

    class Stage(models.TextChoices):
        APPLICATION = "application", "Usulan"
        VERIFICATION = "verification", "Verifikasi"
        PAYMENT = "payment", "Penyaluran"
        REPORT = "report", "SPJ"

    label = models.TextField(verbose_name="dokumen")
    stage = models.TextField(choices=Stage.choices, verbose_name="tahap")
    form = models.TextField(choices=Form.choices, blank=True, verbose_name="hanya untuk bentuk")
    is_required = models.BooleanField(default=True, verbose_name="wajib")

    class Meta:
        ordering = ["stage", "code"]
        verbose_name, verbose_name_plural = "jenis dokumen", "jenis dokumen"
        constraints = [read_by_all("document_type_rows")]

    def __str__(self) -> str:
        return self.label


class CallQuerySet(ScopedQuerySet):
    def open_on(self, day) -> "CallQuerySet":
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class Call(models.Model):
    """A time in which people may be proposed, under one version of the rules and one line of the budget."""

    line = models.ForeignKey(
        "grants.BudgetLine", on_delete=models.PROTECT, related_name="calls", verbose_name="mata anggaran"
    )
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name="aturan")
    name = models.TextField(verbose_name="nama")
    opens_on = models.DateField(verbose_name="dibuka")
    closes_on = models.DateField(verbose_name="ditutup")

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        verbose_name, verbose_name_plural = "pembukaan usulan", "pembukaan usulan"
        constraints = [
            Rows(
                name="call_rows",
                see=EVERYWHERE,
                may=may(province="select, insert, update (name, opens_on, closes_on)"),
            ),
            models.UniqueConstraint(
                fields=["line", "name"],
                name="call_once",
                violation_error_message="Pembukaan dengan nama ini sudah ada pada mata anggaran itu.",
            ),
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message="Tanggal ditutup tidak boleh sebelum tanggal dibuka.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, on=None) -> bool:
        """Whether somebody may be proposed on the day."""
        return self.opens_on <= (on or dates.today()) <= self.closes_on
