"""The rows of issued papers, and of their being revoked: neither ever changes."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ppks.documents.batched import Batch
from ppks.documents.codes import new_code
from ppks.documents.files import Folder
from ppks.documents.kinds import CHOICES
from ppks.documents.reach import ADD, HEX, OWN_REGION, by_oneself
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet
from ppks.regions.models import Region


class Paper(models.Model):
    """An issued paper. `code` opens the public page that says whether it is valid; `office` is as it was printed."""

    FILES: ClassVar = Folder("surat", ".pdf")

    kind = models.TextField(choices=CHOICES)
    number = models.TextField(blank=True, default="")
    day = models.DateField()
    office = models.TextField()
    code = models.TextField(unique=True, default=new_code, editable=False)
    file = models.TextField(unique=True, editable=False)  # its random name on disk
    size = models.PositiveIntegerField()
    sha256 = models.TextField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    subjects = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="papers")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "surat", "surat"
        constraints = [
            Rows(
                name="paper_rows",
                see=OWN_REGION,
                may=ADD,
                hide={role: ["code", "subjects"] for role in (AUDITOR, CLOCK)},
            ),
            models.CheckConstraint(name="paper_digest_is_sha256", condition=HEX),
            models.CheckConstraint(name="paper_is_not_empty", condition=Q(size__gt=0)),
        ]
        triggers = [by_oneself("paper")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.pk}"

    @property
    def file_name(self) -> str:
        """What the browser saves it as; nothing personal."""
        number = "".join(c if c.isalnum() and c.isascii() else "-" for c in self.number).strip("-") or self.pk
        return f"{self.kind.replace('_', '-')}-{number}.pdf"


class Revocation(models.Model):
    """That a paper holds no more, since when and why. There is no way back: issue another paper."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="revocation")
    reason = models.TextField(verbose_name="alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(
                name="revocation_rows",
                see={PROVINCE: ALL, REGION: "paper__region", AUDITOR: ALL},
                may=dict.fromkeys((PROVINCE, REGION), "select, insert") | {AUDITOR: "select"},
            ),
            models.CheckConstraint(
                name="revocation_has_a_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message="Tulis alasan pencabutan.",
            ),
        ]
        triggers = [by_oneself("revocation")]
