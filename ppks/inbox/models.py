"""A notice to one user: a sentence and the page it is about. Once a key, whoever sends it and however often."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import NoReverseMatch, reverse

from ppks.kit.roles import ADMIN, OFFICES
from ppks.kit.rows import ALL, CurrentUser, Rows, ScopedQuerySet

READERS = (*OFFICES, ADMIN)
OWN = Q(user=CurrentUser())


class NoticeQuerySet(ScopedQuerySet):
    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def newest_first(self) -> "NoticeQuerySet":
        """With `age`, an order for pages by key, which count upwards."""
        return self.annotate(age=-F("pk"))


class Notice(models.Model):
    """Written by the function `inbox_notify` alone, for the user's own eyes, and never changed but to say that it was read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.TextField()  # what it is about and at which stage: "referral:12:silent"
    text = models.TextField()
    url_name = models.TextField(blank=True, default="")
    url_args = ArrayField(models.TextField(), default=list, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "pemberitahuan", "pemberitahuan"
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_by_user"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at=None)),
        ]
        constraints = [
            Rows(
                name="notice_rows",
                see=dict.fromkeys(READERS, ALL),
                may=dict.fromkeys(READERS, "select, update (read_at)"),
                only=dict.fromkeys(READERS, OWN),
            ),
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
            models.CheckConstraint(name="notice_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def url(self) -> str:
        """The page it is about; none when that page is no longer there."""
        try:
            return reverse(self.url_name, args=self.url_args) if self.url_name else ""
        except NoReverseMatch:
            return ""
