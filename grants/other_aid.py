"""Aid that others gave (PKH, BPNT, BLT and the like), as their lists tell it: outside our own grants and figures."""

from django.db import models
from django.db.models import Q

from clients.models import Person
from ppks.audit.models import Source
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION, UPT
from ppks.kit.rows import ALL, Rows, ScopedQuerySet


class OtherAid(models.Model):
    """One receipt, or a year of it, of one programme."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="other_aid")
    programme = models.TextField(verbose_name="program")
    year = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="tahun")
    given_on = models.DateField(null=True, blank=True, verbose_name="tanggal diterima")
    amount = models.BigIntegerField(null=True, blank=True, verbose_name="nilai (Rp)")
    giver = models.TextField(blank=True, verbose_name="pemberi")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    cell = models.TextField(verbose_name="sel")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-given_on", "-pk"]
        verbose_name, verbose_name_plural = "bantuan lain", "bantuan lain"
        constraints = [
            Rows(
                name="other_aid_rows",
                see={
                    PROVINCE: ALL,
                    REGION: "person__region",
                    UPT: "person__stays__institution",
                    AUDITOR: ALL,
                    CLOCK: ALL,
                },
                may=dict.fromkeys((UPT, AUDITOR, CLOCK), "select")
                | dict.fromkeys((PROVINCE, REGION), "select, insert"),
            ),
            models.CheckConstraint(name="other_aid_names_its_programme", condition=~Q(programme="")),
            models.CheckConstraint(name="other_aid_amount_is_positive", condition=Q(amount=None) | Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.programme
