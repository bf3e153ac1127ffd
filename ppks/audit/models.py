"""Who looked at whose personal data, where imported rows came from, and which lists went out."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from ppks.kit.roles import APP, AUDITOR, CLOCK, PROVINCE, REGION, UPT
from ppks.kit.rows import ALL, CurrentUser, Rows, ScopedQuerySet


class Look(models.Model):
    """One person's data on one page, seen by one user. `subject` is an identity's id; the person may be erased, this not."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject = models.BigIntegerField()
    page = models.TextField()
    reason = models.TextField(blank=True, default="")
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject", "-seen_at"], name="look_by_subject")]
        constraints = [
            Rows(
                name="look_rows",
                see={APP: ALL, AUDITOR: ALL, CLOCK: ALL},
                may={APP: "insert", AUDITOR: "select", CLOCK: "select"},
            )
        ]


class Source(models.Model):
    """A list that rows were read from: the file as it was named and its fingerprint, never the file itself."""

    name = models.TextField()
    sha256 = models.TextField()
    list_date = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(
                name="source_rows",
                see=dict.fromkeys((PROVINCE, REGION, UPT, AUDITOR, CLOCK), ALL),
                may=dict.fromkeys((PROVINCE, REGION), "select, insert")
                | dict.fromkeys((UPT, AUDITOR, CLOCK), "select"),
            )
        ]

    def __str__(self) -> str:
        return self.name


OWN = Q(by=CurrentUser())


class Export(models.Model):
    """A list that somebody had made into a file in the background. The row stays; the file goes after a day."""

    sheet = models.TextField()
    form = models.TextField()
    filters = models.TextField(blank=True, default="")  # codes, as in the list's address
    is_full = models.BooleanField(default=False)  # with NIK and KK in plain digits
    reason = models.TextField(blank=True, default="")
    token = models.TextField(unique=True, default=secrets.token_hex, editable=False)  # the file's name on disk
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    count = models.PositiveIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["by", "-id"], name="export_by_user")]
        constraints = [
            Rows(
                name="export_rows",
                see=dict.fromkeys((PROVINCE, REGION, UPT, AUDITOR), ALL),
                may=dict.fromkeys((PROVINCE, REGION, UPT, AUDITOR), "select, insert, update (finished_at, count)"),
                only=dict.fromkeys((PROVINCE, REGION, UPT, AUDITOR), OWN),
            ),
            models.CheckConstraint(
                name="export_of_full_numbers_has_a_reason", condition=Q(is_full=False) | ~Q(reason="")
            ),
        ]
