"""A person's standing in the social registry, as each list of it told: dataset, decile, day."""

from django.db import models
from django.db.models import Q

from ppks.audit.models import Source
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION, UPT
from ppks.kit.rows import ALL, Rows, ScopedQuerySet


class Decile(models.Model):
    """Append-only: the newest day holds, and every earlier one can still be asked for."""

    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="deciles", db_index=False)
    dataset = models.TextField(verbose_name="himpunan data")
    decile = models.PositiveSmallIntegerField(verbose_name="desil")
    as_of = models.DateField(verbose_name="tanggal")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    cell = models.TextField(verbose_name="sel")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        verbose_name, verbose_name_plural = "desil", "desil"
        constraints = [
            Rows(
                name="decile_rows",
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
            models.CheckConstraint(name="decile_is_1_to_10", condition=Q(decile__range=(1, 10))),
            models.UniqueConstraint(fields=["person", "dataset", "as_of", "decile"], name="decile_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} desil {self.decile}"
