"""An application with its balance, its steps, its chain of four eyes, and what the rules made of it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Sum

from clients.models import Person
from grants.applications.statuses import DEAD, EDITABLE, Link, Status
from grants.applications.workflow import APPLICATION
from grants.budget.models import Allocation
from grants.programmes.models import Call, RuleSet
from grants.reach import ADD, OWN_REGION, READ, THROUGH_APPLICATION, history, may
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

TABLE = "grants_application"


class ApplicationQuerySet(ScopedQuerySet):
    def alive(self) -> "ApplicationQuerySet":
        """Those that have not come to nothing."""
        return self.exclude(status__in=DEAD)

    def in_status(self, *statuses: str) -> "ApplicationQuerySet":
        return self.filter(status__in=statuses)

    def with_money(self) -> "ApplicationQuerySet":
        return self.select_related("balance")


@history("application_event_rows", "pgh_obj__region")
class Application(models.Model):
    """Who asks for how much. Identity, region, year and allocation are copied by a trigger when it is born."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications", verbose_name="orang")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications", verbose_name="pembukaan")
    identity = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, null=True, related_name="applications", editable=False
    )
    requested = models.BigIntegerField(default=0, verbose_name="diusulkan (Rp)")
    recommended = models.BigIntegerField(null=True, editable=False, verbose_name="disarankan (Rp)")
    is_civil_servant = models.BooleanField(null=True, verbose_name="ASN, TNI, atau Polri")
    status = models.TextField(choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    cycle = models.PositiveSmallIntegerField(default=1, editable=False)  # what was judged in an earlier one is void
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "usulan", "usulan"
        indexes = [
            models.Index(fields=["status", "id"], name="application_by_status"),
            models.Index(fields=["region", "status", "id"], name="application_by_region"),
            models.Index(fields=["allocation", "status"], name="application_by_allocation"),
        ]
        constraints = [
            Rows(
                name="application_rows",
                see=OWN_REGION,
                may=may(
                    province="select, update (status, version)",
                    region="select, insert, update (requested, is_civil_servant, status, version)",
                ),
            ),
            models.UniqueConstraint(
                fields=["identity", "year"],
                condition=~Q(status__in=sorted(DEAD)),
                name="one_live_grant_a_year",
                violation_error_message="Orang ini sudah punya usulan atau hibah lain pada tahun anggaran yang sama.",
            ),
            models.CheckConstraint(
                name="application_amounts_are_not_negative",
                condition=Q(requested__gte=0) & (Q(recommended=None) | Q(recommended__gt=0)),
                violation_error_message="Nilai usulan tidak boleh negatif.",
            ),
            models.CheckConstraint(
                name="recommended_within_requested",
                condition=Q(recommended=None) | Q(recommended__lte=F("requested")),
                violation_error_message="Nilai yang disarankan tidak boleh melebihi yang diusulkan.",
            ),
        ]
        triggers = [
            *workflow.status_triggers(initial=APPLICATION.initial, steps="grants_applicationstep", by="application_id"),
            pgtrigger.Trigger(
                name="content_changes_only_while_written",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status__in=sorted(EDITABLE))
                & (
                    pgtrigger.Q(old__requested__df=pgtrigger.F("new__requested"))
                    | pgtrigger.Q(old__is_civil_servant__df=pgtrigger.F("new__is_civil_servant"))
                ),
                func="""
                    raise 'Usulan ini sudah diajukan. Minta dikembalikan dulu untuk mengubah isinya.'
                        using errcode = 'check_violation', constraint = 'application_changes_only_while_written';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Usulan {self.number}"

    @property
    def number(self) -> str:
        """How people name it: 2026-0417."""
        return f"{self.year}-{self.pk:04}"

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def planned(self) -> int:
        """The sum of the budget plan (RAB), in rupiah."""
        return self.items.aggregate(total=Sum("total"))["total"] or 0


class ApplicationBalance(models.Model):
    """What has happened to the money of one application, in rupiah; kept by the ledger alone."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, primary_key=True, related_name="balance")
    committed = models.BigIntegerField(default=0)
    disbursed = models.BigIntegerField(default=0)
    accounted = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(name="application_balance_rows", see=THROUGH_APPLICATION, may=READ),
            models.CheckConstraint(
                name="disbursed_within_committed",
                condition=Q(disbursed__gte=0) & Q(disbursed__lte=F("committed")),
                violation_error_message="Yang disalurkan tidak boleh melebihi yang ditetapkan SK.",
            ),
            models.CheckConstraint(
                name="accounted_within_disbursed",
                condition=Q(accounted__gte=0, returned__gte=0, disbursed__gte=F("accounted") + F("returned")),
                violation_error_message="Yang dipertanggungjawabkan tidak boleh melebihi yang disalurkan.",
            ),
        ]

    @property
    def open(self) -> int:
        """Rupiah paid out and not yet accounted for or returned."""
        return self.disbursed - self.accounted - self.returned


class CoverLetter(models.Model):
    """The letter (surat pengantar) with which a kab/kota sends one application or many. Append-only."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    number = models.TextField(verbose_name="nomor surat pengantar")
    dated_on = models.DateField(verbose_name="tanggal surat pengantar")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        verbose_name, verbose_name_plural = "surat pengantar", "surat pengantar"
        constraints = [
            Rows(name="cover_letter_rows", see=OWN_REGION, may=may(region=ADD)),
            models.UniqueConstraint(
                fields=["region", "number"],
                name="cover_letter_once",
                violation_error_message="Nomor surat pengantar ini sudah dipakai dengan tanggal lain.",
            ),
            models.CheckConstraint(name="cover_letter_has_a_number", condition=~Q(number="")),
        ]

    def __str__(self) -> str:
        return f"Surat pengantar {self.number}"


class ApplicationStep(workflow.Step):
    """A move of an application; `code` says the reason of a refusal or cancellation in a way that can be counted."""

    class Code(models.TextChoices):
        NOT_ELIGIBLE = "not_eligible", "Tidak memenuhi syarat program"
        DOUBLE_AID = "double_aid", "Sudah menerima bantuan sejenis"
        NO_BUSINESS = "no_business", "Usaha tidak ada atau tidak layak"
        FALSE_DATA = "false_data", "Data tidak benar"
        NOT_FOUND = "not_found", "Orangnya tidak ditemukan"
        DECEASED = "deceased", "Meninggal"
        MOVED = "moved", "Pindah ke luar provinsi"
        REFUSES = "refuses", "Menolak menerima"
        OTHER = "other", "Alasan lain"

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    code = models.TextField(choices=Code.choices, blank=True, default="")
    letter = models.ForeignKey(CoverLetter, on_delete=models.PROTECT, null=True, blank=True, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(
                name="application_step_rows",
                see=OWN_REGION,
                may=may(province=ADD, region=ADD),
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["application", "version"], name="application_step_one_per_version"),
            models.CheckConstraint(
                name="application_step_has_its_code",
                condition=~Q(move__in=["reject", "cancel"]) | ~Q(code=""),
                violation_error_message="Pilih alasannya.",
            ),
            models.CheckConstraint(
                name="application_step_has_its_letter",
                condition=~Q(move="submit") | Q(letter__isnull=False),
                violation_error_message="Isi nomor dan tanggal surat pengantar.",
            ),
            *APPLICATION.constraints("application_step"),
        ]
        triggers = [
            copied("region_id", from_table=TABLE, by="application_id"),
            *workflow.step_triggers(subject=TABLE, by="application_id"),
        ]


class ChainLink(models.Model):
    """Who took which stage of the chain of one application; written by triggers beside the step itself."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="chain")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    link = models.TextField(choices=Link.choices)
    taken_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="chain_link_rows", see=THROUGH_APPLICATION, may=READ),
            ExclusionConstraint(
                name="four_eyes",
                expressions=[("application", "="), ("actor", "="), ("link", "<>")],
                violation_error_message="Satu orang tidak boleh memegang dua tahap pada usulan yang sama.",
            ),
        ]


class EligibilityCheck(models.Model):
    """What a version of the rules made of a person on a day, and from which facts. Append-only."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    inputs = models.JSONField()
    reasons = ArrayField(models.TextField(), default=list)  # why not; empty for who is eligible
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [Rows(name="eligibility_check_rows", see=THROUGH_APPLICATION, may=may(province=ADD, region=ADD))]
