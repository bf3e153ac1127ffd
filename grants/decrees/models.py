"""The decree with its annex. Enacting it commits or releases the money of every line in one transaction, or of none."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from clients.models import Person
from grants.applications.models import Application
from grants.decrees.workflow import DECREE, Status
from grants.reach import ADD, EVERYWHERE, THROUGH_APPLICATION, may
from ppks.documents.models import Attachment, Paper
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR
from ppks.kit.rows import Rows, ScopedQuerySet

WRITE = "select, insert, update, delete"
WRITTEN = "number, signed_on, subject, stated_total, scan_id, annex_id, status, version"


class DecreeQuerySet(ScopedQuerySet):
    def visible_to(self, user) -> "DecreeQuerySet":
        """All for the province and the auditor; for a kab/kota those that name somebody of its own."""
        decrees = super().visible_to(user)
        if user.role_entry.posted_to == "region":
            decrees = decrees.filter(pk__in=DecreeLine.objects.visible_to(user).values("decree"))
        return decrees


class Decree(models.Model):
    """An SK. `amends` names the decree whose annex it changes."""

    Status = Status

    number = models.TextField(blank=True, default="", verbose_name="nomor SK")
    signed_on = models.DateField(null=True, blank=True, verbose_name="tanggal SK")
    subject = models.TextField(verbose_name="tentang")
    year = models.PositiveSmallIntegerField(verbose_name="tahun anggaran")
    stated_total = models.BigIntegerField(null=True, blank=True, verbose_name="jumlah menurut lampiran (Rp)")
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name="mengubah SK"
    )
    scan = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pindaian SK"
    )
    annex = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="lampiran",
    )
    status = models.TextField(choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = DecreeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "SK", "SK"
        constraints = [
            Rows(
                name="decree_rows",
                see=EVERYWHERE,
                may=may(province=f"select, insert, update ({WRITTEN})"),
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(status="enacted"),
                name="decree_number_once",
                violation_error_message="Nomor SK ini sudah dipakai.",
            ),
            models.CheckConstraint(
                name="decree_is_signed_when_enacted",
                condition=~Q(status="enacted") | (~Q(number="") & Q(signed_on__isnull=False, scan__isnull=False)),
                violation_error_message="SK yang ditetapkan harus bernomor, bertanggal, dan ada pindaiannya.",
            ),
        ]
        triggers = [
            *workflow.status_triggers(initial=DECREE.initial, steps="grants_decreestep", by="decree_id"),
            pgtrigger.Trigger(
                name="stays_as_enacted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="draft"),
                func="""
                    raise 'SK yang sudah ditetapkan tidak dapat diubah. Buat SK perubahan.'
                        using errcode = 'check_violation', constraint = 'decree_stays_as_enacted';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"SK {self.number}" if self.number else f"Konsep SK {self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT


class DecreeStep(workflow.Step):
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(name="decree_step_rows", see=EVERYWHERE, may=may(province=ADD), hide={AUDITOR: ["note"]}),
            models.UniqueConstraint(fields=["decree", "version"], name="decree_step_one_per_version"),
            *DECREE.constraints("decree_step"),
        ]
        triggers = [*workflow.step_triggers(subject="grants_decree", by="decree_id")]


class DecreeLine(models.Model):
    """One person of the annex: what the decree grants, against what was granted `before` it; 0 takes it away."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decree_lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    before = models.BigIntegerField(default=0, editable=False)
    amount = models.BigIntegerField(verbose_name="nilai (Rp)")
    reason = models.TextField(blank=True, default="", verbose_name="alasan perubahan")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="decree_line_rows", see=THROUGH_APPLICATION, may=may(province=WRITE)),
            models.UniqueConstraint(
                fields=["decree", "application"],
                name="decree_line_once",
                violation_error_message="Orang ini sudah ada di lampiran SK.",
            ),
            models.CheckConstraint(
                name="decree_line_changes_something",
                condition=Q(amount__gte=0) & ~Q(amount=models.F("before")),
                violation_error_message="Nilai pada SK harus berbeda dari yang sudah ditetapkan.",
            ),
        ]
