"""Grants that people received before this system, as lists tell them: outside ledger, moves and findings."""

from django.db import models
from django.db.models import Q

from clients.models import Person
from ppks.audit.models import Source
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION, UPT
from ppks.kit.rows import ALL, Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

FIRST_LIST_YEAR = 2020  # "Penerima menurut daftar s.d. 2020": 376 people in 29 kab/kota, whatever lists come later


class PastGrantQuerySet(ScopedQuerySet):
    def on_list_of(self, year: int) -> "PastGrantQuerySet":
        """What the lists dated in `year` say."""
        return self.filter(list_date__year=year)


class PastGrant(models.Model):
    class Form(models.TextChoices):
        GOODS = "goods", "Barang"
        CASH = "cash", "Uang"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="past_grants", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="tahun")
    form = models.TextField(choices=Form.choices, blank=True, verbose_name="bentuk")
    amount = models.BigIntegerField(null=True, blank=True, verbose_name="nilai (Rp)")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    cell = models.TextField(verbose_name="sel")
    list_date = models.DateField(verbose_name="tanggal daftar")

    objects = PastGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["list_date", "person"], name="past_grant_by_list")]
        constraints = [
            Rows(
                name="past_grant_rows",
                see={PROVINCE: ALL, REGION: "region", UPT: "person__stays__institution", AUDITOR: ALL, CLOCK: ALL},
                may=dict.fromkeys((UPT, AUDITOR, CLOCK), "select")
                | dict.fromkeys((PROVINCE, REGION), "select, insert"),
            ),
            models.CheckConstraint(name="past_grant_amount_is_positive", condition=Q(amount=None) | Q(amount__gt=0)),
            models.CheckConstraint(
                name="past_grant_year_is_sane", condition=Q(year=None) | Q(year__range=(1970, 2100))
            ),
            models.UniqueConstraint(
                fields=["person", "year", "form", "amount", "list_date"], name="past_grant_once", nulls_distinct=False
            ),
        ]
        triggers = [copied("region_id", from_table="clients_person", by="person_id")]
