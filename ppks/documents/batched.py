"""The rows of a package: many papers that a job issues together, and one PDF of them all."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from ppks.documents.files import Folder
from ppks.documents.kinds import CHOICES
from ppks.documents.reach import by_oneself
from ppks.kit.roles import APP, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet
from ppks.regions.models import Region

OFFICE = {PROVINCE: ALL, REGION: "region"}
ENDS = "attempt, asked_at, started_at, done, entries, finished_at, file, size, sha256"


class Batch(models.Model):
    """A package on its way or done. `entries` are the data of its papers, sealed, and emptied when these are issued.

    `key` is the caller's own: who asks twice with the same gets the same package. `attempt` counts the jobs, so that one
    that was given up cannot end what a later one does.
    """

    FILES: ClassVar = Folder("paket", ".pdf")

    kind = models.TextField(choices=CHOICES)
    title = models.TextField()
    key = models.TextField(blank=True, default="")
    count = models.PositiveIntegerField()
    entries = models.BinaryField(null=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)  # this and `done` are told beside the job's own transaction
    done = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    file = models.TextField(unique=True, null=True, editable=False)  # its random name on disk
    size = models.PositiveIntegerField(null=True)
    sha256 = models.TextField(blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "paket surat", "paket surat"
        indexes = [models.Index(fields=["by", "-id"], name="batch_by_user")]
        constraints = [
            Rows(
                name="batch_rows",
                see=OFFICE | {CLOCK: ALL, APP: ALL},
                may=dict.fromkeys(OFFICE, f"select, insert, update ({ENDS})")
                | {APP: "select (id), update (started_at, done)", CLOCK: "select, update (entries)"},
            ),
            models.UniqueConstraint(fields=["by", "key"], condition=~Q(key=""), name="batch_once_a_key"),
            models.CheckConstraint(
                name="batch_is_whole_when_finished",
                condition=Q(finished_at=None, file=None)
                | Q(finished_at__isnull=False, file__isnull=False, entries=None),
            ),
        ]
        triggers = [by_oneself("batch")]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self) -> str:
        return f"paket-{self.pk}.pdf"
