"""The letterhead of each office: seeded from a CSV, edited in Django's admin."""

from typing import Any

from django.db import models

from ppks.kit.reference import Reference, Table, read_by_all
from ppks.regions.models import Region
from ppks.regions.reference_tables import PROVINCE, number


class Letterhead(Reference):
    """What stands above a paper. `code` is that of the kab/kota, or of the province."""

    region = models.OneToOneField(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kab/kota"
    )
    government = models.TextField(verbose_name="pemerintah daerah")
    office = models.TextField(verbose_name="nama dinas")
    address = models.TextField(blank=True, verbose_name="alamat")
    contact = models.TextField(blank=True, verbose_name="telepon, surel, laman")
    city = models.TextField(
        verbose_name="tempat tanda tangan", help_text="Ditulis di depan tanggal surat, misalnya Surabaya."
    )

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "kop surat", "kop surat"
        constraints = [read_by_all("letterhead_rows")]

    def __str__(self) -> str:
        return f"{self.office} {self.government}"

    @property
    def full_name(self) -> str:
        """The office in one line: "Dinas Sosial Kabupaten Bojonegoro"."""
        return f"{self.office} {self.government.removeprefix('Pemerintah ')}"

    @classmethod
    def of(cls, region_id: int | None) -> "Letterhead":
        """The office's own; the province's for an office that has none."""
        own = cls.objects.current().filter(models.Q(region_id=region_id) | models.Q(region=None))
        return own.order_by(models.F("region_id").asc(nulls_last=True)).first() or cls(**PLAIN)


PLAIN = {"government": "Pemerintah Provinsi Jawa Timur", "office": "Dinas Sosial", "city": "Surabaya"}


def _letterhead(row: dict[str, str]) -> dict[str, Any]:
    is_province = row["code"] == PROVINCE
    return {"region_id": None if is_province else number(row["code"])} | {
        name: row[name] for name in ("code", "government", "office", "address", "contact", "city")
    }


TABLES = (Table("letterheads.csv", lambda: Letterhead, _letterhead),)
