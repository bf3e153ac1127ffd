"""What somebody has typed of a visit and not yet stored: for his eyes only, sealed, gone after thirty days."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from monitoring.visits import Visit
from ppks.kit.roles import CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, CurrentUser, Rows, ScopedQuerySet
from ppks.kit.sealed import SealedField

KEPT_FOR = timedelta(days=30)
SEEN = {PROVINCE: ALL, REGION: "business__region", CLOCK: ALL}
OWN = dict.fromkeys((PROVINCE, REGION), Q(user=CurrentUser()))
OUTDATED = Q(saved_at__lt=Now() - KEPT_FOR)


class DraftQuerySet(ScopedQuerySet):
    def outdated(self) -> "DraftQuerySet":
        return self.filter(OUTDATED)


class Draft(models.Model):
    """One a user and business, and one more for each visit that he is correcting. `typed` is the form as it was sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey("monitoring.Business", on_delete=models.PROTECT, related_name="drafts")
    replaces = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="+")
    typed = SealedField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            Rows(
                name="draft_rows",
                see=SEEN,
                may=dict.fromkeys((PROVINCE, REGION), "select, insert, update (typed, saved_at), delete")
                | {CLOCK: "select, delete"},
                hide={CLOCK: ["typed"]},
                only=OWN | {CLOCK: OUTDATED},
            ),
            models.UniqueConstraint(
                fields=["user", "business", "replaces"], name="draft_one_a_form", nulls_distinct=False
            ),
        ]

    @property
    def answers(self) -> dict[str, list[str]]:
        """By field name, as `typed` sealed them."""
        return json.loads(self.typed.reveal())


class Upload(models.Model):
    """A photo that waits for its visit, whose `key` the form carries."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey("monitoring.Business", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    name = models.TextField(unique=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    saved_at = models.DateTimeField(auto_now_add=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["key"], name="upload_by_form")]
        constraints = [
            Rows(
                name="upload_rows",
                see=SEEN,
                may=dict.fromkeys((PROVINCE, REGION), "select, insert, delete") | {CLOCK: "select, delete"},
                only=OWN,
            )
        ]
