"""What a household told about itself on a day: how many live there, what else they earn, whether they get social aid."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clients.reach import ADD, THROUGH_PERSON
from ppks.kit import dates
from ppks.kit.rows import Rows, ScopedQuerySet

LARGEST = 30  # people; more is a slip of the finger
AID_MONTHS = 12  # looked back over when asking about social aid


class HouseholdFact(models.Model):
    """Append-only: the newest day holds, of equal days the one recorded last."""

    class Aid(models.TextChoices):
        NONE = "none", f"Tidak menerima dalam {AID_MONTHS} bulan terakhir"
        RECEIVED = "received", "Menerima"
        UNKNOWN = "unknown", "Tidak tahu"

    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="household_facts")
    as_of = models.DateField(verbose_name="tanggal")
    size = models.PositiveSmallIntegerField(verbose_name="jumlah anggota rumah tangga")
    other_income = models.BigIntegerField(verbose_name="penghasilan lain rumah tangga sebulan (Rp)")
    aid = models.TextField(choices=Aid.choices, verbose_name="bantuan sosial")
    aid_last_on = models.DateField(null=True, blank=True, verbose_name="terakhir diterima")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        verbose_name, verbose_name_plural = "keterangan rumah tangga", "keterangan rumah tangga"
        indexes = [models.Index(fields=["person", "-as_of", "-id"], name="household_fact_by_person")]
        constraints = [
            Rows(name="household_fact_rows", see=THROUGH_PERSON, may=ADD),
            models.CheckConstraint(name="household_fact_size_is_sane", condition=Q(size__range=(1, LARGEST))),
            models.CheckConstraint(name="household_fact_income_not_negative", condition=Q(other_income__gte=0)),
            models.CheckConstraint(
                name="household_fact_aid_has_its_day",
                condition=(Q(aid="received") & Q(aid_last_on__lte=F("as_of")))
                | (~Q(aid="received") & Q(aid_last_on=None)),
                violation_error_message="Isi kapan bantuan terakhir diterima, tidak sesudah tanggal keterangan.",
            ),
            models.UniqueConstraint(
                fields=["person", "as_of", "size", "other_income", "aid", "aid_last_on"],
                name="household_fact_once",
                nulls_distinct=False,
                violation_error_message="Keterangan yang sama sudah tersimpan; tidak dicatat dua kali.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_honest_about_when_and_who",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    if new.as_of > (now() at time zone 'Asia/Jakarta')::date then
                        raise 'Tanggal keterangan tidak boleh sesudah hari ini.'
                            using errcode = 'check_violation', constraint = 'household_fact_not_in_the_future';
                    end if;
                    if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                        raise 'Keterangan hanya dapat dicatat atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'household_fact_by_oneself';
                    end if;
                    return new;
                """,
            )
        ]

    @classmethod
    def record(cls, person: Any, *, by: Any, **told: Any) -> "HouseholdFact":
        """Keep what was told; the same twice is refused by its constraint."""
        return cls.objects.create(person=person, by=by, **told)

    @property
    def aid_words(self) -> str:
        """Whether and when, in one phrase."""
        if self.aid == self.Aid.RECEIVED:
            return f"terakhir {dates.long(self.aid_last_on)}"
        return self.get_aid_display().lower()
