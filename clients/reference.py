"""The 26 kinds of PPKS, the words offices use for them, and the kinds of disability."""

from typing import Any

from django.db import models

from ppks.kit.reference import Reference, Table, read_by_all


class PpksKind(Reference):
    """One of the 26 kinds. `is_specific` marks data that UU PDP art. 4 protects specially."""

    name = models.TextField(verbose_name="nama")
    cluster = models.TextField(verbose_name="klaster")
    is_specific = models.BooleanField(verbose_name="data spesifik")

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "jenis PPKS", "jenis PPKS"
        constraints = [read_by_all("ppks_kind_rows")]

    def __str__(self) -> str:
        return self.name


class DisabilityKind(Reference):
    name = models.TextField(verbose_name="nama")
    examples = models.TextField(blank=True, verbose_name="contoh")
    parent_code = models.TextField(blank=True, verbose_name="termasuk")

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "ragam disabilitas", "ragam disabilitas"
        constraints = [read_by_all("disability_kind_rows")]

    def __str__(self) -> str:
        return self.name


class PpksSynonym(Reference):
    """What offices write (its code) for one or more kinds, and the disability it tells."""

    kind_codes = models.TextField(verbose_name="kode jenis PPKS, dipisah titik koma")
    disability_code = models.TextField(blank=True, verbose_name="kode ragam disabilitas")

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "padanan istilah PPKS", "padanan istilah PPKS"
        constraints = [read_by_all("ppks_synonym_rows")]

    def __str__(self) -> str:
        return self.code


def _kind(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name_id"],
        "cluster": row["cluster"],
        "is_specific": row["specific_data"] == "1",
    }


def _disability(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name_id"],
        "examples": row["examples_id"],
        "parent_code": row["parent_code"],
    }


def _synonym(row: dict[str, str]) -> dict[str, Any]:
    return {"code": row["written"], "kind_codes": row["ppks_codes"], "disability_code": row["disability_code"]}


TABLES = (
    Table("ppks_types.csv", lambda: PpksKind, _kind),
    Table("disability_types.csv", lambda: DisabilityKind, _disability),
    Table("ppks_synonyms.csv", lambda: PpksSynonym, _synonym),
)
