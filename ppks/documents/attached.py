"""The row of an uploaded file; the file itself lies in MEDIA_ROOT under a random name."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ppks.documents.files import Folder
from ppks.documents.reach import ADD, HEX, OWN_REGION, by_oneself
from ppks.kit.roles import AUDITOR, CLOCK
from ppks.kit.rows import Rows, ScopedQuerySet
from ppks.regions.models import Region


class Attachment(models.Model):
    """A photo or a PDF scan. `region` none means the province's own; `subjects` are the identities it shows."""

    FILES: ClassVar = Folder("lampiran", ".bin")

    class MediaType(models.TextChoices):
        JPEG = "image/jpeg", "Foto"
        PDF = "application/pdf", "PDF"

    file = models.TextField(unique=True, editable=False)  # its random name on disk
    name = models.TextField(verbose_name="nama berkas")
    media_type = models.TextField(choices=MediaType.choices)
    size = models.PositiveIntegerField()
    sha256 = models.TextField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    subjects = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "lampiran", "lampiran"
        constraints = [
            Rows(
                name="attachment_rows",
                see=OWN_REGION,
                may=ADD,
                hide={role: ["name", "subjects"] for role in (AUDITOR, CLOCK)},
            ),
            models.CheckConstraint(name="attachment_digest_is_sha256", condition=HEX),
            models.CheckConstraint(name="attachment_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="attachment_is_photo_or_pdf", condition=Q(media_type__in=["image/jpeg", "application/pdf"])
            ),
        ]
        triggers = [by_oneself("attachment")]

    def __str__(self) -> str:
        return f"Lampiran {self.pk}"
