"""Trades and obstacles: what people do for a living and what stands in the way."""

from typing import Any

from django.db import models

from ppks.kit.reference import Reference, Table, read_by_all


class Trade(Reference):
    """A line of business with its KBLI code; `group` gathers what can be compared."""

    name = models.TextField(verbose_name="nama")
    group = models.TextField(verbose_name="kelompok")
    kbli = models.TextField(blank=True, verbose_name="KBLI")
    kbli_edition = models.PositiveSmallIntegerField(default=2020, verbose_name="edisi KBLI")
    kbli_title = models.TextField(blank=True, verbose_name="judul KBLI")

    class Meta:
        ordering = ["name"]
        verbose_name, verbose_name_plural = "bidang usaha", "bidang usaha"
        constraints = [read_by_all("trade_rows")]

    def __str__(self) -> str:
        return self.name


class Obstacle(Reference):
    """What holds a business back, and which offices can help."""

    label = models.TextField(verbose_name="hambatan")
    offices = models.TextField(blank=True, verbose_name="kantor rujukan, dipisah titik koma")
    typical_help = models.TextField(blank=True, verbose_name="bantuan yang lazim")

    class Meta:
        ordering = ["label"]
        verbose_name, verbose_name_plural = "hambatan", "hambatan"
        constraints = [read_by_all("obstacle_rows")]

    def __str__(self) -> str:
        return self.label


def _trade(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name_id"],
        "group": row["group"],
        "kbli": row["kbli2020"],
        "kbli_edition": 2020,
        "kbli_title": row["kbli2020_title"],
    }


def _obstacle(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "label": row["label_id"],
        "offices": row["referral_offices"],
        "typical_help": row["typical_help"],
    }


TABLES = (
    Table("business_sectors.csv", lambda: Trade, _trade),
    Table("obstacles.csv", lambda: Obstacle, _obstacle),
)
