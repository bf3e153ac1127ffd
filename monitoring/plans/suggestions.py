"""What can be done against an obstacle, and whose work it is: reference data that the office may edit."""

from typing import Any

from django.db import models

from monitoring.reference import Obstacle
from ppks.kit.reference import Reference, Table, read_by_all


class Suggestion(Reference):
    """An action that is usual against an obstacle, with the kind of office it needs and the days it usually takes."""

    class By(models.TextChoices):
        OFFICER = "officer", "Petugas kab/kota"
        OFFICE = "office", "Kantor itu"

    obstacle = models.ForeignKey(
        Obstacle, on_delete=models.PROTECT, to_field="code", related_name="suggestions", verbose_name="hambatan"
    )
    action = models.TextField(verbose_name="saran")
    office = models.TextField(blank=True, verbose_name="kantor yang dapat membantu")
    done_by = models.TextField(choices=By.choices, default=By.OFFICER, verbose_name="dikerjakan oleh")
    days = models.PositiveSmallIntegerField(default=30, verbose_name="biasanya selesai dalam (hari)")

    class Meta:
        ordering = ["obstacle_id", "pk"]
        verbose_name, verbose_name_plural = "saran langkah", "saran langkah"
        constraints = [read_by_all("suggestion_rows")]

    def __str__(self) -> str:
        return self.action


def _suggestion(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "obstacle_id": row["obstacle"],
        "action": row["action"],
        "office": row["office"],
        "done_by": row["done_by"],
        "days": int(row["days"]),
    }


TABLES = (Table("suggestions.csv", lambda: Suggestion, _suggestion),)
