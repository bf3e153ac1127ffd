"""Ceilings, allocations, their balances, and the ledger. Balances and entries are written by triggers alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from grants.programmes.models import Programme
from grants.reach import ADD, EVERYWHERE, OWN_REGION, READ, may
from ppks.kit import dates
from ppks.kit.roles import CLOCK, REGION
from ppks.kit.rows import Rows, ScopedQuerySet
from ppks.regions.models import Region

THROUGH_ALLOCATION = EVERYWHERE | {REGION: "allocation__region"}


class BudgetLine(models.Model):
    """The money of one programme in one fiscal year. What it may cost is the sum of its ceiling changes."""

    class Source(models.TextChoices):
        ORIGINAL = "murni", "APBD murni"
        REVISED = "perubahan", "APBD perubahan"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lines", verbose_name="program")
    year = models.PositiveSmallIntegerField(verbose_name="tahun anggaran")
    source = models.TextField(choices=Source.choices, default=Source.ORIGINAL, verbose_name="sumber")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "programme", "source"]
        verbose_name, verbose_name_plural = "mata anggaran", "mata anggaran"
        constraints = [
            Rows(name="budget_line_rows", see=EVERYWHERE, may=may(province=ADD)),
            models.UniqueConstraint(
                fields=["programme", "year", "source"],
                name="budget_line_once",
                violation_error_message="Mata anggaran ini sudah ada.",
            ),
            models.CheckConstraint(
                name="budget_line_year_is_sane",
                condition=Q(year__range=(2020, 2100)),
                violation_error_message="Tahun anggaran harus antara 2020 dan 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}, {self.get_source_display()}"


class BudgetBalance(models.Model):
    """What a line may cost and how much of that is allocated, in rupiah."""

    line = models.OneToOneField(BudgetLine, on_delete=models.PROTECT, primary_key=True, related_name="balance")
    ceiling = models.BigIntegerField(default=0)
    allocated = models.BigIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(name="budget_balance_rows", see=EVERYWHERE, may=READ),
            models.CheckConstraint(
                name="allocated_within_ceiling",
                condition=Q(allocated__gte=0) & Q(allocated__lte=F("ceiling")),
                violation_error_message="Jumlah alokasi tidak boleh melebihi pagu, dan pagu tidak boleh turun di bawahnya.",
            ),
        ]

    @property
    def free(self) -> int:
        """Rupiah not yet allocated to any kab/kota."""
        return self.ceiling - self.allocated


class Change(models.Model):
    """A signed change of a sum, with the paper it rests on. Append-only."""

    amount = models.BigIntegerField(verbose_name="perubahan (Rp)")
    document = models.TextField(verbose_name="dasar (nomor dan tanggal)")
    reason = models.TextField(verbose_name="alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]


class CeilingChange(Change):
    """A ceiling set, raised or lowered."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        constraints = [
            Rows(name="ceiling_change_rows", see=EVERYWHERE, may=may(province=ADD)),
            models.CheckConstraint(name="ceiling_change_is_one", condition=~Q(amount=0)),
        ]


class Allocation(models.Model):
    """The part of a line that one kab/kota may use."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="allocations")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name="kab/kota")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["line", "region"]
        constraints = [
            Rows(name="allocation_rows", see=OWN_REGION, may=may(province=ADD)),
            models.UniqueConstraint(
                fields=["line", "region"],
                name="allocation_once",
                violation_error_message="Kab/kota ini sudah punya alokasi pada mata anggaran ini; ubah alokasinya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.line}"


class AllocationBalance(models.Model):
    """What an allocation may cost and what has happened to it; `entries` and `last_hash` are the head of its ledger."""

    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, primary_key=True, related_name="balance")
    ceiling = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    disbursed = models.BigIntegerField(default=0)
    accounted = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)
    last_hash = models.TextField(default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(name="allocation_balance_rows", see=THROUGH_ALLOCATION, may=READ),
            models.CheckConstraint(
                name="committed_within_allocation",
                condition=Q(committed__gte=0) & Q(committed__lte=F("ceiling")),
                violation_error_message="Sisa alokasi kab/kota ini tidak cukup.",
            ),
            models.CheckConstraint(
                name="allocation_disbursed_within_committed",
                condition=Q(disbursed__gte=0) & Q(disbursed__lte=F("committed")),
                violation_error_message="Yang disalurkan tidak boleh melebihi yang ditetapkan SK.",
            ),
            models.CheckConstraint(
                name="allocation_accounted_within_disbursed",
                condition=Q(accounted__gte=0, returned__gte=0, disbursed__gte=F("accounted") + F("returned")),
                violation_error_message="Yang dipertanggungjawabkan tidak boleh melebihi yang disalurkan.",
            ),
        ]

    @property
    def free(self) -> int:
        """Rupiah not yet committed by a decree."""
        return self.ceiling - self.committed


class AllocationChange(Change):
    """An allocation set, raised or lowered."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="changes")

    class Meta(Change.Meta):
        constraints = [
            Rows(name="allocation_change_rows", see=THROUGH_ALLOCATION, may=may(province=ADD)),
            models.CheckConstraint(name="allocation_change_is_one", condition=~Q(amount=0)),
        ]


class Entry(models.Model):
    """One line of the ledger, posted by a document. Never changed; a correction is a `reverse` that names the original.

    The lines of one allocation form a chain: `hash` covers the line and the hash before it.
    """

    class Kind(models.TextChoices):
        COMMIT = "commit", "Ditetapkan SK"
        RELEASE = "release", "Dilepas"
        DISBURSE = "disburse", "Disalurkan"
        REVERSE = "reverse", "Dibatalkan"
        ACCOUNT = "account", "Dipertanggungjawabkan"
        RETURN = "return", "Dikembalikan"

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="ledger")
    application = models.ForeignKey("grants.Application", on_delete=models.PROTECT, related_name="ledger")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.TextField(choices=Kind.choices)
    amount = models.BigIntegerField()
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    key = models.TextField(unique=True)  # the document that posted it, so that none posts twice
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()
    previous_hash = models.TextField(blank=True)
    hash = models.TextField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["allocation", "number"]
        indexes = [models.Index(fields=["application", "kind"], name="entry_by_application")]
        constraints = [
            Rows(name="entry_rows", see=OWN_REGION, may=READ),
            models.UniqueConstraint(fields=["allocation", "number"], name="entry_number_once"),
            models.CheckConstraint(name="entry_amount_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="entry_reverses_something", condition=Q(kind="reverse") ^ Q(reverses__isnull=True)
            ),
        ]


class LedgerCheck(models.Model):
    """One recomputation of every balance and the hash chain: what it counted and what did not agree."""

    made_at = models.DateTimeField(auto_now_add=True)
    entries = models.PositiveIntegerField()
    differences = models.JSONField(default=dict, blank=True)  # {what differs: number of rows}

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "pemeriksaan buku besar", "pemeriksaan buku besar"
        constraints = [Rows(name="ledger_check_rows", see=EVERYWHERE, may=READ | {CLOCK: ADD})]

    @property
    def sentence(self) -> str:
        """What the page says of it."""
        when = f"tanggal {dates.moment(self.made_at)}"
        if not self.differences:
            return f"Semua saldo dan rantai buku besar cocok menurut pemeriksaan {when}."
        said = ", ".join(f"{name} ({number})" for name, number in sorted(self.differences.items()))
        return f"Tidak cocok menurut pemeriksaan {when}: {said}. Jangan membayar dulu; hubungi pengelola sistem."
