"""Verifications, flags set aside, scores and ranks: facts that count for one cycle of an application."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from grants.applications.models import Application
from grants.programmes.models import Criterion
from grants.reach import ADD, THROUGH_APPLICATION, may
from ppks.kit.roles import AUDITOR
from ppks.kit.rows import Rows, ScopedQuerySet


def mark(points: int) -> str:
    """Points in hundredths of a percent as a person reads them: 8750 is "87,50"."""
    return f"{points // 100},{points % 100:02}"


class Judgement(models.Model):
    """Something said of an application in one cycle. Append-only; `cycle` is set by a trigger."""

    cycle = models.PositiveSmallIntegerField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]


class Verification(Judgement):
    """A visit to the person before money is promised, with what was found and how much is recommended."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="verifications")
    visited_on = models.DateField(verbose_name="tanggal kunjungan")
    place = models.TextField(verbose_name="tempat")
    met = models.TextField(verbose_name="bertemu dengan")
    is_same_person = models.BooleanField(verbose_name="orangnya sesuai dengan datanya")
    has_business = models.BooleanField(verbose_name="usahanya ada")
    can_use_it = models.BooleanField(verbose_name="mampu memakai bantuan ini")
    findings = models.TextField(verbose_name="hasil kunjungan")
    recommended = models.BigIntegerField(verbose_name="disarankan (Rp)")

    class Meta(Judgement.Meta):
        constraints = [
            Rows(
                name="verification_rows",
                see=THROUGH_APPLICATION,
                may=may(province=ADD),
                hide={AUDITOR: ["place", "met", "findings"]},
            ),
            models.CheckConstraint(
                name="verification_recommends_something",
                condition=Q(recommended__gt=0),
                violation_error_message="Nilai yang disarankan harus di atas nol.",
            ),
        ]


class FlagResolution(Judgement):
    """A flag of double aid that a named person set aside, with the reason. `key` says which flag."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="resolutions")
    key = models.TextField()
    reason = models.TextField(verbose_name="alasan")

    class Meta(Judgement.Meta):
        constraints = [
            Rows(
                name="flag_resolution_rows",
                see=THROUGH_APPLICATION,
                may=may(province=ADD),
                hide={AUDITOR: ["reason"]},
            ),
            models.CheckConstraint(name="flag_resolution_has_a_reason", condition=~Q(reason="")),
        ]


class Score(Judgement):
    """One scorer's judgement by one criterion, 1 to 5; scoring again adds a row, and the newest one counts."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(verbose_name="nilai")
    justification = models.TextField(verbose_name="alasan")

    class Meta(Judgement.Meta):
        constraints = [
            Rows(
                name="score_rows",
                see=THROUGH_APPLICATION,
                may=may(province=ADD),
                hide={AUDITOR: ["justification"]},
            ),
            models.CheckConstraint(
                name="score_is_on_the_scale",
                condition=Q(value__range=(1, 5)),
                violation_error_message="Nilai harus 1 sampai 5.",
            ),
            models.CheckConstraint(
                name="score_is_justified",
                condition=~Q(justification=""),
                violation_error_message="Tulis alasan nilainya.",
            ),
        ]


class Rank(Judgement):
    """The place of an application in its allocation as it was ranked, with the score that gave it; frozen."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="ranks")
    place = models.PositiveIntegerField(verbose_name="peringkat")
    points = models.PositiveIntegerField(verbose_name="nilai akhir, per seratus")
    detail = models.JSONField()

    class Meta(Judgement.Meta):
        constraints = [Rows(name="rank_rows", see=THROUGH_APPLICATION, may=may(province=ADD))]

    @property
    def mark(self) -> str:
        return mark(self.points)


class Skip(Judgement):
    """Who was passed over when another was promoted out of turn, and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="skipped")
    promoted = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(verbose_name="alasan")

    class Meta(Judgement.Meta):
        constraints = [Rows(name="skip_rows", see=THROUGH_APPLICATION, may=may(province=ADD))]
